# SPDX-License-Identifier: Apache-2.0
"""Staff sign in with address, password and second factor at once.

The three are asked for on one page and refused in one sentence, so nobody learns which was right. Each failure in a
row doubles the wait for that address, known or not.
"""

from datetime import datetime
from typing import Final

from upheld import controls
from upheld.errors import BadInput, NotFound, Unauthenticated
from upheld.keys import service as keys
from upheld.people import limits, passwords, second_factor, sessions
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import IdentifierKind, normalized
from upheld.people.limit_tables import Limit
from upheld.people.models import Staff
from upheld.people.permissions import Role
from upheld.people.staff_invites import STAFF_INDEX, sealed_field
from upheld.people.values import SessionKind, StaffSignedIn, StaffStatus
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, StaffId

_TRIES: Final = "staff-sign-in"


class SignInRefused(Unauthenticated):
    """Address, password or second factor is wrong; which of these is not said."""

    code = "sign_in_refused"

    def __init__(self) -> None:
        """Say the same whatever the reason."""
        super().__init__("address, password or code is wrong")


def sign_in(*, email: str, password: str, code: str, peer: str, now: datetime, security_now: datetime) -> StaffSignedIn:
    """Sign a member of staff in.

    1. Count the try against the network address; refuse while the address waits out its failures.
    2. Compare the password, which takes as long where there is nobody.
    3. Compare the second factor and use its step, or the recovery code, up; a wrong password uses up neither.
    4. In one act: session and evidence.

    Args:
        email: the address as typed.
        password: as typed.
        code: six digits of the second factor, or a recovery code.
        peer: the network address that asks.
        now: policy time.
        security_now: security time.

    Raises:
        SignInRefused: one of the three is wrong, or the account has ended.
        TooMany: too many tries from this network address, or for this address.
    """
    limits.take_all([(Limit.SIGN_IN_TRIES_BY_ADDRESS, limits.place_of(peer))], now=security_now)
    address = _spelt(email)
    limits.refuse_while_delayed(_TRIES, address, now=security_now)
    staff = _active(address)
    has_password = passwords.is_right(password, staff.password if staff else None)
    if staff is None or not has_password or not _has_second_factor(staff, code, security_now=security_now):
        limits.count_failure(_TRIES, address, now=security_now)
        raise SignInRefused
    limits.forget_failures(_TRIES, address)
    return _start(staff, now=now, security_now=security_now, with_second_factor=bool(code))


def _spelt(email: str) -> str:
    """Return an address in its one spelling; what is none is counted as it was typed, and found nowhere."""
    try:
        return normalized(IdentifierKind.EMAIL, email)
    except BadInput:
        return email[:100]


def _active(address: str) -> Staff | None:
    holder = keys.find(STAFF_INDEX, address)
    if holder is None:
        return None
    return Staff.objects.filter(data_subject_id=holder, status=StaffStatus.ACTIVE.value).first()


def _has_second_factor(staff: Staff, code: str, *, security_now: datetime) -> bool:
    if not controls.in_force("people.staff_second_factor"):
        return True
    step = second_factor.matching_step(sealed_field(staff, "second_factor"), code.strip(), security_now=security_now)
    if step is not None:
        return second_factor.use_step(staff.id, step)
    return second_factor.use_recovery_code(staff.id, code, security_now=security_now)


def _start(staff: Staff, *, now: datetime, security_now: datetime, with_second_factor: bool) -> StaffSignedIn:
    subject = DataSubjectId(staff.data_subject_id)
    with act() as acting:
        session = sessions.start(
            data_subject_id=subject,
            kind=SessionKind.STAFF,
            security_now=security_now,
            staff_id=StaffId(staff.id),
        )
        left = second_factor.recovery_codes_left(staff.id)
        acting.record(
            PeopleEvent.STAFF_SIGNED_IN,
            now=now,
            subject=subject,
            clause=None,
            control="people.staff_second_factor",
            facts={"role": staff.role, "second_factor": with_second_factor, "recovery_codes_left": left},
        )
    return StaffSignedIn(
        session_id=session.session_id,
        staff_id=StaffId(staff.id),
        data_subject_id=subject,
        role=Role(staff.role),
        token=session.token,
        expires_at=session.expires_at,
        recovery_codes_left=left,
    )


def renew_recovery_codes(*, staff_id: StaffId, now: datetime, security_now: datetime) -> tuple[str, ...]:
    """Give a signed-in member of staff ten new recovery codes; the former are worthless.

    Raises:
        NotFound: there is no such active member of staff.
    """
    with act() as acting:
        staff = Staff.objects.select_for_update().filter(id=staff_id, status=StaffStatus.ACTIVE.value).first()
        if staff is None:
            raise NotFound("there is no such active member of staff")
        codes = second_factor.new_recovery_codes(staff, security_now=security_now)
        acting.record(
            PeopleEvent.RECOVERY_CODES_RENEWED,
            now=now,
            subject=DataSubjectId(staff.data_subject_id),
            clause=None,
            control="people.staff_second_factor",
            facts={"role": staff.role, "staff": str(staff.id), "recovery_codes": len(codes)},
        )
    return codes
