# SPDX-License-Identifier: Apache-2.0
"""What a job may carry: ids, whole numbers, true and false. Values about people stay in the vault."""

import json
import re
from collections.abc import Mapping
from typing import Final

from upheld.errors import BadInput

Argument = str | int | bool
LARGEST_BYTES: Final = 1024
_ID: Final = re.compile(r"[A-Za-z0-9._:@-]{0,128}", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"[+]?\d{7,}")
_ADDRESS: Final = re.compile(r".+@.+\..+")


def checked(arguments: Mapping[str, Argument], *, what: str = "job arguments") -> dict[str, Argument]:
    """Return the arguments if a job may carry them.

    A text is an id: ASCII letters, digits and `._:@-`, no e-mail address, and not digits alone, which could be a
    telephone or identity number.

    Raises:
        BadInput: one is of another type, looks like a person's value, or all together are too long.
    """
    for name, value in arguments.items():
        if not isinstance(value, (str, int)):
            raise BadInput(f"{what}: {name} must be an id, a whole number, true or false; {type(value).__name__} came")
        if isinstance(value, str) and not _is_id(value):
            raise BadInput(f"{what}: {name} is a text that is no id")
    size = len(json.dumps(dict(arguments)).encode())
    if size > LARGEST_BYTES:
        raise BadInput(f"{what} have at most {LARGEST_BYTES} bytes, {size} came")
    return dict(arguments)


def _is_id(value: str) -> bool:
    return bool(_ID.fullmatch(value)) and not _LONG_NUMBER.fullmatch(value) and not _ADDRESS.fullmatch(value)
