# SPDX-License-Identifier: Apache-2.0
"""What the processes of a deployment count, in one small file that they share.

Each process holds one row of numbers for itself by a lock that ends with it; a reader adds the rows up. So whichever
process answers /metrics, the figures are the deployment's, and they only grow. Nothing is counted by person, key or
address.
"""

import fcntl
import mmap
import os
import threading
from pathlib import Path
from typing import Final, cast

from django.conf import settings

ALLOWED: Final = 0
REFUSED: Final = 1
ANSWERED: Final = {2: 2, 3: 3, 4: 4, 5: 5}
"""Class of a status -> its number."""

ROWS: Final = 64
"""As many processes as `upheld serve` starts at most; any further one counts for itself alone."""
_NUMBERS: Final = 8
_ROW_BYTES: Final = _NUMBERS * 8


class Counters:
    """The file, and this process's row in it."""

    def __init__(self, file: Path) -> None:
        """Open the file and take the first row that no living process holds."""
        self._lock = threading.Lock()
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(descriptor, ROWS * _ROW_BYTES)
        self._descriptor = descriptor
        self._all = memoryview(mmap.mmap(descriptor, ROWS * _ROW_BYTES)).cast("Q")
        row = _take_row(descriptor)
        self._own = memoryview(bytearray(_ROW_BYTES)).cast("Q") if row is None else self._slice(row)

    def _slice(self, row: int) -> memoryview:
        return self._all[row * _NUMBERS : (row + 1) * _NUMBERS]

    def count(self, number: int) -> None:
        """Add one."""
        with self._lock:
            self._own[number] += 1

    def sums(self) -> tuple[int, ...]:
        """Return the figures of all processes together."""
        rows = [self._slice(row) for row in range(ROWS)]
        return tuple(sum(row[number] for row in rows) for number in range(_NUMBERS))


def _take_row(descriptor: int) -> int | None:
    for row in range(ROWS):
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, _ROW_BYTES, row * _ROW_BYTES)
        except OSError:
            continue
        return row
    return None


_opened: dict[int, Counters] = {}


def ours() -> Counters:
    """Return this process's counters; after a fork the child takes a row of its own."""
    process = os.getpid()
    found = _opened.get(process)
    if found is None:
        home = cast("Path", settings.UPHELD["HOME"])
        found = _opened[process] = Counters(home / "counters")
    return found


def count(number: int) -> None:
    """Add one to this process's figure."""
    ours().count(number)
