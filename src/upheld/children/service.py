# SPDX-License-Identifier: Apache-2.0
"""State an age; ask for, verify and end a guardian; add a person whom the guardian represents.

A birth date is looked at and not kept: an adult leaves no date behind, a child the moment of coming of age.
"""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from upheld.children import queries, rules
from upheld.children.events import ChildrenEvent
from upheld.children.models import GuardianLink
from upheld.children.values import AgeStated, GuardianView, LinkState, VerifiedBy
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import queries as facts
from upheld.facts import service as facts_service
from upheld.people import accounts, codes, identifiers
from upheld.people.identifiers import IdentifierKind
from upheld.people.values import CodePurpose, CodeSent
from upheld.policy import Policy
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import AgeBand, DataSubjectId, Language

ENDED: Final = "children.guardian_ended"
"""Kind of the journal's entries on guardians whose office ended."""


def state_age(
    *, data_subject_id: DataSubjectId, now: datetime, birth_on: date | None = None, band: AgeBand | None = None
) -> AgeStated:
    """Record what a person says of their age: a birth date, or only that they are of age, or that they do not say.

    Raises:
        BadInput: both or neither came, or the date cannot be; a child is stated by a date.
        Conflict: a person known to be a child says otherwise, or another date by which that ends sooner.
        NotFound: there is no such person.
    """
    if (birth_on is None) == (band is None) or band is AgeBand.CHILD:
        raise BadInput("expected either a birth date, or that the person is of age, or does not say")
    policy = _policy(data_subject_id)
    ends = None
    if birth_on is not None:
        under = policy.children.under if policy.children else 0
        ends = rules.adult_at(birth_on, child_under_years=under, region=_region(policy), now=now)
        band = AgeBand.ADULT if ends is None else AgeBand.CHILD
    stated = band or AgeBand.UNKNOWN
    known = facts.of(data_subject_id).person.adult_at
    if known is not None and known > now.timestamp() and (ends is None or ends.timestamp() < known):
        raise Conflict("this person is known to be a child", hint="a guardian or support can put the age right")
    with act() as acting:
        facts_service.state_age(data_subject_id, stated, now, adult_at=ends)
        acting.record(
            ChildrenEvent.AGE_STATED,
            now=now,
            subject=data_subject_id,
            clause="children.age-asked",
            control="children.age_unknown_is_not_adult",
            facts={"age": stated.value, "by": "birth_date" if birth_on else "own_word"},
        )
    return AgeStated(band=stated, needs_guardian=stated is AgeBand.CHILD)


def ask_guardian(
    *,
    child_id: DataSubjectId,
    guardian_number: str,
    language: Language,
    peer: str,
    now: datetime,
    security_now: datetime,
) -> tuple[UUID, CodeSent]:
    """Send a code to the number of the adult whom a child names; nothing else of the adult is asked.

    Returns:
        The link that waits, and the code's challenge.

    Raises:
        Conflict: the person is no child, or a guardian is in office.
        TooMany: a limit of codes is reached.
    """
    _moment_of_age(child_id, now)
    if facts.of(child_id).person.guardian_until > now.timestamp():
        raise Conflict("a guardian is in office already")
    identifier = identifiers.normalized(IdentifierKind.PHONE, guardian_number)
    link_id = uuid7(now)
    sent = codes.begin(
        purpose=CodePurpose.PROVE_GUARDIAN,
        kind=IdentifierKind.PHONE,
        identifier=identifier,
        peer=peer,
        language=language,
        now=now,
        security_now=security_now,
        bound_to=str(link_id),
    )
    with act() as acting:
        row = GuardianLink(id=link_id, child_id=child_id, state=LinkState.ASKED.value, asked_at=now)
        row.save(force_insert=True)
        acting.record(
            ChildrenEvent.GUARDIAN_ASKED,
            now=now,
            subject=child_id,
            clause="children.guardian",
            control="children.guardian_needed",
            facts={},
        )
    return link_id, sent


def verify_by_code(
    *, link_id: UUID, challenge_id: UUID, code: str, peer: str, now: datetime, security_now: datetime
) -> GuardianView:
    """Verify a guardian by the code that went to their number; their account becomes the guardian's, if they have one.

    Raises:
        CodeRefused: the code is wrong, used, too old or for something else.
        Conflict: the number is the child's own, or another child's.
        NotFound: no such link waits.
    """
    proven = codes.finish(
        challenge_id=challenge_id,
        code=code,
        purpose=CodePurpose.PROVE_GUARDIAN,
        peer=peer,
        now=now,
        security_now=security_now,
        bound_to=str(link_id),
    )
    return _verify(link_id, guardian_id=proven.data_subject_id, by=VerifiedBy.CODE, now=now)


def verify_by_staff(*, link_id: UUID, guardian_id: DataSubjectId | None, now: datetime) -> GuardianView:
    """Verify a guardian on documents that a member of staff saw.

    Raises:
        NotFound: no such link waits.
    """
    return _verify(link_id, guardian_id=guardian_id, by=VerifiedBy.STAFF, now=now)


