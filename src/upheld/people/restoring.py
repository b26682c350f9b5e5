# SPDX-License-Identifier: Apache-2.0
"""What a restore must not revive in this room, and how each is carried out again (see `storage.journal`).

Every replayer is idempotent: what is narrowed already stays as it is.
"""

from datetime import datetime
from typing import Final, cast
from uuid import UUID

from upheld.people.models import Account, APIKey, DataSubject, LimitWindow, RecoveryCode, SignInSession, Staff
from upheld.people.permissions import Role
from upheld.people.values import AccountStatus, StaffStatus
from upheld.storage.journal import JournalFacts, replays

ACCOUNT_CANCELLED: Final = "people.account_cancelled"
API_KEY_ENDED: Final = "people.api_key_ended"
BUDGET_SPENT: Final = "people.budget_spent"
RECOVERY_CODE_USED: Final = "people.recovery_code_used"
ROLE_CHANGED: Final = "people.role_changed"
SESSIONS_ENDED: Final = "people.sessions_ended"
STAFF_ENDED: Final = "people.staff_ended"
SUBJECT_ERASED: Final = "people.subject_erased"


def end_staff(staff: Staff, *, now: datetime) -> int:
    """Take everything from a member of staff that lets anyone sign in; say how many sessions ended."""
    Staff.objects.filter(id=staff.id).update(
        status=StaffStatus.ENDED.value, ended_at=now, password="", sealed_second_factor=None, sealed_email=None
    )
    RecoveryCode.objects.filter(staff_id=staff.id).delete()
    ended, _ = SignInSession.objects.filter(data_subject_id=staff.data_subject_id).delete()
    return ended


@replays(ACCOUNT_CANCELLED)
def _cancel_account(facts: JournalFacts, at: datetime) -> None:
    subject = UUID(str(facts["subject"]))
    Account.objects.filter(data_subject_id=subject, status=AccountStatus.OPEN.value).update(
        status=AccountStatus.CANCELLED.value, cancelled_at=at
    )
    SignInSession.objects.filter(data_subject_id=subject).delete()


@replays(API_KEY_ENDED)
def _end_api_key(facts: JournalFacts, at: datetime) -> None:
    APIKey.objects.filter(id=UUID(str(facts["key"])), ended_at=None).update(ended_at=at)


@replays(BUDGET_SPENT)
def _spend_budget(facts: JournalFacts, _: datetime) -> None:
    """Leave nothing of the hour's budget."""
    digest, most = bytes.fromhex(str(facts["window"])[1:]), int(str(facts["most"]))
    ends_at = datetime.fromisoformat(str(facts["until"]))
    LimitWindow.objects.update_or_create(digest=digest, defaults={"used": most, "expires_at": ends_at})


@replays(RECOVERY_CODE_USED)
def _use_recovery_code(facts: JournalFacts, at: datetime) -> None:
    RecoveryCode.objects.filter(id=UUID(str(facts["recovery"])), used_at=None).update(used_at=at)


@replays(ROLE_CHANGED)
def _change_role(facts: JournalFacts, _: datetime) -> None:
    Staff.objects.filter(id=UUID(str(facts["staff"]))).update(role=Role(str(facts["role"])).value)


@replays(SESSIONS_ENDED)
def _end_sessions(facts: JournalFacts, at: datetime) -> None:
    ids = [UUID(one) for one in cast("list[str]", facts["sessions"])]
    SignInSession.objects.filter(id__in=ids, ended_at=None).update(ended_at=at)


def forget_subject(data_subject_id: UUID, *, now: datetime) -> int:
    """Cancel an account, mark its person erased, end the sessions; say how many sessions there were."""
    Account.objects.filter(data_subject_id=data_subject_id, status=AccountStatus.OPEN.value).update(
        status=AccountStatus.CANCELLED.value, cancelled_at=now
    )
    DataSubject.objects.filter(id=data_subject_id, erased_at=None).update(erased_at=now)
    ended, _ = SignInSession.objects.filter(data_subject_id=data_subject_id).delete()
    return ended


@replays(SUBJECT_ERASED)
def _erase_subject(facts: JournalFacts, at: datetime) -> None:
    forget_subject(UUID(str(facts["subject"])), now=at)


@replays(STAFF_ENDED)
def _end_staff(facts: JournalFacts, at: datetime) -> None:
    staff = Staff.objects.filter(id=UUID(str(facts["staff"])), status=StaffStatus.ACTIVE.value).first()
    if staff is not None:
        end_staff(staff, now=at)
