# SPDX-License-Identifier: Apache-2.0
"""From bytes to text: at most 1 MiB of plain UTF-8, without characters that deceive the eye."""

import codecs
import re
from typing import Final

from upheld.policy.findings import Place
from upheld.policy.reading.trouble import Unreadable

MAX_BYTES: Final = 1024 * 1024
"""The largest of the five policies is under 60 KiB; a file 20 times as large is a mistake or an attack."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (codecs.BOM_UTF8, "UTF-8 with a byte order mark"),
)
_AS_UTF8: Final = "save the file as UTF-8 without a byte order mark"

_DECEIVING: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Controls, invisible characters and those that reorder text on the screen (Unicode TR 36, CVE-2021-42574)."""


def decode(data: bytes) -> str:
    """Turn the bytes of a file into its text.

    Raises:
        Unreadable: too large, not plain UTF-8, or with characters that no policy needs.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "E002", Place(1, 1), f"expected at most {MAX_BYTES} bytes, {len(data)} came", "split or shorten the file"
        )
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise Unreadable("E003", Place(1, 1), f"expected plain UTF-8, {name} came", _AS_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"))
        raise Unreadable("E003", place, f"expected UTF-8, the byte 0x{data[error.start]:02x} came", _AS_UTF8) from None
    refuse_deceiving(text)
    return text


def refuse_deceiving(text: str, start: Place | None = None) -> None:
    """Refuse characters that a reader cannot see or that reorder what is seen.

    Raises:
        Unreadable: there is one.
    """
    found = _DECEIVING.search(text)
    if found:
        raise Unreadable(
            "E004",
            start or _place(text[: found.start()]),
            f"expected visible text, the character U+{ord(found[0]):04X} came",
            "remove the character",
        )


def _place(before: str) -> Place:
    line = before.count("\n")
    return Place(line + 1, len(before) - (before.rfind("\n") + 1) + 1)
