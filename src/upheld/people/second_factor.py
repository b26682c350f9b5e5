# SPDX-License-Identifier: Apache-2.0
"""The second factor of staff: codes that change every 30 seconds (RFC 6238), and recovery codes used once."""

from datetime import datetime
from typing import Final
from uuid import UUID

import pyotp
from django.db import transaction

from upheld.crypto.hashing import code_digest, is_equal
from upheld.crypto.randomness import token_bytes, uuid7
from upheld.people import restoring
from upheld.people.digests import pepper
from upheld.people.limit_tables import RECOVERY_CODES
from upheld.people.models import RecoveryCode, Staff
from upheld.storage import journal

STEP_SECONDS: Final = 30
STEPS_AROUND: Final = 1
"""RFC 6238 section 5.2 recommends one step at most for the delay of typing."""
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without characters that look alike; 16 of these 31 carry 79 bits."""
_RECOVERY_LENGTH: Final = 16


def new_secret() -> str:
    """Return a new shared secret of 160 bits (RFC 4226 section 4 R6)."""
    return pyotp.random_base32(32)


def enrolment_address(secret: str, *, label: str, issuer: str) -> str:
    """Return what an authenticator scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=issuer)


def matching_step(secret: str, code: str, *, security_now: datetime) -> int | None:
    """Return the time step whose code this is, now or one step around, or None."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    generator = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(security_now.timestamp()) // STEP_SECONDS
    matching = [
        step
        for step in range(present - STEPS_AROUND, present + STEPS_AROUND + 1)
        if is_equal(generator.generate_otp(step), code)
    ]
    return matching[-1] if matching else None


def use_step(staff_id: UUID, step: int) -> bool:
    """Use a time step up; False if it, or a later one, was used before (RFC 6238 section 5.2)."""
    return Staff.objects.filter(id=staff_id, last_step__lt=step).update(last_step=step) == 1


def new_recovery_codes(staff: Staff, *, security_now: datetime) -> tuple[str, ...]:
    """Replace the recovery codes of a member of staff, in the caller's act; they are shown once."""
    RecoveryCode.objects.filter(staff=staff).delete()
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(id=uuid7(security_now), staff=staff, digest=_digest(staff.id, code)) for code in codes
    )
    return codes


def use_recovery_code(staff_id: UUID, code: str, *, security_now: datetime) -> bool:
    """Use a recovery code up; False if it is none, or was used before."""
    plain = "".join(character for character in code.lower() if character in _ALPHABET)
    if len(plain) != _RECOVERY_LENGTH:
        return False
    unused = RecoveryCode.objects.filter(staff_id=staff_id, digest=_digest(staff_id, plain), used_at=None)
    code_id = unused.values_list("id", flat=True).first()
    if code_id is None:
        return False
    with transaction.atomic():
        if unused.filter(id=code_id).update(used_at=security_now) != 1:
            return False
        journal.narrow(restoring.RECOVERY_CODE_USED, facts={"recovery": str(code_id)}, now=security_now)
    return True


def recovery_codes_left(staff_id: UUID) -> int:
    """Count the recovery codes that were not used."""
    return RecoveryCode.objects.filter(staff_id=staff_id, used_at=None).count()


def _recovery_code() -> str:
    size = len(_ALPHABET)
    value = int.from_bytes(token_bytes(24))  # 192 bits: reducing to 79 leaves no bias that matters (< 2^-112)
    characters = []
    for _ in range(_RECOVERY_LENGTH):
        value, index = divmod(value, size)
        characters.append(_ALPHABET[index])
    return "".join(characters)


def _digest(staff_id: UUID, code: str) -> bytes:
    return code_digest(pepper(), purpose="staff_recovery", subject=str(staff_id), code=code)