def add_represented(*, guardian_id: DataSubjectId, birth_on: date, now: datetime) -> DataSubjectId:
    """Add a person without an account, such as a baby, whom a guardian represents from their own account.

    Raises:
        BadInput: the birth date is none of a child's.
        Conflict: the guardian is not known to be of age.
    """
    guardian = facts.of(guardian_id).person
    if not guardian.adult:
        raise Conflict("only who is known to be of age can stand for a child", hint="state your age first")
    policy = facts.policy(guardian.version)
    under = policy.children.under if policy.children else 0
    ends = rules.adult_at(birth_on, child_under_years=under, region=_region(policy), now=now)
    if ends is None:
        raise BadInput("this person is no child; they can open an account of their own")
    with act() as acting:
        child_id = accounts.add_represented(version=guardian.version, now=now)
        facts_service.state_age(child_id, AgeBand.CHILD, now, adult_at=ends)
        link_id = uuid7(now)
        GuardianLink(id=link_id, child_id=child_id, state=LinkState.ASKED.value, asked_at=now).save(force_insert=True)
        _verify(link_id, guardian_id=guardian_id, by=VerifiedBy.OWN_ACCOUNT, now=now)
        facts_service.tell(child_id, now, by_guardian=True)
        acting.record(
            ChildrenEvent.REPRESENTED,
            now=now,
            subject=child_id,
            clause="children.guardian",
            control="vault.item_has_one_subject",
            facts={"age": AgeBand.CHILD.value},
        )
    return child_id


def end(*, child_id: DataSubjectId, now: datetime) -> None:
    """End the guardian in office; what the guardian granted is gone with the office.

    Raises:
        NotFound: none is in office.
    """
    with act() as acting:
        office = GuardianLink.objects.filter(child_id=child_id, state=LinkState.VERIFIED.value)
        if not office.update(state=LinkState.ENDED.value, ended_at=now):
            raise NotFound("no guardian is in office")
        facts_service.lose_guardian(child_id, now)
        journal.narrow(ENDED, facts={"child": str(child_id)}, now=now)
        acting.record(
            ChildrenEvent.GUARDIAN_ENDED,
            now=now,
            subject=child_id,
            clause="children.guardian",
            control="children.guardian_needed",
            facts={},
        )


@journal.replays(ENDED)
def _end_again(found: journal.JournalFacts, at: datetime) -> None:
    """End an office that a restored backup brought back, if it began before it was ended."""
    child_id = DataSubjectId(UUID(str(found["child"])))
    office = GuardianLink.objects.filter(child_id=child_id, state=LinkState.VERIFIED.value, verified_at__lte=at)
    if office.update(state=LinkState.ENDED.value, ended_at=at):
        facts_service.lose_guardian(child_id, at)


def _verify(link_id: UUID, *, guardian_id: DataSubjectId | None, by: VerifiedBy, now: datetime) -> GuardianView:
    with act() as acting:
        row = GuardianLink.objects.select_for_update().filter(id=link_id, state=LinkState.ASKED.value).first()
        if row is None:
            raise NotFound("no such request for a guardian waits")
        child_id = DataSubjectId(row.child_id)
        if guardian_id == child_id:
            raise Conflict("nobody is their own guardian")
        if guardian_id is not None and _is_child(guardian_id, now):
            raise Conflict("a child is nobody's guardian")
        until = _moment_of_age(child_id, now)
        GuardianLink.objects.filter(child_id=child_id, state=LinkState.VERIFIED.value, until__lte=now).update(
            state=LinkState.ENDED.value, ended_at=now
        )
        row.guardian_id, row.state, row.verified_at = guardian_id, LinkState.VERIFIED.value, now
        row.verified_by, row.until = by.value, until
        row.save()
        facts_service.verify_guardian(child_id, until, now)
        acting.record(
            ChildrenEvent.GUARDIAN_VERIFIED,
            now=now,
            subject=child_id,
            clause="children.guardian",
            control="children.guardian_needed",
            facts={"by": by.value, "has_account": guardian_id is not None},
        )
    return queries.view(row)


def _is_child(data_subject_id: DataSubjectId, now: datetime) -> bool:
    moment = facts.of(data_subject_id).person.adult_at
    return moment is not None and moment > now.timestamp()


def _moment_of_age(child_id: DataSubjectId, now: datetime) -> datetime:
    moment = facts.of(child_id).person.adult_at
    if moment is None or moment <= now.timestamp():
        raise Conflict("a guardian stands for a child; this person is not known to be one")
    return datetime.fromtimestamp(moment, tz=now.tzinfo)


def _policy(data_subject_id: DataSubjectId) -> Policy:
    version = facts.of(data_subject_id).person.version
    if not version:
        raise NotFound("there is no such person")
    return facts.policy(version)


def _region(policy: Policy) -> str:
    return policy.controller.region if policy.controller else "cn"
