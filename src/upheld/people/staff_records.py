# SPDX-License-Identifier: Apache-2.0
"""Officers see staff, change what they are there for, and end them; there is always an officer."""

from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from upheld.errors import Conflict, NotFound
from upheld.keys import service as keys
from upheld.messages.envelope import destroy
from upheld.people import authority, restoring, second_factor
from upheld.people.events import PeopleEvent
from upheld.people.models import Staff
from upheld.people.permissions import Permission, Role
from upheld.people.staff_invites import STAFF_INDEX, sealed_field
from upheld.people.values import StaffMetadata, StaffStatus
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, StaffId

GONE: Final = "—"
"""Shown where the name of former staff was erased."""


def change_role(*, staff_id: StaffId, role: Role, changed_by: StaffId, now: datetime) -> None:
    """Change what a member of staff is there for; it holds at that person's next request.

    Raises:
        Forbidden: who changes it may not.
        NotFound: there is no such active member of staff.
        Conflict: the last officer would be none.
    """
    authority.require(changed_by, Permission.CONSOLE_STAFF_INVITE)
    with act() as acting:
        staff = _locked(staff_id)
        if Role(staff.role) is Role.OFFICER and role is not Role.OFFICER:
            _refuse_last_officer()
        Staff.objects.filter(id=staff_id).update(role=role.value)
        journal.narrow(restoring.ROLE_CHANGED, facts={"staff": str(staff_id), "role": role.value}, now=now)
        acting.record(
            PeopleEvent.STAFF_ROLE_CHANGED,
            now=now,
            subject=DataSubjectId(staff.data_subject_id),
            clause=None,
            control="people.staff_role",
            facts={"from": staff.role, "to": role.value, "by": str(changed_by)},
        )


def end(*, staff_id: StaffId, ended_by: StaffId, now: datetime) -> None:
    """End a member of staff: sessions, second factor and address go; the name stays readable until it is erased.

    Raises:
        Forbidden: who ends it may not.
        NotFound: there is no such active member of staff.
        Conflict: there would be no officer left.
    """
    authority.require(ended_by, Permission.CONSOLE_STAFF_INVITE)
    with act() as acting:
        staff = _locked(staff_id)
        if Role(staff.role) is Role.OFFICER:
            _refuse_last_officer()
        subject = DataSubjectId(staff.data_subject_id)
        ended = restoring.end_staff(staff, now=now)
        journal.narrow(restoring.STAFF_ENDED, facts={"staff": str(staff_id)}, now=now)
        transaction.on_commit(partial(keys.unbind, data_subject_id=subject, kind=STAFF_INDEX))
        acting.record(
            PeopleEvent.STAFF_ENDED,
            now=now,
            subject=subject,
            clause=None,
            control="people.staff_role",
            facts={"role": staff.role, "by": str(ended_by), "sessions_ended": ended},
        )


def forget(*, staff_id: StaffId, now: datetime) -> None:
    """Erase what is left of former staff: the key of name and address.

    Raises:
        Conflict: the member of staff has not ended.
    """
    staff = Staff.objects.filter(id=staff_id, status=StaffStatus.ENDED.value).first()
    if staff is None:
        raise Conflict("only former staff are erased; end the account first")
    with act() as acting:
        Staff.objects.filter(id=staff_id).update(sealed_name=None)
        acting.record(
            PeopleEvent.SUBJECT_ERASED,
            now=now,
            subject=DataSubjectId(staff.data_subject_id),
            clause=None,
            control="retention.erasure_read_back",
            facts={"staff": str(staff_id)},
        )
    destroy({staff.key_id}, now=now)


def everyone() -> tuple[StaffMetadata, ...]:
    """Return all staff, former ones too, in order of joining."""
    return tuple(_metadata(row) for row in Staff.objects.order_by("enrolled_at", "id"))


def one(staff_id: StaffId) -> StaffMetadata:
    """Return a member of staff.

    Raises:
        NotFound: there is none of that id.
    """
    row = Staff.objects.filter(id=staff_id).first()
    if row is None:
        raise NotFound("there is no such member of staff")
    return _metadata(row)


def count_active(role: Role) -> int:
    """Count the active staff of a role; that one alone may publish shows on the board."""
    return Staff.objects.filter(role=role.value, status=StaffStatus.ACTIVE.value).count()


def _locked(staff_id: StaffId) -> Staff:
    staff = Staff.objects.select_for_update().filter(id=staff_id, status=StaffStatus.ACTIVE.value).first()
    if staff is None:
        raise NotFound("there is no such active member of staff")
    return staff


def _refuse_last_officer() -> None:
    officers = Staff.objects.select_for_update().filter(role=Role.OFFICER.value, status=StaffStatus.ACTIVE.value)
    if len(officers) <= 1:
        raise Conflict("this is the last officer; invite another first")


def _metadata(row: Staff) -> StaffMetadata:
    return StaffMetadata(
        id=StaffId(row.id),
        data_subject_id=DataSubjectId(row.data_subject_id),
        role=Role(row.role),
        status=StaffStatus(row.status),
        name=sealed_field(row, "name") or GONE,
        enrolled_at=row.enrolled_at,
        ended_at=row.ended_at,
        recovery_codes_left=second_factor.recovery_codes_left(row.id),
    )
