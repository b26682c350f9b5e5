# SPDX-License-Identifier: Apache-2.0
"""Numbers and addresses that people are reached by, in the one spelling that is sealed, indexed and counted."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

import phonenumbers

from upheld.errors import BadInput

DEFAULT_REGION: Final = "CN"
"""The region of a number written without a country code; a deployment may name another."""
_LONGEST: Final = 254
"""RFC 5321 section 4.5.3.1.3, less the angle brackets."""
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class IdentifierKind(StrEnum):
    """What kind of identifier; the value is also its category in the vault and its kind in the blind index."""

    EMAIL = "email"
    PHONE = "phone"


def normalized(kind: IdentifierKind, text: str, *, region: str = DEFAULT_REGION) -> str:
    """Return an identifier in its one spelling: E.164 for numbers, lower case for addresses.

    >>> normalized(IdentifierKind.PHONE, "138 0013 8000")
    '+8613800138000'

    Raises:
        BadInput: it is none; the message does not repeat it.
    """
    if kind is IdentifierKind.PHONE:
        return _phone(text, region)
    return _email(text)


def prefix_of(kind: IdentifierKind, identifier: str) -> str:
    """Return what many neighbouring identifiers share: all but a number's last four digits, an address's domain."""
    return identifier[:-4] if kind is IdentifierKind.PHONE else identifier.rpartition("@")[2]


def masked(kind: IdentifierKind, identifier: str) -> str:
    """Return what a person recognises their own identifier by.

    >>> masked(IdentifierKind.PHONE, "+8613800138000")
    '···········8000'
    """
    if kind is IdentifierKind.PHONE:
        return "·" * max(len(identifier) - 4, 0) + identifier[-4:]
    local, _, domain = identifier.rpartition("@")
    return f"{local[:1]}···@{domain}"


def _phone(text: str, region: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if not 5 <= len(plain) <= 32:
        raise BadInput("a telephone number was expected", hint="write it with its country code, such as +86")
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_valid_number(number):
        raise BadInput("a telephone number was expected", hint="write it with its country code, such as +86")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    local, at, domain = plain.rpartition("@")
    labels = domain.split(".")
    is_address = (
        bool(at)
        and len(plain) <= _LONGEST
        and len(local) <= 64
        and _LOCAL.fullmatch(local) is not None
        and len(labels) >= 2
        and all(_LABEL.fullmatch(label) for label in labels)
    )
    if not is_address:
        raise BadInput("an e-mail address was expected", hint="write it as name@domain")
    return plain
