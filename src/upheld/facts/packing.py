# SPDX-License-Identifier: Apache-2.0
"""The packed row: a person's facts as some thirty bytes, with a version in the first.

    byte     0        format version (2)
    byte     1        bits 0-3: `Stop`; bit 4: adult; bit 5: `adult_at` follows
    bytes    2-5      policy version that binds, unsigned, big-endian
    bytes    6-13     guardian_until, signed seconds
    [bytes   14-21]   adult_at, signed seconds, if bit 5
    3 masks           held, guardian_held, objected: length (2 bytes), then the integer big-endian
    2 lists           lapses, guardian_lapses: count (2 bytes), then each: instant (8 bytes) and a mask as above

Version 1 knew no objections and no guardian's lapses. It is still read, and written anew as version 2 by the next
change. Bytes of an unknown version, too few or too many are refused: a row that cannot be read decides nothing.
"""

import struct
from struct import Struct
from typing import Final

from upheld.errors import Broken
from upheld.gate.values import PersonFacts

FORMAT: Final = 2
_HEAD: Final = Struct(">BBIq")
_INSTANT: Final = Struct(">q")
_LENGTH: Final = Struct(">H")
_STOPS: Final = 0b1111
_ADULT: Final = 1 << 4
_HAS_ADULT_AT: Final = 1 << 5
_KNOWN_FLAGS: Final = _STOPS | _ADULT | _HAS_ADULT_AT

Lapses = tuple[tuple[int, int], ...]


def pack(person: PersonFacts) -> bytes:
    """Return a person's facts as bytes of the present format; the revision travels beside them."""
    flags = int(person.stops) | (_ADULT if person.adult else 0)
    instant = b""
    if person.adult_at is not None:
        flags |= _HAS_ADULT_AT
        instant = _INSTANT.pack(person.adult_at)
    parts = [_HEAD.pack(FORMAT, flags, person.version, person.guardian_until), instant]
    parts += [_mask(mask) for mask in (person.held, person.guardian_held, person.objected)]
    parts += [_lapses(lapses) for lapses in (person.lapses, person.guardian_lapses)]
    return b"".join(parts)


def unpack(packed: bytes, *, revision: int) -> PersonFacts:
    """Return the facts that bytes of any format since version 1 say.

    Raises:
        Broken: the bytes are not a packed row.
    """
    try:
        return _unpack(packed, revision)
    except (struct.error, IndexError) as error:
        raise Broken("a packed row of facts ends early") from error


def _unpack(packed: bytes, revision: int) -> PersonFacts:
    version, flags, binding, guardian_until = _HEAD.unpack_from(packed)
    if not 1 <= version <= FORMAT or flags & ~_KNOWN_FLAGS:
        raise Broken(f"expected a packed row of format 1 to {FORMAT}, format {version} came")
    at = _HEAD.size
    adult_at: int | None = None
    if flags & _HAS_ADULT_AT:
        (adult_at,) = _INSTANT.unpack_from(packed, at)
        at += 8
    held, at = _read_mask(packed, at)
    guardian_held, at = _read_mask(packed, at)
    objected = 0
    guardian_lapses: Lapses = ()
    if version >= 2:
        objected, at = _read_mask(packed, at)
    lapses, at = _read_lapses(packed, at)
    if version >= 2:
        guardian_lapses, at = _read_lapses(packed, at)
    if at != len(packed):
        raise Broken(f"expected a packed row of {at} bytes, {len(packed)} came")
    return PersonFacts(
        revision=revision,
        version=binding,
        stops=flags & _STOPS,
        held=held,
        guardian_held=guardian_held,
        objected=objected,
        lapses=lapses,
        guardian_lapses=guardian_lapses,
        adult=bool(flags & _ADULT),
        adult_at=adult_at,
        guardian_until=guardian_until,
    )


def _mask(mask: int) -> bytes:
    size = (mask.bit_length() + 7) // 8
    return _LENGTH.pack(size) + mask.to_bytes(size)


def _lapses(lapses: Lapses) -> bytes:
    return _LENGTH.pack(len(lapses)) + b"".join(_INSTANT.pack(at) + _mask(mask) for mask, at in lapses)


def _read_mask(packed: bytes, at: int) -> tuple[int, int]:
    end = at + 2 + (packed[at] << 8 | packed[at + 1])
    if end > len(packed):
        raise Broken("a packed row of facts ends early")
    return int.from_bytes(packed[at + 2 : end]), end


def _read_lapses(packed: bytes, at: int) -> tuple[Lapses, int]:
    (count,) = _LENGTH.unpack_from(packed, at)
    at += 2
    found: list[tuple[int, int]] = []
    for _ in range(count):
        (instant,) = _INSTANT.unpack_from(packed, at)
        mask, at = _read_mask(packed, at + 8)
        found.append((mask, instant))
    return tuple(found), at
