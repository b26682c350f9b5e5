# SPDX-License-Identifier: Apache-2.0
"""Open, change and cancel accounts; add people whom others represent.

An account needs a proven identifier and an accepted version of the notice, and nothing else. The order inside one act:
proof used up, person made, version admitted, acceptance recorded by the room above, number sealed, number bound,
session started. Whoever calls passes what the rooms above must record as `acknowledge`.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld.errors import Conflict
from upheld.facts import service as facts
from upheld.gate import Ask
from upheld.keys import service as keys
from upheld.people import codes, limits, restoring, sessions, subjects
from upheld.people.events import PeopleEvent
from upheld.people.identifiers import IdentifierKind, normalized
from upheld.people.models import Account
from upheld.people.values import AccountStatus, CodePurpose, Proven, SessionKind, SignedIn, SubjectKind
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import Act, DataSubjectId
from upheld.vault import service as vault

ACCOUNT_FUNCTION: Final = "account"
"""The function of every policy under which a number is held (basis: contract)."""

Acknowledge = Callable[[DataSubjectId], None]
"""Records, in the same act, that this person was shown and accepted the version: a verb of the notices room."""


def open_account(
    *,
    proven: Proven,
    version: int,
    now: datetime,
    security_now: datetime,
    acknowledge: Acknowledge,
    function: str = ACCOUNT_FUNCTION,
) -> SignedIn:
    """Open an account for a proven identifier and sign its person in.

    Args:
        proven: what `sign_in.finish_sign_in` returned for an identifier that nobody has.
        version: the notice version that was shown and accepted.
        now: policy time.
        security_now: security time.
        acknowledge: records the acceptance.
        function: the policy's function that collects the identifier.

    Raises:
        CodeRefused: the proof was used up, or is too old.
        Conflict: the identifier has an account meanwhile, or another version was accepted.
        Denied: the gate refuses the identifier under this version.
    """
    if proven.version is not None and proven.version != version:
        raise Conflict("another version of the notice was accepted", hint="show the version in force again")
    with act() as acting:
        identifier = codes.claim(
            challenge_id=proven.challenge_id,
            token=proven.token,
            purpose=CodePurpose.SIGN_IN,
            security_now=security_now,
        )
        refuse_holder(proven.kind, identifier, now=security_now)
        subject = _new_account(version, now=now, acknowledge=acknowledge)
        _seal(subject, proven.kind, identifier, function=function, now=now)
        keys.bind(kind=proven.kind.value, normalized=identifier, data_subject_id=subject, now=now)
        session = sessions.start(data_subject_id=subject, kind=SessionKind.PERSON, security_now=security_now)
        acting.record(
            PeopleEvent.ACCOUNT_OPENED,
            now=now,
            subject=subject,
            clause=f"functions.{function}",
            control="people.code_proves_number",
            facts={
                "version": version,
                "proven_by_code": True,
                "collected": [proven.kind.value],
                "version_accepted_before_code": proven.version is not None,
            },
        )
    return session


def register(
    *,
    version: int,
    vouched_by: UUID,
    now: datetime,
    acknowledge: Acknowledge,
    security_now: datetime | None = None,
    identifier: str | None = None,
    kind: IdentifierKind = IdentifierKind.PHONE,
) -> DataSubjectId:
    """Open an account for a company's program that knows its own people, with an identifier it vouches for or without.

    Args:
        version: the notice version that this person accepted.
        vouched_by: id of the program's key.
        now: policy time.
        acknowledge: records the acceptance.
        security_now: security time; policy time if none is given.
        identifier: a number or address as the company holds it.
        kind: which of them.

    Raises:
        BadInput: the identifier is none.
        Conflict: it has an account.
        Denied: the gate refuses the identifier under this version.
    """
    spelt = None if identifier is None else normalized(kind, identifier)
    with act() as acting:
        if spelt is not None:
            refuse_holder(kind, spelt, now=security_now or now)
        subject = _new_account(version, now=now, acknowledge=acknowledge)
        if spelt is not None:
            _seal(subject, kind, spelt, function=ACCOUNT_FUNCTION, now=now)
            keys.bind(kind=kind.value, normalized=spelt, data_subject_id=subject, now=now)
        acting.record(
            PeopleEvent.ACCOUNT_OPENED,
            now=now,
            subject=subject,
            clause=f"functions.{ACCOUNT_FUNCTION}",
            control="people.nothing_beyond_number",
            facts={
                "version": version,
                "proven_by_code": False,
                "collected": [] if spelt is None else [kind.value],
                "vouched_by": str(vouched_by),
            },
        )
    return subject


def add_represented(*, version: int, now: datetime) -> DataSubjectId:
    """Make a data subject who has no account and is represented, such as a baby; the children room says by whom."""
    with act() as acting:
        subject = subjects.new(SubjectKind.REPRESENTED, now=now)
        facts.admit(subject, version, now)
        acting.record(
            PeopleEvent.REPRESENTED_ADDED,
            now=now,
            subject=subject,
            clause=None,
            control="vault.item_has_one_subject",
            facts={"version": version},
        )
    return subject


def _new_account(version: int, *, now: datetime, acknowledge: Acknowledge) -> DataSubjectId:
    subject = subjects.new(SubjectKind.ACCOUNT, now=now)
    row = Account(data_subject_id=subject, status=AccountStatus.OPEN.value, opened_at=now)
    row.save(force_insert=True)
    facts.admit(subject, version, now)
    acknowledge(subject)
    return subject


def _seal(subject: DataSubjectId, kind: IdentifierKind, identifier: str, *, function: str, now: datetime) -> None:
    ask = Ask(act=Act.COLLECT, purpose=function, categories=(kind.value,))
    vault.collect(ask=ask, data_subject_id=subject, values={kind.value: identifier}, now=now)


def refuse_holder(kind: IdentifierKind, identifier: str, *, now: datetime) -> None:
    """Refuse an identifier that leads to an open account, and free one that a broken-off opening or cancelling left.

    The index is in another store, so a crash between its commit and ours leaves it leading to nobody. Openings of one
    identifier go one after the other, or the second would free what the first is about to commit.
    """
    limits.hold("identifier", f"{kind.value}:{identifier}", now=now)
    holder = keys.find(kind.value, identifier)
    if holder is None:
        return
    if subjects.has_open_account(holder):
        raise Conflict("this number or address has an account", hint="sign in instead")
    keys.unbind(data_subject_id=holder, kind=kind.value, normalized=identifier)


def _close(data_subject_id: DataSubjectId, now: datetime) -> None:
    """Close the account's row; who is represented has none, and is served no more all the same."""
    if subjects.kind_of(data_subject_id) is SubjectKind.REPRESENTED:
        return
    account = Account.objects.filter(data_subject_id=data_subject_id, status=AccountStatus.OPEN.value)
    if not account.update(status=AccountStatus.CANCELLED.value, cancelled_at=now):
        raise Conflict("the account was cancelled before")


def cancel_account(*, data_subject_id: DataSubjectId, now: datetime) -> None:
    """End the service for a person: nobody signs in, the gate refuses every act, identifiers are free again.

    What is erased when is the retention room's work.

    Raises:
        NotFound: nobody has this id.
        Conflict: it was cancelled before.
    """
    with act() as acting:
        _close(data_subject_id, now)
        facts.cancel(data_subject_id, now)
        journal.narrow(restoring.ACCOUNT_CANCELLED, facts={"subject": str(data_subject_id)}, now=now)
        ended = sessions.erase_subject(data_subject_id=data_subject_id)
        acting.record(
            PeopleEvent.ACCOUNT_CANCELLED,
            now=now,
            subject=data_subject_id,
            clause="rights.requests.cancellation",
            control="gate.no_service_after_cancellation",
            facts={"sessions_ended": ended},
        )
        transaction.on_commit(partial(keys.unbind, data_subject_id=data_subject_id))
