# SPDX-License-Identifier: Apache-2.0
"""Signed-in browsers: digests, lifetimes, ends."""

from datetime import timedelta

import pytest

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import NotFound, Unauthenticated
from upheld.people import restoring, sessions
from upheld.people.limit_tables import PERSON_ABSOLUTE, PERSON_IDLE, STAFF_IDLE
from upheld.people.models import SignInSession
from upheld.people.values import SessionKind
from upheld.storage import journal
from upheld.terms import DataSubjectId
from tests.people.conftest import NOW

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def subject() -> DataSubjectId:
    return DataSubjectId(uuid7(NOW))


def started(subject: DataSubjectId, kind: SessionKind = SessionKind.PERSON, at=NOW):
    return sessions.start(data_subject_id=subject, kind=kind, security_now=at)


def seen(token: str, *, at=NOW, kind: SessionKind = SessionKind.PERSON):
    return sessions.authenticate(token=token, kind=kind, security_now=at)


def test_a_token_opens_its_session_and_is_held_as_a_digest(subject):
    """The table opens nothing, another token neither, and a person's session is no staff session."""
    begun = started(subject)
    assert seen(begun.token).data_subject_id == subject
    row = SignInSession.objects.get()
    assert begun.token.encode() not in bytes(row.token_digest)
    assert begun.token not in repr(begun)
    for token, kind in (
        (begun.token[:-1], SessionKind.PERSON),
        ("", SessionKind.PERSON),
        (begun.token, SessionKind.STAFF),
    ):
        with pytest.raises(Unauthenticated):
            seen(token, kind=kind)


@pytest.mark.parametrize(("after", "live"), [(PERSON_IDLE, True), (PERSON_IDLE + timedelta(seconds=1), False)])
def test_an_idle_session_ends(subject, after, live):
    """A week without a visit signs a person out; without its control it would not."""
    begun = started(subject)
    if live:
        assert seen(begun.token, at=NOW + after)
        return
    with pytest.raises(Unauthenticated):
        seen(begun.token, at=NOW + after)
    with controls.without("people.session_ends"):
        assert seen(begun.token, at=NOW + after)


def test_a_session_in_use_goes_on_to_its_absolute_end(subject):
    """Each visit moves the idle end, none moves the absolute one."""
    begun = started(subject)
    at = NOW
    while at + timedelta(days=5) < NOW + PERSON_ABSOLUTE:
        at += timedelta(days=5)
        assert seen(begun.token, at=at).seen_at <= at
    with pytest.raises(Unauthenticated):
        seen(begun.token, at=NOW + PERSON_ABSOLUTE)


def test_staff_sessions_are_short(subject):
    """Half an hour of nothing signs staff out."""
    begun = started(subject, SessionKind.STAFF)
    assert seen(begun.token, kind=SessionKind.STAFF, at=NOW + STAFF_IDLE)
    with pytest.raises(Unauthenticated):
        seen(begun.token, kind=SessionKind.STAFF, at=NOW + STAFF_IDLE * 2 + timedelta(seconds=1))


def test_a_holder_lists_and_ends_sessions(subject):
    """One, or all but this one; nobody ends another's."""
    here, there, elsewhere = (started(subject, at=NOW + timedelta(seconds=n)) for n in range(3))
    stranger = started(DataSubjectId(uuid7(NOW)))

    def listed():
        found = sessions.live_sessions(data_subject_id=subject, kind=SessionKind.PERSON, security_now=NOW)
        return [session.id for session in found]

    assert listed() == [elsewhere.session_id, there.session_id, here.session_id]
    with pytest.raises(NotFound):
        sessions.end(session_id=stranger.session_id, data_subject_id=subject, now=NOW, security_now=NOW)
    sessions.end(session_id=there.session_id, data_subject_id=subject, now=NOW, security_now=NOW)
    with pytest.raises(Unauthenticated):
        seen(there.token)
    assert sessions.end_all(data_subject_id=subject, now=NOW, security_now=NOW, except_id=here.session_id) == 1
    assert listed() == [here.session_id]
    assert sessions.end_all(data_subject_id=subject, now=NOW, security_now=NOW, except_id=here.session_id) == 0
    assert seen(stranger.token)


def test_a_rotated_session_has_a_new_token_only(subject):
    """The old token is worthless at once; an ended session is not rotated."""
    begun = started(subject)
    rotated = sessions.rotate(session_id=begun.session_id, security_now=NOW)
    assert seen(rotated.token).id == begun.session_id
    with pytest.raises(Unauthenticated):
        seen(begun.token)
    sessions.end(session_id=begun.session_id, data_subject_id=subject, now=NOW, security_now=NOW)
    with pytest.raises(NotFound):
        sessions.rotate(session_id=begun.session_id, security_now=NOW)


def test_the_sweep_takes_what_is_over_and_nothing_else(subject):
    """Idle, ended and expired sessions go."""
    live = started(subject)
    ended = started(subject)
    started(subject, SessionKind.STAFF)
    sessions.end(session_id=ended.session_id, data_subject_id=subject, now=NOW, security_now=NOW)
    assert sessions.sweep(security_now=NOW + timedelta(hours=1)) == 2
    assert seen(live.token)
    assert sessions.sweep(security_now=NOW + PERSON_ABSOLUTE + timedelta(seconds=1)) == 1


def test_a_restore_does_not_revive_an_ended_session(subject):
    """The journal ends it again."""
    begun = started(subject)
    journal._replayers[restoring.SESSIONS_ENDED]({"sessions": [str(begun.session_id)]}, NOW)
    with pytest.raises(Unauthenticated):
        seen(begun.token)
