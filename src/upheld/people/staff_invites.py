# SPDX-License-Identifier: Apache-2.0
"""How someone joins the staff: a one-time link, then name, address, password and second factor in one form.

The first officer is invited from the command line of the server; the web never offers a first account. The second
factor's secret is made here and waits sealed with the invitation, so the form cannot bring one of its own.
"""

from datetime import datetime
from typing import Final

from django.db.models import Q

from upheld import controls
from upheld.crypto.hashing import token_digest
from upheld.crypto.randomness import token_text, uuid7
from upheld.errors import BadInput, Conflict, Unauthenticated
from upheld.keys import service as keys
from upheld.messages.envelope import Envelope, HouseClause, Place, destroy, seal, unseal
from upheld.people import authority, limits, passwords, second_factor, subjects
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import IdentifierKind, normalized
from upheld.people.limit_tables import INVITE_LIFE, Limit
from upheld.people.models import DataSubject, Staff, StaffInvite
from upheld.people.permissions import Permission, Role
from upheld.people.values import Enrolled, Enrolment, Invited, StaffStatus, SubjectKind
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, StaffId

STAFF_INDEX: Final = "staff-email"
"""The kind of staff addresses in the blind index: apart from people's, so that staff may be customers too."""
_NAME_LONGEST: Final = 80


class InviteRefused(Unauthenticated):
    """The invitation is unknown, used or too old; which of these is not said."""

    code = "invite_refused"

    def __init__(self) -> None:
        """Say the same whatever the reason."""
        super().__init__("the invitation is unknown, used or too old", hint="ask for a new one")


def invite(*, role: Role, now: datetime, security_now: datetime, invited_by: StaffId | None = None) -> Invited:
    """Invite someone; the token is returned once, for a link, and held as a digest.

    Args:
        role: what the person will be there for.
        now: policy time.
        security_now: security time.
        invited_by: the member of staff who invites; None from the command line alone.

    Raises:
        Forbidden: the inviting member of staff may not.
    """
    inviter = authority.role_or_shell(invited_by, Permission.CONSOLE_STAFF_INVITE)
    token = token_text(32)
    row = StaffInvite(
        id=uuid7(security_now),
        role=role.value,
        token_digest=token_digest(token),
        invited_by=invited_by,
        created_at=security_now,
        expires_at=security_now + INVITE_LIFE,
    )
    with act() as acting:
        row.data_subject_id = subjects.new(SubjectKind.STAFF, now=now)
        row.save(force_insert=True)
        acting.record(
            PeopleEvent.STAFF_INVITED,
            now=now,
            subject=None,
            clause=None,
            control="people.staff_role",
            facts={
                "role": role.value,
                "invited_by": str(invited_by or authority.COMMAND_LINE),
                "inviters_role": inviter,
            },
        )
    return Invited(invite_id=row.id, role=role, token=token, expires_at=row.expires_at)


def begin_enrolment(*, token: str, peer: str, issuer: str, now: datetime, security_now: datetime) -> Enrolment:
    """Show an invited person the second factor to set up; the same one each time the link is opened.

    Raises:
        InviteRefused: the invitation is unknown, used or too old.
        TooMany: this network address tried too often.
    """
    limits.take_all([(Limit.INVITE_TRIES, limits.place_of(peer))], now=security_now)
    row = _usable(token, security_now)
    if row.sealed_second_factor is None:
        envelope = seal(second_factor.new_secret(), place=_invite_place(row), clause=HouseClause.STAFF, now=now)
        StaffInvite.objects.filter(id=row.id, sealed_second_factor=None).update(
            key_id=envelope.key_id, sealed_second_factor=envelope.sealed
        )
        row.refresh_from_db()
    secret = _secret_of(row)
    return Enrolment(
        invite_id=row.id,
        role=Role(row.role),
        secret=secret,
        address=second_factor.enrolment_address(secret, label=row.role, issuer=issuer),
    )


def finish_enrolment(
    *,
    token: str,
    name: str,
    email: str,
    password: str,
    code: str,
    peer: str,
    now: datetime,
    security_now: datetime,
) -> Enrolled:
    """Make an invited person a member of staff.

    1. The invitation is usable, the form complete, the password strong.
    2. The code comes from the second factor that was shown.
    3. In one act: the invitation used up, the row, the recovery codes, the evidence.

    Raises:
        InviteRefused: the invitation is unknown, used or too old.
        BadInput: a field is not what was expected, or the code is wrong; the invitation stays usable.
        Conflict: the address belongs to a member of staff.
        TooMany: this network address tried too often.
    """
    limits.take_all([(Limit.INVITE_TRIES, limits.place_of(peer))], now=security_now)
    row = _usable(token, security_now)
    address = normalized(IdentifierKind.EMAIL, email)
    called = " ".join(name.split())
    if not 1 <= len(called) <= _NAME_LONGEST:
        raise BadInput(f"expected a name of 1 to {_NAME_LONGEST} characters, {len(called)} came")
    if row.sealed_second_factor is None:
        raise BadInput("the second factor is not set up", hint="open the link again")
    step = second_factor.matching_step(_secret_of(row), code, security_now=security_now)
    if step is None:
        raise BadInput("the code does not come from the second factor that was shown")
    staff = Staff(
        id=uuid7(security_now),
        data_subject_id=row.data_subject_id,
        role=row.role,
        status=StaffStatus.ACTIVE.value,
        password=passwords.hashed(password, known=(called, address)),
        last_step=step,
        enrolled_at=now,
    )
    is_strong = not passwords.fault_of(password, (called, address))
    return _enrol(row, staff, name=called, email=address, password_strong=is_strong, now=now, security_now=security_now)


