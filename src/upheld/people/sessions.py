# SPDX-License-Identifier: Apache-2.0
"""Signed-in browsers of people and of staff, on security time.

A token has 256 random bits and is held as a digest, so the table opens no session. A session ends when it is idle too
long, at its absolute end, when its holder ends it, or when it is rotated because its powers changed.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from upheld import controls
from upheld.crypto.hashing import token_digest
from upheld.crypto.randomness import token_text, uuid7
from upheld.errors import NotFound, Unauthenticated
from upheld.people import restoring
from upheld.people.events import PeopleEvent
from upheld.people.limit_tables import PERSON_ABSOLUTE, PERSON_IDLE, STAFF_ABSOLUTE, STAFF_IDLE
from upheld.people.models import SignInSession, Staff
from upheld.people.permissions import Role
from upheld.people.values import SessionKind, SessionMetadata, SignedIn, StaffStatus
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import DataSubjectId, StaffId

_SEEN_STEP: Final = timedelta(minutes=1)
"""`seen_at` moves in steps, so that reading a page does not write a row each time."""
_IDLE: Final = {SessionKind.PERSON: PERSON_IDLE, SessionKind.STAFF: STAFF_IDLE}
_ABSOLUTE: Final = {SessionKind.PERSON: PERSON_ABSOLUTE, SessionKind.STAFF: STAFF_ABSOLUTE}


def start(
    *, data_subject_id: DataSubjectId, kind: SessionKind, security_now: datetime, staff_id: StaffId | None = None
) -> SignedIn:
    """Start a session in the caller's act; the sign-in itself is the evidence."""
    token = token_text(32)
    row = SignInSession(
        id=uuid7(security_now),
        data_subject_id=data_subject_id,
        kind=kind.value,
        staff_id=staff_id,
        token_digest=token_digest(token),
        started_at=security_now,
        seen_at=security_now,
        expires_at=security_now + _ABSOLUTE[kind],
    )
    row.save(force_insert=True)
    return SignedIn(session_id=row.id, data_subject_id=data_subject_id, token=token, expires_at=row.expires_at)


def authenticate(*, token: str, kind: SessionKind, security_now: datetime) -> SessionMetadata:
    """Return the session that a browser's token belongs to, and note that it was seen.

    Raises:
        Unauthenticated: there is none, it is over, it is of the other kind, or its holder is staff no more.
    """
    row = SignInSession.objects.filter(token_digest=token_digest(token), kind=kind.value).first()
    if row is None or (controls.in_force("people.session_ends") and not _is_live(row, security_now)):
        raise Unauthenticated("nobody is signed in here", hint="sign in again")
    role = _role_of(row)
    if security_now - row.seen_at >= _SEEN_STEP:
        SignInSession.objects.filter(id=row.id, seen_at=row.seen_at).update(seen_at=security_now)
    return _metadata(row, role)


def _is_live(row: SignInSession, now: datetime) -> bool:
    is_idle = now - row.seen_at > _IDLE[SessionKind(row.kind)]
    return row.ended_at is None and now < row.expires_at and not is_idle


def _role_of(row: SignInSession) -> Role | None:
    """Read the role anew each time, so that a change of role or an end holds at once."""
    if row.staff_id is None:
        return None
    staff = Staff.objects.filter(id=row.staff_id, status=StaffStatus.ACTIVE.value).values_list("role").first()
    if staff is None:
        raise Unauthenticated("this account of staff has ended")
    return Role(staff[0])


def rotate(*, session_id: UUID, security_now: datetime) -> SignedIn:
    """Give a session a new token because what it may do changed; the old token is worthless at once.

    Raises:
        NotFound: there is no such live session.
    """
    token = token_text(32)
    changed = SignInSession.objects.filter(id=session_id, ended_at=None, expires_at__gt=security_now).update(
        token_digest=token_digest(token), seen_at=security_now
    )
    if not changed:
        raise NotFound("there is no such session")
    row = SignInSession.objects.get(id=session_id)
    return SignedIn(
        session_id=row.id, data_subject_id=DataSubjectId(row.data_subject_id), token=token, expires_at=row.expires_at
    )


def end(*, session_id: UUID, data_subject_id: DataSubjectId, now: datetime, security_now: datetime) -> None:
    """End one session of its holder.

    Raises:
        NotFound: there is no such live session of this person.
    """
    own = Q(id=session_id, data_subject_id=data_subject_id)
    if not _end(own, data_subject_id=data_subject_id, now=now, security_now=security_now):
        raise NotFound("there is no such session of yours")


def end_all(
    *,
    data_subject_id: DataSubjectId,
    now: datetime,
    security_now: datetime,
    except_id: UUID | None = None,
) -> int:
    """End every session of a person, but for the one asking if it is named; say how many."""
    own = Q(data_subject_id=data_subject_id)
    if except_id is not None:
        own &= ~Q(id=except_id)
    return _end(own, data_subject_id=data_subject_id, now=now, security_now=security_now)


def _end(which: Q, *, data_subject_id: DataSubjectId, now: datetime, security_now: datetime) -> int:
    live = SignInSession.objects.filter(which, ended_at=None, expires_at__gt=security_now)
    if not live.exists():
        return 0
    with act() as acting:
        ids = [str(found) for found in live.values_list("id", flat=True)[: journal.LARGEST_IDS]]
        ended = live.update(ended_at=security_now)
        journal.narrow(restoring.SESSIONS_ENDED, facts={"sessions": ids}, now=now)
        acting.record(
            PeopleEvent.SESSION_ENDED,
            now=now,
            subject=data_subject_id,
            clause=None,
            control="people.session_ends",
            facts={"sessions": ended},
        )
    return ended


def live_sessions(
    *, data_subject_id: DataSubjectId, kind: SessionKind, security_now: datetime
) -> tuple[SessionMetadata, ...]:
    """Return a person's live sessions, the newest first."""
    rows = SignInSession.objects.filter(
        data_subject_id=data_subject_id,
        kind=kind.value,
        ended_at=None,
        expires_at__gt=security_now,
        seen_at__gte=security_now - _IDLE[kind],
    ).order_by("-started_at")
    return tuple(_metadata(row, None) for row in rows)


def _metadata(row: SignInSession, role: Role | None) -> SessionMetadata:
    return SessionMetadata(
        id=row.id,
        data_subject_id=DataSubjectId(row.data_subject_id),
        kind=SessionKind(row.kind),
        staff_id=StaffId(row.staff_id) if row.staff_id else None,
        role=role,
        started_at=row.started_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )


def sweep(*, security_now: datetime) -> int:
    """Remove the rows of sessions that are over; say how many."""
    over = Q(expires_at__lt=security_now) | Q(ended_at__isnull=False)
    over |= Q(kind=SessionKind.STAFF.value, seen_at__lt=security_now - STAFF_IDLE)
    over |= Q(kind=SessionKind.PERSON.value, seen_at__lt=security_now - PERSON_IDLE)
    removed, _ = SignInSession.objects.filter(over).delete()
    return removed


def erase_subject(*, data_subject_id: DataSubjectId) -> int:
    """Remove every session of a person in the caller's act; say how many."""
    removed, _ = SignInSession.objects.filter(data_subject_id=data_subject_id).delete()
    return removed
