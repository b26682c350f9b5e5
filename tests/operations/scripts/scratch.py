# SPDX-License-Identifier: Apache-2.0
"""A deployment of one's own on disk, for scripts that back up, restore, rotate and are killed."""

import os
import subprocess
import sys
from pathlib import Path

UPHELD = [sys.executable, "-c", "from upheld.cli.main import main; main()"]


def begin(home: str | Path) -> None:
    """Set a product up in `home` and load Django on it."""
    os.environ["UPHELD_HOME"] = str(home)
    from upheld.cli.setting_up import set_up

    set_up("product")


def close() -> None:
    from django.db import connections

    connections.close_all()


def upheld(*arguments: object, code: int = 0) -> str:
    """Run the command on this deployment; return what it printed."""
    close()
    ended = subprocess.run([*UPHELD, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == code, (arguments, ended.returncode, ended.stdout[-500:], ended.stderr[-3000:])
    return ended.stdout + ended.stderr
