# SPDX-License-Identifier: Apache-2.0
"""Several values as one byte string that can be read back in one way only.

Concatenation alone would let `("ab", "c")` pass for `("a", "bc")`, and a sealed value could then be moved to a place
that happens to spell the same.
"""

from uuid import UUID


def frame(*parts: bytes | str | int | UUID) -> bytes:
    """Join parts, each behind its kind and its length in four bytes.

    >>> frame("ab", "c") == frame("a", "bc")
    False
    >>> frame("7") == frame(7)
    False
    """
    return b"".join(_framed(part) for part in parts)


def _framed(part: bytes | str | int | UUID) -> bytes:
    kind, content = _content(part)
    return kind + len(content).to_bytes(4, "big") + content


def _content(part: bytes | str | int | UUID) -> tuple[bytes, bytes]:
    match part:
        case bytes():
            return b"b", part
        case str():
            return b"s", part.encode()
        case UUID():
            return b"u", part.bytes
        case int():
            return b"i", str(int(part)).encode("ascii")
