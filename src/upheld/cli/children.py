# SPDX-License-Identifier: Apache-2.0
"""Child processes of a command: started, waited for, and all ended with it."""

import signal
import socket
import subprocess
import sys
import time
from types import TracebackType
from typing import Final, Self

from upheld.errors import Unavailable

ANSWERS_WITHIN_SECONDS: Final = 45.0
ENDS_WITHIN_SECONDS: Final = 10.0
LOOKS_EVERY_SECONDS: Final = 0.2


class Children:
    """The processes that a command started; leaving the block ends them, whatever the reason."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._told_to_stop = False

    def __enter__(self) -> Self:
        """Take a request to stop as the end of the block."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every child, by force those that do not end by themselves."""
        for child in self._running.values():
            if child.poll() is None:
                child.terminate()
        until = time.monotonic() + ENDS_WITHIN_SECONDS
        for child in self._running.values():
            try:
                child.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, command: str, *arguments: str) -> None:
        """Start a command of ours; it does not see the terminal's Ctrl-C, which we pass on in order."""
        line = [sys.executable, "-m", "upheld", command, *arguments]
        self._running[command] = subprocess.Popen(  # noqa: S603 - our own command
            line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def until_answers(self, command: str, address: str, port: int) -> None:
        """Wait until a child takes connections.

        Raises:
            Unavailable: it ended, or does not answer in time.
        """
        until = time.monotonic() + ANSWERS_WITHIN_SECONDS
        while time.monotonic() < until and not self._told_to_stop:
            self._refuse_ended()
            try:
                socket.create_connection((address, port), timeout=1).close()
            except OSError:
                time.sleep(LOOKS_EVERY_SECONDS)
            else:
                return
        if not self._told_to_stop:
            raise Unavailable(f"{command} does not answer on port {port}")

    def wait(self) -> None:
        """Wait until told to stop.

        Raises:
            Unavailable: a child ended by itself.
        """
        while not self._told_to_stop:
            self._refuse_ended()
            time.sleep(LOOKS_EVERY_SECONDS)

    def _refuse_ended(self) -> None:
        for command, child in self._running.items():
            if child.poll() is not None and not self._told_to_stop:
                raise Unavailable(f"upheld {command} ended with exit code {child.returncode}; see what it said above")

    def _stop(self, *_: object) -> None:
        self._told_to_stop = True
