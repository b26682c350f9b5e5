# SPDX-License-Identifier: Apache-2.0
"""Versions: checked, published by two, shown before they are accepted, and binding only whom they may bind."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.vault import world
from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, Forbidden, NotFound
from upheld.facts import queries as facts
from upheld.ledger import entries
from upheld.notices import queries, service
from upheld.notices.models import NoticeAcknowledgement
from upheld.notices.values import Because, PolicyRefused, ProposalState, Reason
from upheld.policy import PolicyUnreadable
from upheld.policy.model.governance import Telling
from upheld.terms import Actor, DataSubjectId, Language, StaffId

ANNE, BO = StaffId(UUID(int=1)), StaffId(UUID(int=2))
JANUARY = datetime(2026, 1, 10, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
APRIL = datetime(2026, 4, 20, tzinfo=UTC)
FIRST = world.POLICY.read_bytes()
WHY = Reason(because=Because.SERVICE, words={Language.EN: "The service changed.", Language.ZH_HANS: "服务发生变化。"})


def second(*, cuts: bool = False, version: int = 2, effective: str = "2026-04-15") -> bytes:
    """The next version: a new recipient's link, or a right answered later than promised."""
    text = FIRST.decode()
    text = text.replace("version: 1\n", f"version: {version}\n", 1)
    text = text.replace("updated: 2026-01-05", "updated: 2026-02-20", 1)
    text = text.replace("effective: 2026-02-05", f"effective: {effective}", 1)
    if cuts:
        assert "within: 15 days" in text
        return text.replace("within: 15 days", "within: 20 days").encode()
    assert "privacy@baby-device.example" in text
    return text.replace("privacy@baby-device.example", "office@baby-device.example").encode()


def publish(document=FIRST, *, now=JANUARY):
    proposal = service.propose(document=document, reason=WHY, staff_id=ANNE, now=now)
    return service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=now)


@pytest.fixture
def first(db):
    return publish()


@pytest.fixture
def subject(first):
    who = DataSubjectId(uuid7(MARCH))
    accept(who, 1)
    return who


def accept(who, version, *, now=MARCH, show=True, **more):
    if show:
        service.shown(viewer_id=who, version=version, language=Language.EN, now=now)
    return service.acknowledge(
        **{"data_subject_id": who, "version": version, "language": Language.EN, "now": now, **more}
    )


def test_two_people_publish(db):
    """One proposes, another approves; the proposer alone is refused and nothing is published."""
    proposal = service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)
    with pytest.raises(Forbidden):
        service.approve(proposal_id=proposal.proposal_id, staff_id=ANNE, now=JANUARY)
    assert queries.archive(now=JANUARY) == []
    done = service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=JANUARY)
    assert (done.state, done.by_one_person) == (ProposalState.PUBLISHED, False)
    assert [v.version for v in queries.archive(now=JANUARY)] == [1]
    with pytest.raises(Conflict):
        service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=JANUARY)


def test_one_person_may_publish_knowingly_and_the_board_says_so(db):
    """Alone by declaration is on record; alone without the control is on record too."""
    proposal = service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)
    service.approve(proposal_id=proposal.proposal_id, staff_id=ANNE, now=JANUARY, alone=True)
    assert queries.published_by_one() == [1]
    other = service.propose(document=second(), reason=WHY, staff_id=ANNE, now=MARCH)
    with controls.without("notices.two_people_publish"):
        service.approve(proposal_id=other.proposal_id, staff_id=ANNE, now=MARCH)
    assert queries.published_by_one() == [1, 2]


def test_a_policy_with_errors_is_not_proposed(db):
    """A version that takes effect before it was updated is refused with its findings, and left out of the archive."""
    wrong = FIRST.replace(b"effective: 2026-02-05", b"effective: 2026-01-04")
    with pytest.raises(PolicyRefused) as refused:
        service.propose(document=wrong, staff_id=ANNE, now=JANUARY)
    assert refused.value.findings
    assert queries.proposals() == []
    with controls.without("policy.checked_before_publish"):
        assert service.propose(document=wrong, staff_id=ANNE, now=JANUARY)
    with pytest.raises(PolicyUnreadable):
        service.propose(document=b"\xff\xfe[[[", staff_id=ANNE, now=JANUARY)


def test_a_clause_that_nothing_upholds_is_not_proposed(db, monkeypatch):
    """A promise without a control stays unpublished."""
    from dataclasses import replace

    from upheld import policy
    from upheld.policy.binding import bind

    assert service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)

    def bare(parsed):
        first, *rest = bind(parsed)
        return (replace(first, controls=()), *rest)

    monkeypatch.setattr(policy, "bind", bare, raising=False)
    with pytest.raises(PolicyRefused) as refused:
        service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)
    assert [finding.code for finding in refused.value.findings] == ["clause_without_control"]
    with controls.without("notices.clause_has_control"):
        assert service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)


def test_versions_follow_one_another(first):
    """The same number again, or another policy line, is refused."""
    with pytest.raises(Conflict):
        service.propose(document=FIRST, reason=WHY, staff_id=ANNE, now=MARCH)
    with pytest.raises(Conflict):
        other = second().replace(b"policy: baby-device", b"policy: another-line", 1)
        service.propose(document=other, reason=WHY, staff_id=ANNE, now=MARCH)


def test_a_dropped_proposal_stays_dropped(db):
    """What was put away cannot be approved later."""
    proposal = service.propose(document=FIRST, staff_id=ANNE, now=JANUARY)
    assert service.drop(proposal_id=proposal.proposal_id, staff_id=BO, now=JANUARY).state is ProposalState.DROPPED
    with pytest.raises(Conflict):
        service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=JANUARY)
    with pytest.raises(NotFound):
        service.approve(proposal_id=uuid7(JANUARY), staff_id=BO, now=JANUARY)


