# SPDX-License-Identifier: Apache-2.0
"""Set up databases of one's own for a process that will be killed, and fork children that use them."""

import os
import sys
from collections.abc import Callable


def set_up(home: str) -> None:
    """Load Django on SQLite in `home`, or on the databases that the environment names, and make the tables."""
    os.environ["UPHELD_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "upheld.config.settings"
    from django.conf import settings

    settings.MIGRATION_MODULES = {"upheld": None}
    settings.SECRET_KEY = "a secret for tests alone"
    settings.UPHELD["SECRETS"] = {name: name.encode().ljust(32, b".") for name in ("pepper", "permit", "index")}
    import django

    django.setup()
    from django.core.management import call_command

    for alias in ("default", "keys", "journal"):
        call_command("migrate", database=alias, run_syncdb=True, verbosity=0)
    close()


def close() -> None:
    """Leave no connection for a child to share."""
    from django.db import connections

    connections.close_all()


def in_child(work: Callable[[], None]) -> int:
    """Run in a forked child; return its exit code, or minus the signal that killed it."""
    close()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException as error:  # noqa: BLE001
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_self_at_line(number: int, folder: str) -> None:
    """Send SIGKILL to this process when it is about to run the `number`-th line of files below `folder`."""
    import signal

    left = number

    def trace(frame, event, argument):
        nonlocal left
        if folder not in frame.f_code.co_filename:
            return None
        if event == "line":
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
