# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON (RFC 8785), for the part of JSON that has one spelling without argument.

Whole numbers between -(2^53 - 1) and 2^53 - 1, text without lone surrogates, true, false, null, arrays, objects.
Fractions are refused: two languages seldom print the same one alike.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from upheld.ledger.faults import EntryMalformed

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""A value that has one canonical spelling."""

LARGEST_INTEGER: Final = 2**53 - 1
"""Beyond it a reader in double precision loses digits (RFC 7493 section 2.2)."""

_DEEPEST: Final = 16
_DECODER_LIMIT_BYTES: Final = 65_535
"""No canonical text of this log is longer: a leaf's length is written in 16 bits (c2sp.org/tlog-tiles)."""

_as_ordered = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """Return the one spelling of a value.

    >>> canonical({"b": [True, None], "a": 7})
    b'{"a":7,"b":[true,null]}'

    Raises:
        EntryMalformed: it holds a fraction, too large a number, a lone surrogate, or nests too deep.
    """
    try:
        return _as_ordered.encode(_ordered(value, depth=0)).encode()
    except UnicodeEncodeError:
        raise EntryMalformed("text must be Unicode without lone surrogates") from None


def _ordered(value: Json, *, depth: int) -> Json:
    """Check a value, and order its keys by their UTF-16 code units (RFC 8785 section 3.2.3)."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise EntryMalformed("a whole number lies within plus or minus 2^53 - 1, a larger one came")
        return value
    if depth == _DEEPEST:
        raise EntryMalformed(f"a value nests {_DEEPEST} deep at most")
    if isinstance(value, Mapping):
        return {key: _ordered(value[key], depth=depth + 1) for key in sorted(_text_keys(value), key=_utf16)}
    if isinstance(value, (list, tuple)):
        return [_ordered(one, depth=depth + 1) for one in value]
    raise EntryMalformed(f"JSON without fractions was expected, {type(value).__name__} came")


def _text_keys(value: Mapping[str, Json]) -> list[str]:
    keys = list(value)
    if not all(isinstance(key, str) for key in keys):
        raise EntryMalformed("the names in an object are text")
    return keys


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def parse_canonical(text: bytes, *, limit_bytes: int = _DECODER_LIMIT_BYTES) -> dict[str, Json]:
    """Read an object from its canonical spelling, and refuse any other spelling of it.

    Raises:
        EntryMalformed: it is no object, too long, or spelt otherwise.
    """
    if len(text) > limit_bytes:
        raise EntryMalformed(f"at most {limit_bytes} bytes were expected, {len(text)} came")
    try:
        value, spelling = _respelt(text)
    except (ValueError, TypeError, RecursionError):
        raise EntryMalformed("a JSON object without fractions was expected, the text is none") from None
    if spelling != text:
        raise EntryMalformed("canonical JSON was expected, another spelling came")
    return value


def _respelt(text: bytes) -> tuple[dict[str, Json], bytes]:
    """Read an object and spell it again.

    Plain ASCII, which nearly every entry is, goes through orjson, whose spelling is then canonical as long as every
    number is whole and small; that is three times faster. Escapes and other scripts take the careful way.
    """
    if text.isascii() and b"\\u" not in text:
        value: Json = orjson.loads(text)
        _refuse_numbers(value)
        return _object(value), orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    careful = _object(_DECODER.decode(text.decode()))
    return careful, canonical(careful)


def _refuse_numbers(value: Json) -> None:
    """Refuse fractions and large numbers, wherever they stand."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return
    if isinstance(value, dict):
        for one in value.values():
            if one is not None and type(one) is not str:
                _refuse_numbers(one)
    elif isinstance(value, list):
        for one in value:
            _refuse_numbers(one)
    elif not isinstance(value, int) or abs(value) > LARGEST_INTEGER:
        raise ValueError


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _refuse_fraction(_: str) -> int:
    raise ValueError


def _bounded_integer(text: str) -> int:
    number = int(text) if len(text) <= 17 else LARGEST_INTEGER + 1
    if abs(number) > LARGEST_INTEGER:
        raise ValueError
    return number


_DECODER: Final = json.JSONDecoder(
    parse_float=_refuse_fraction, parse_constant=_refuse_fraction, parse_int=_bounded_integer
)
