# SPDX-License-Identifier: Apache-2.0
"""Unpack the packed rows of many people into columns; the layout is that of `upheld.facts.packing`.

Every field is read for all rows at once with a cursor for each row, since masks and lists vary in length.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from upheld.errors import Broken
from upheld.facts.packing import FORMAT
from upheld.gate.many import UNSTATED, Bits, Crowd, Instants, Lapses, Rows

_STOPS: Final = 0b1111
_ADULT: Final = 1 << 4
_HAS_ADULT_AT: Final = 1 << 5
_KNOWN_FLAGS: Final = _STOPS | _ADULT | _HAS_ADULT_AT
_HEAD: Final = 14
_WORD_BYTES: Final = 8

Octets = npt.NDArray[np.uint8]


def crowd(packed: Sequence[bytes], *, words: int) -> Crowd:
    """Return the facts that many packed rows say, in their order.

    Args:
        packed: rows of any format since version 1.
        words: words of 64 topics that the masks shall have; topics beyond them are none that any ask names.

    Raises:
        Broken: a row is not a packed row.
    """
    return _Reader(packed, words).read()


class _Reader:
    """All rows one after another, and how far each has been read."""

    def __init__(self, packed: Sequence[bytes], words: int) -> None:
        sizes = np.fromiter(map(len, packed), dtype=np.int64, count=len(packed))
        if len(packed) and int(sizes.min()) < _HEAD:
            raise Broken("a packed row of facts ends early")
        self._ends = np.cumsum(sizes)
        self._at = self._ends - sizes
        # Eight empty bytes before and after, so that a field at either end is read as eight bytes too.
        pad = bytes(_WORD_BYTES * (words + 1))
        self._shift = len(pad)
        self._bytes: Octets = np.frombuffer(b"".join((pad, *packed, pad)), dtype=np.uint8)
        self._words = words

    def read(self) -> Crowd:
        """Read every field of every row."""
        every = np.arange(len(self._at))
        head = self._octets(every, _HEAD)
        formats, flags = head[:, 0], head[:, 1]
        if ((formats < 1) | (formats > FORMAT) | ((flags & ~np.uint8(_KNOWN_FLAGS)) != 0)).any():
            raise Broken(f"expected packed rows of format 1 to {FORMAT}, another came")
        second = np.flatnonzero(formats >= 2)
        adult_at = np.full(len(every), UNSTATED, dtype=np.int64)
        stated = np.flatnonzero(flags & _HAS_ADULT_AT)
        adult_at[stated] = self._instants(stated)
        held, guardian_held = self._masks(every), self._masks(every)
        objected = np.zeros_like(held)
        objected[:, second] = self._masks(second)
        lapses, guardian_lapses = self._lapses(every), self._lapses(second)
        if (self._at != self._ends).any():
            raise Broken("expected packed rows that end where their fields end, a longer or shorter one came")
        return Crowd(
            version=_number(head[:, 2:6], ">u4").astype(np.uint32),
            stops=(flags & _STOPS).astype(np.uint32),
            held=held,
            guardian_held=guardian_held,
            objected=objected,
            lapses=lapses,
            guardian_lapses=guardian_lapses,
            adult=(flags & _ADULT) != 0,
            adult_at=adult_at,
            guardian_until=_number(head[:, 6:14], ">i8").astype(np.int64),
        )

    def _octets(self, rows: Rows, count: int) -> Octets:
        """Read that many bytes of each of these rows, as an array of shape (rows, count)."""
        start = self._at[rows]
        if (start + count > self._ends[rows]).any():
            raise Broken("a packed row of facts ends early")
        self._at[rows] = start + count
        found: Octets = self._bytes[(start + self._shift)[:, None] + np.arange(count)]
        return found

    def _instants(self, rows: Rows) -> Instants:
        return _number(self._octets(rows, _WORD_BYTES), ">i8").astype(np.int64)

    def _sizes(self, rows: Rows) -> Instants:
        return _number(self._octets(rows, 2), ">u2").astype(np.int64)

    def _masks(self, rows: Rows) -> Bits:
        """Read one mask of each of these rows, as an array of shape (words, rows)."""
        sizes = self._sizes(rows)
        end = self._at[rows] + sizes
        if (end > self._ends[rows]).any():
            raise Broken("a packed row of facts ends early")
        self._at[rows] = end
        masks = np.zeros((self._words, len(rows)), dtype=np.uint64)
        for word in range(min(self._words, -(-int(sizes.max(initial=0)) // _WORD_BYTES))):
            start = end - _WORD_BYTES * (word + 1)
            octets = self._bytes[(start + self._shift)[:, None] + np.arange(_WORD_BYTES)]
            masks[word] = _number(octets, ">u8") & _lowest(sizes - _WORD_BYTES * word)
        return masks

    def _lapses(self, rows: Rows) -> Lapses:
        """Read one list of lapses of each of these rows, the first of each row before the second of any."""
        counts = self._sizes(rows)
        of: list[Rows] = [np.empty(0, dtype=np.intp)]
        at: list[Instants] = [np.empty(0, dtype=np.int64)]
        masks: list[Bits] = [np.empty((self._words, 0), dtype=np.uint64)]
        for number in range(int(counts.max(initial=0))):
            more = rows[counts > number]
            of.append(more)
            at.append(self._instants(more))
            masks.append(self._masks(more))
        return Lapses(np.concatenate(of), np.concatenate(at), np.concatenate(masks, axis=1))


def _number(octets: Octets, kind: str) -> npt.NDArray[np.int64] | Bits:
    found: npt.NDArray[np.int64] = np.ascontiguousarray(octets).view(kind)[:, 0]
    return found


def _lowest(count: Instants) -> Bits:
    """Return masks of the lowest bytes of a word, none for a count of 0 or less, all for 8 or more."""
    shift = np.clip(_WORD_BYTES - count, 0, _WORD_BYTES).astype(np.uint64) * np.uint64(8)
    whole = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
    return np.where(shift >= 64, np.uint64(0), whole >> np.minimum(shift, np.uint64(63)))
