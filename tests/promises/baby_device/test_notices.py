# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about its own versions: what may be published, by whom, and whom it binds."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.houses import House
from tests.policy.planting import add, both, cut, put, source, words
from tests.promises.versions import a_high_risk_is_major_and_told
from tests.promises.trials import claim, controls_of
from tests.promises.versions import WHY
from upheld import policy
from upheld.consent import queries as consents
from upheld.consent import service as consent
from upheld.consent.values import Method, Said
from upheld.errors import BadInput, Conflict
from upheld.gate import Denial, Permit
from upheld.messages import transports
from upheld.messages.transports import NullTransport
from upheld.messages.values import Channel
from upheld.notices import queries, service
from upheld.notices.values import PolicyRefused, Proposal
from upheld.policy.model.governance import Telling
from upheld.terms import Act, DataSubjectId, Language, StaffId

ANNE, BO = StaffId(UUID(int=1)), StaffId(UUID(int=2))
CHECKED = "policy.checked_before_publish"
MAJOR = "policy.major_by_its_own_list"
NEXT = both(put("version", 2), put("updated", "2026-05-20"), put("effective", "2026-07-01"))
LATER = datetime(2026, 7, 1, 2, tzinfo=UTC)

NEWCOMER = {
    "name": words("Newcomer"), "kind": "supplier", "role": "processor", "purposes": ["orders"], "basis": "contract",
    "purpose": words("to deliver"), "receives": ["phone"], "scene": words("when you order"), "form": "identified",
    "region": "cn", "needs": ["agreement"], "supervised": "1 year", "link": "https://newcomer.example/privacy",
}  # fmt: skip


def second(*plants) -> bytes:
    """The next version of the policy, with these changes."""
    return source(both(NEXT, *plants)).encode()


def propose(house: House, *plants, **more: object) -> Proposal:
    said = {"reason": WHY, **more}
    return service.propose(document=second(*plants), staff_id=ANNE, now=house.now, **said)  # type: ignore[arg-type]


def publish(house: House, *plants) -> Proposal:
    """Publish the next version with these changes, by two people."""
    proposal = propose(house, *plants)
    return service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=house.now)


def accept(house: House, person: DataSubjectId, version: int, **more: object) -> None:
    service.shown(viewer_id=person, version=version, language=Language.EN, now=house.now)
    service.acknowledge(
        data_subject_id=person,
        version=version,
        language=Language.EN,
        now=house.now,
        **more,  # type: ignore[arg-type]
    )


def refused_for(house: House, *plants) -> set[str]:
    """The codes of the findings that keep a version from being proposed; nothing of it is kept."""
    with pytest.raises(PolicyRefused) as refused:
        propose(house, *plants)
    assert queries.proposals() == []
    return {finding.code for finding in refused.value.findings}


# --- what may be published


@pytest.mark.upholds("S4-001", control="policy.dates_in_order")
def test_a_version_applies_no_earlier_than_it_was_updated(house):
    """Dates out of order are refused; the corrected pair is published."""
    assert "E106" in refused_for(house, put("effective", "2026-05-19"))
    assert publish(house).version == 2


@pytest.mark.parametrize(
    "topic", [claim("S4-003", "trackers", control=CHECKED), claim("S4-003", "storage", control=CHECKED)]
)
def test_no_announced_topic_is_left_empty(house, topic):
    """A version with an emptied topic, cookies among them, is refused; with all of them filled it is taken."""
    assert "E107" in refused_for(house, put(topic, {}))
    assert propose(house).version == 2


@pytest.mark.parametrize(
    "fault",
    [
        claim("S4-004", put("controller/name", words(" ", " ")), control=CHECKED),
        claim("S4-004", cut("controller"), control=CHECKED),
    ],
)
def test_somebody_answers_for_the_data(house, fault):
    """A version without the name of the company that answers for it is refused."""
    assert "E101" in refused_for(house, fault)
    assert propose(house).version == 2