def _enrol(
    row: StaffInvite,
    staff: Staff,
    *,
    name: str,
    email: str,
    password_strong: bool,
    now: datetime,
    security_now: datetime,
) -> Enrolled:
    secret = _secret_of(row)
    with act() as acting:
        if not StaffInvite.objects.filter(id=row.id, used_at=None).update(
            used_at=security_now, sealed_second_factor=None
        ):
            raise InviteRefused
        _refuse_holder(email, now=security_now)
        for field, text in (("name", name), ("email", email), ("second_factor", secret)):
            envelope = seal(text, place=staff_place(staff, field), clause=HouseClause.STAFF, now=now)
            staff.key_id = envelope.key_id
            setattr(staff, f"sealed_{field}", envelope.sealed)
        staff.save(force_insert=True)
        codes = second_factor.new_recovery_codes(staff, security_now=security_now)
        subject = DataSubjectId(staff.data_subject_id)
        keys.bind(kind=STAFF_INDEX, normalized=email, data_subject_id=subject, now=now)
        acting.record(
            PeopleEvent.STAFF_ENROLLED,
            now=now,
            subject=subject,
            clause=None,
            control="people.staff_second_factor",
            facts={
                "role": staff.role,
                "staff": str(staff.id),
                "second_factor": True,
                "password_strong": password_strong,
            },
        )
    return Enrolled(staff_id=StaffId(staff.id), role=Role(staff.role), recovery_codes=codes)


def _refuse_holder(email: str, *, now: datetime) -> None:
    """Refuse the address of a member of staff; free one that a broken-off enrolment left bound (see `accounts`)."""
    limits.hold("staff", email, now=now)
    holder = keys.find(STAFF_INDEX, email)
    if holder is None:
        return
    if Staff.objects.filter(data_subject_id=holder, status=StaffStatus.ACTIVE.value).exists():
        raise Conflict("this address belongs to a member of staff")
    keys.unbind(data_subject_id=holder, kind=STAFF_INDEX, normalized=email)


def _usable(token: str, security_now: datetime) -> StaffInvite:
    rows = StaffInvite.objects.filter(token_digest=token_digest(token))
    if controls.in_force("people.code_single_use"):
        rows = rows.filter(used_at=None)
    if controls.in_force("people.code_expires"):
        rows = rows.filter(expires_at__gt=security_now)
    row = rows.first()
    if row is None:
        raise InviteRefused
    return row


def staff_place(staff: Staff, field: str) -> Place:
    """Say where a sealed field of a member of staff belongs."""
    return Place(table="staff", row_id=staff.id, data_subject_id=DataSubjectId(staff.data_subject_id), field=field)


def sealed_field(staff: Staff, field: str) -> str:
    """Open a sealed field of a member of staff; empty where it was erased."""
    sealed = getattr(staff, f"sealed_{field}")
    if sealed is None:
        return ""
    return unseal(Envelope(key_id=staff.key_id, sealed=bytes(sealed)), place=staff_place(staff, field))


def _invite_place(row: StaffInvite) -> Place:
    return Place(
        table="staff_invite", row_id=row.id, data_subject_id=DataSubjectId(row.data_subject_id), field="second_factor"
    )


def _secret_of(row: StaffInvite) -> str:
    if row.key_id is None or row.sealed_second_factor is None:
        raise InviteRefused
    return unseal(Envelope(key_id=row.key_id, sealed=bytes(row.sealed_second_factor)), place=_invite_place(row))


def sweep(*, now: datetime, security_now: datetime) -> int:
    """Remove invitations that are over, with the key of whoever did not join; say how many."""
    over = list(StaffInvite.objects.filter(Q(expires_at__lte=security_now) | Q(used_at__isnull=False)))
    joined = set(
        Staff.objects.filter(data_subject_id__in=[row.data_subject_id for row in over]).values_list(
            "data_subject_id", flat=True
        )
    )
    left = [row for row in over if row.data_subject_id not in joined]
    destroy({row.key_id for row in left if row.key_id is not None}, now=now)
    DataSubject.objects.filter(id__in=[row.data_subject_id for row in left]).delete()
    StaffInvite.objects.filter(id__in=[row.id for row in over]).delete()
    return len(over)