def test_acceptance_names_what_was_shown(first):
    """A version nobody was shown, or shown in another language, is not accepted."""
    who = DataSubjectId(uuid7(MARCH))
    with pytest.raises(Conflict):
        accept(who, 1, show=False)
    service.shown(viewer_id=who, version=1, language=Language.ZH_HANS, now=MARCH)
    with pytest.raises(Conflict):
        accept(who, 1, show=False)
    with pytest.raises(NotFound):
        accept(who, 7, show=False)
    assert facts.of(who).person.version == 0
    with controls.without("notices.acknowledged_version"):
        accept(who, 1, show=False)
    assert facts.of(who).person.version == 1


def test_what_a_session_was_shown_counts_for_the_account_it_opens(first):
    """Who read the notice before registering need not read it twice."""
    session, who = uuid7(MARCH), DataSubjectId(uuid7(MARCH))
    service.shown(viewer_id=session, version=1, language=Language.EN, now=MARCH)
    made = accept(who, 1, show=False, session_id=session)
    [kept] = queries.acknowledgements(who)
    assert kept == made
    row = NoticeAcknowledgement.objects.get()
    assert made.digest == entries.commit(bytes.fromhex(made.salt), queries.as_json(row))
    service.forget(data_subject_id=who)
    assert queries.acknowledgements(who) == []


def test_nobody_accepts_for_another(first):
    """Staff and programs do not accept; a guardian only while verified."""
    who = DataSubjectId(uuid7(MARCH))
    for actor in (Actor.STAFF, Actor.SERVICE):
        with pytest.raises(Forbidden):
            accept(who, 1, actor=actor)
    with pytest.raises(Conflict):
        accept(who, 1, actor=Actor.GUARDIAN)


def test_a_version_is_accepted_only_while_it_applies(first):
    """Before its effective date it is read and not yet accepted."""
    who = DataSubjectId(uuid7(JANUARY))
    with pytest.raises(Conflict):
        accept(who, 1, now=JANUARY)
    assert accept(who, 1)


def test_a_major_change_binds_after_people_were_told(subject):
    """A new contact is major: told by badge and pop-up it binds, before that the old version goes on."""
    publish(second(), now=MARCH)
    change = queries.pending_change(subject, now=MARCH)
    assert (change.version, change.must_agree, change.ways_left) == (2, False, ("badge", "popup"))
    assert change.change.is_major
    with pytest.raises(Conflict):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    for way in (Telling.BADGE, Telling.POPUP, Telling.POPUP):
        service.told(data_subject_id=subject, version=2, way=way, now=MARCH)
    with pytest.raises(Conflict):
        service.take_effect(data_subject_id=subject, version=2, now=MARCH)
    assert facts.of(subject).person.version == 1
    service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    assert facts.of(subject).person.version == 2
    with pytest.raises(BadInput):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    assert queries.pending_change(subject, now=APRIL) is None


def test_a_cut_in_rights_binds_by_express_consent_alone(subject):
    """A longer deadline takes something away: neither time nor plain acceptance binds, an express yes does."""
    publish(second(cuts=True), now=MARCH)
    for way in (Telling.BADGE, Telling.POPUP):
        service.told(data_subject_id=subject, version=2, way=way, now=MARCH)
    assert queries.pending_change(subject, now=MARCH).must_agree
    with pytest.raises(Conflict):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    with pytest.raises(Conflict):
        accept(subject, 2, now=APRIL)
    assert facts.of(subject).person.version == 1
    accept(subject, 2, now=APRIL, agrees_to_cuts=True)
    assert facts.of(subject).person.version == 2


def test_without_its_control_a_cut_binds_by_itself(subject):
    """Taken out, time alone binds: the control is what holds the old version."""
    publish(second(cuts=True), now=MARCH)
    for way in (Telling.BADGE, Telling.POPUP):
        service.told(data_subject_id=subject, version=2, way=way, now=MARCH)
    with controls.without("consent.cut_rights_bind_by_consent"):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    assert facts.of(subject).person.version == 2


def test_a_major_change_is_told_in_time(first):
    """Published later than the promised lead allows, it is refused."""
    with pytest.raises(Conflict):
        publish(second(effective="2026-03-10"), now=MARCH)
    with controls.without("notices.major_changes_told"):
        assert publish(second(effective="2026-03-10"), now=MARCH)


def test_every_version_stays_readable_by_anyone(first):
    """After a newer one the first version is still there, word for word, in both languages."""
    publish(second(), now=MARCH)
    assert [v.version for v in queries.archive(now=APRIL)] == [2, 1]
    assert "privacy@baby-device.example" in queries.notice(1, language=Language.EN, now=APRIL)
    assert queries.notice(1, language=Language.ZH_HANS, now=APRIL, form="md")
    assert facts.document(1) == FIRST
    with controls.without("notices.archive_public"), pytest.raises(NotFound):
        queries.notice(1, language=Language.EN, now=APRIL)


def test_staff_can_mark_a_change_as_major(subject):
    """A reviewer may call a change major whatever the comparison says, and it binds only after people were told."""
    small = second().replace(b"office@baby-device.example", b"privacy@baby-device.example")
    assert not service.propose(document=small, reason=WHY, staff_id=ANNE, now=MARCH).is_major
    marked = service.propose(document=small, reason=WHY, staff_id=ANNE, now=MARCH, marked_major=True)
    service.approve(proposal_id=marked.proposal_id, staff_id=BO, now=MARCH)
    assert queries.pending_change(subject, now=MARCH).must_tell
    with pytest.raises(Conflict):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
    with controls.without("notices.major_changes_told"):
        service.take_effect(data_subject_id=subject, version=2, now=APRIL)