@pytest.mark.upholds("S4-018", control=CHECKED)
def test_no_purpose_is_without_somebody_who_decides(house):
    """A purpose whose decider is nobody known is refused; each one is decided by the company or a named recipient."""
    assert refused_for(house, put("purposes/show-content/decided-by", "nobody-known"))
    taken = policy.parse(queries.proposal_document(propose(house).proposal_id), "taken").policy
    known = {"controller", *taken.recipients}
    assert taken.controller.name
    assert {processing.decided_by for processing in taken.processing.values()} <= known


# --- from when, and whom it binds


@pytest.mark.upholds("S4-210", control="gate.version_in_force")
def test_a_new_field_waits_until_its_version_applies(house):
    """A function that touches a new field is refused under the old version, and before the new one applies."""
    person = house.person("purpose:survey")
    asked = (Act.COLLECT, "survey", "occupation")
    publish(house, put("functions/survey/collects/occupation", "optional"))
    assert isinstance(house.decide(person, *asked), Denial)
    with pytest.raises(Conflict, match="does not apply now"):
        accept(house, person, 2)
    house.clock.advance(LATER - house.now)
    accept(house, person, 2)
    assert controls_of(house.decide(person, *asked)) == {"gate.consent_needed"}  # the yes was to less than this
    house.give(person, "purpose:survey")
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.upholds("S4-008", control="consent.no_deemed_consent")
def test_use_is_no_consent(house):
    """Who merely goes on using the app has consented to nothing; who confirms has."""
    person = house.person()
    used = Said(method=Method.CONTINUED_USE, language=Language.EN)
    with pytest.raises(BadInput):
        consent.give(data_subject_id=person, topic="purpose:survey", said=used, now=house.now)
    assert consents.history(person) == []
    asked = (Act.COLLECT, "survey", "survey.answers")
    assert "gate.consent_needed" in controls_of(house.decide(person, *asked))
    house.give(person, "purpose:survey")
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.upholds("S4-008", control="notices.acknowledged_version")
def test_acceptance_names_what_was_shown(house):
    """A version that was never shown cannot be accepted, so nothing is collected; shown, it can."""
    person = house.person(told=False)
    said = {"data_subject_id": person, "version": 1, "language": Language.EN, "now": house.now}
    with pytest.raises(Conflict):
        service.acknowledge(**said)
    assert "gate.told_before_collection" in controls_of(house.decide(person, Act.COLLECT, "orders", "orders"))
    accept(house, person, 1)
    assert isinstance(house.decide(person, Act.COLLECT, "orders", "orders"), Permit)


@pytest.mark.upholds("S4-212", control="consent.cut_rights_bind_by_consent")
def test_a_cut_right_binds_only_who_agrees(house):
    """A version that answers later than promised leaves who did not agree under the earlier one."""
    person, other = house.person(), house.person()
    publish(house, put("rights/requests/access/within", "25 days"))
    house.clock.advance(LATER - house.now)
    with pytest.raises(Conflict, match="takes rights away"):
        accept(house, person, 2)
    assert bound(person) == 1
    accept(house, other, 2, agrees_to_cuts=True)
    assert bound(other) == 2


def bound(person: DataSubjectId) -> int:
    """The version that binds a person."""
    from upheld.facts import queries as facts

    return facts.of(person).person.version


@pytest.mark.upholds("S4-211", control="notices.major_changes_told")
def test_a_major_change_binds_nobody_who_was_not_shown_it(house):
    """Without the red dot and the window a person stays under the version before; with both the new one binds."""
    person, other = house.person(), house.person()
    publish(house, put("recipients/newcomer", NEWCOMER))
    house.clock.advance(LATER - house.now)
    for way in (Telling.BADGE, Telling.POPUP):
        with pytest.raises(Conflict, match="not been told"):
            service.take_effect(data_subject_id=person, version=2, now=house.now)
        service.told(data_subject_id=person, version=2, way=way, now=house.now)
    service.take_effect(data_subject_id=person, version=2, now=house.now)
    assert (bound(person), bound(other)) == (2, 1)
    assert house.status("changes.tell", "notices.major_changes_told") == "kept"


