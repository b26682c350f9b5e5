# SPDX-License-Identifier: Apache-2.0
"""Staff passwords: scrypt through Django, and no weak ones."""

from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from upheld import controls
from upheld.errors import BadInput

SHORTEST: Final = 12
LONGEST: Final = 256
"""Past this a hash is work for nothing; NIST SP 800-63B section 5.1.1.2 asks for 64 at least."""
_TOO_SIMILAR: Final = 0.6
"""Django's own measure is 0.7 for attributes of accounts."""
_FEWEST_CHARACTERS: Final = 5


class WeakPassword(BadInput):
    """The password is easily guessed; says why, never what it was."""

    code = "weak_password"


def hashed(password: str, *, known: tuple[str, ...] = ()) -> str:
    """Return what is stored of a password.

    Args:
        password: as typed; nothing is trimmed.
        known: what others know of its holder, such as name and e-mail address.

    Raises:
        WeakPassword: it is short, common, too uniform, or like what others know.
    """
    fault = fault_of(password, known)
    if fault and controls.in_force("people.weak_password_refused"):
        raise WeakPassword(fault, hint="four unrelated words are long and easy to keep in mind")
    return make_password(password)


def is_right(password: str, stored: str | None) -> bool:
    """Compare a password with what is stored; takes as long where nothing is stored."""
    if len(password) > LONGEST:
        return False
    return check_password(password, stored if stored is not None else _nobodys()) and stored is not None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """Return a hash that nobody's password has, to compare with when there is nobody."""
    return make_password("nobody's password")


def fault_of(password: str, known: tuple[str, ...] = ()) -> str:
    """Say what makes a password easily guessed, or nothing."""
    if len(password) < SHORTEST:
        return f"a password has {SHORTEST} characters or more, {len(password)} came"
    if len(password) > LONGEST:
        return f"a password has at most {LONGEST} characters, {len(password)} came"
    if password.isdecimal() or len(set(password.lower())) < _FEWEST_CHARACTERS:
        return "the password is too uniform"
    if _is_common(password):
        return "the password is on the list of common ones"
    if any(_is_similar(password, part) for text in known for part in (text, *text.replace("@", " ").split())):
        return "the password is too much like your name or address"
    return ""


def _is_common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False


def _is_similar(password: str, part: str) -> bool:
    one, other = password.lower(), part.lower()
    if len(other) < 3:
        return False
    is_most_of_it = other in one and len(other) * 2 >= len(one)
    return is_most_of_it or SequenceMatcher(a=one, b=other).ratio() >= _TOO_SIMILAR