@pytest.mark.upholds("S4-214", control="notices.major_changes_told")
def test_who_subscribed_gets_the_changes_by_mail(house):
    """Who gave an address for mail is bound only after a letter with the words before and after; others get none."""
    reader, other = house.person("purpose:mail-news"), house.person("purpose:mail-news")
    house.collect(reader, "mail-news", email="reader@person.example")
    publish(house, put("rights/requests/copy/within", "10 days"))
    for person in (reader, other):
        for way in (Telling.BADGE, Telling.POPUP):
            service.told(data_subject_id=person, version=2, way=way, now=house.now)
    house.clock.advance(LATER - house.now)
    with pytest.raises(Conflict, match="not been told by mail"):
        service.take_effect(data_subject_id=reader, version=2, now=house.now)
    carrier = NullTransport()
    transports.wire({Channel.EMAIL: carrier})
    house.work()
    transports.wire({})
    [letter] = carrier.letters
    assert letter.address == "reader@person.example"
    assert "15天" in letter.body
    assert "10天" in letter.body
    assert (bound(reader), bound(other)) == (2, 2)


# --- the archive


@pytest.mark.upholds("S4-213", control="notices.archive_public")
def test_every_change_is_on_the_page(house):
    """The page lists every version, with what each changed from the one before."""
    publish(house, put("controller/contacts/protection-office/address", "office@baby-device.example"))
    house.clock.advance(LATER - house.now)
    assert [one.version for one in queries.archive(now=house.now)] == [2, 1]
    changed = queries.change_between(1, 2).changed
    assert any("office@baby-device.example" in sentence for sentence in changed)


@pytest.mark.upholds("S4-222", control="notices.archive_public")
def test_an_old_version_stays_readable_as_it_was(house):
    """After the next version applies, the first opens in both languages, with its original digest."""
    publish(house)
    house.clock.advance(LATER - house.now + timedelta(days=1))
    versions = {one.version: one for one in queries.archive(now=house.now)}
    assert set(versions) == {1, 2}
    assert versions[1].sha256 == hashlib.sha256(house.document).hexdigest()
    for language in Language:
        assert house.policy.title[language] in queries.notice(1, language=language, now=house.now)


# --- what is a major change


@pytest.mark.parametrize(
    ("trigger", "change"),
    [
        claim("S4-215", "business-model", add("purposes/show-content/uses", "saves"), control=MAJOR),
        claim("S4-216", "ownership", put("controller/name", words("New Owner Ltd")), control=MAJOR),
        claim("S4-217", "recipients", put("recipients/newcomer", NEWCOMER), control=MAJOR),
        claim("S4-218", "rights", put("rights/requests/copy/within", "10 days"), control=MAJOR),
        claim("S4-219", "contact", put("controller/officer", "post"), control=MAJOR),
        claim(
            "S4-219",
            "contact",
            put("controller/contacts/protection-office/address", "office@baby-device.example"),
            control=MAJOR,
        ),
    ],
)
def test_a_listed_change_is_major_and_must_be_told(house, trigger, change):
    """The comparison finds each listed trigger, calls the version major, and each person is still to be told."""
    person = house.person()
    proposal = publish(house, change)
    assert proposal.is_major
    assert trigger in {found.replace("_", "-") for found in queries.change_between(1, 2).triggers}
    pending = queries.pending_change(person, now=house.now)
    assert pending is not None
    assert (pending.must_tell, set(pending.ways_left)) == (True, {"badge", "popup"})


@pytest.mark.upholds("S4-220", control=MAJOR)
def test_an_assessment_of_high_risk_makes_a_version_major(house):
    """A version that hardly changes is major, and is to be told, once an assessment of it shows a high risk."""
    a_high_risk_is_major_and_told(house, put("storage/account/label", words()))


@pytest.mark.upholds("S4-221", control=MAJOR)
def test_a_reviewer_may_call_more_major_and_nothing_less(house):
    """A change of words is major where the reviewer says so; a listed one is major whatever the reviewer says."""
    reworded = put("commitments/dates/text/en", "Each version carries the two dates, and never applies early.")
    assert not propose(house, reworded).is_major
    assert propose(house, reworded, marked_major=True).is_major
    assert propose(house, put("recipients/newcomer", NEWCOMER), marked_major=False).is_major
