# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about handing data over: to whom, on what paper, by whose consent, and where."""

from datetime import timedelta

import pytest

from tests.houses import STAFF, House
from tests.policy.planting import add, both, cut, put, source, words
from tests.promises import trials
from tests.promises.trials import claim, controls_of
from upheld import policy
from upheld.facts import world_service
from upheld.gate import Permit
from upheld.ledger import entries
from upheld.sharing import queries, service
from upheld.sharing.values import PaperKind
from upheld.storage.acts import act
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import Act, Actor, DataSubjectId

AGREED = "sharing.agreement_in_force"
DECLARED = "gate.recipient_declared"
CONSENT = "gate.consent_needed"
PURPOSE = "gate.purpose_declared"
RESIDENCY = "gate.residency"


def planted(*plants) -> House:
    """A house under the policy with these changes."""
    return House(document=source(both(*plants)).encode())


def logged(event: str) -> list:
    """What the log took in of one kind."""
    found = (entries.read(bytes(row.leaf)) for row in EvidenceIntake.objects.all())
    return [entry for entry in found if entry.kind == event]


def refusal(house: House, person: DataSubjectId, *asked: str, **more: object) -> set[str]:
    """Try to hand something over, and say which controls stood in the way."""
    return {reason.control for reason in house.reasons(house.disclose, person, *asked, **more)}


def statistics_user(house: House) -> DataSubjectId:
    """A person who let the statistics component have the device id, which is held."""
    person = house.person("purpose:statistics", "share:umeng")
    house.collect(person, "safe-running", device__id="made-up-device")
    return person


# --- agreements


@pytest.mark.parametrize(
    ("recipient", "purpose", "category"),
    [
        claim("S4-121", "glide", "posts", "file.chosen", control=AGREED),
        claim("S4-121", "jiguang-push", "push-messages", "device.id", control=AGREED),
        claim("S4-121", "umeng", "statistics", "device.id", control=AGREED),
        claim("S4-121", "wechat", "third-party-login", "device.network", control=AGREED),
        claim("S4-121", "bugly", "fault-reports", "fault.report", control=AGREED),
        claim("S4-121", "amap", "map", "device.network", control=AGREED),
        claim("S4-113", "hosting", "safe-running", "device.id", control=AGREED),
        claim("S4-118", "advertisers", "statistics", "log.usage", control=AGREED),
    ],
)
def test_a_recipient_is_blocked_without_an_agreement_in_force(house, recipient, purpose, category):
    """With no signed agreement, or an ended one, nothing goes out; with one in force it does."""
    person = house.person(*([] if purpose == "safe-running" else [f"purpose:{purpose}", f"share:{recipient}"]))
    asked = (Act.SHARE, purpose, category)
    others = [PaperKind(need.value) for need in house.policy.recipients[recipient].needs if need.value != "agreement"]
    if others:
        house.agree(recipient, *others)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {AGREED}
    house.agree(recipient, PaperKind.AGREEMENT, days=30)
    assert isinstance(house.decide(person, *asked, recipient=recipient), Permit)
    house.later(days=30)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {AGREED}


@pytest.mark.upholds("S4-124", control=AGREED)
def test_no_recipient_is_active_without_an_agreement(house):
    """Every recipient of the directory is shown as unable to receive, and refused, until its agreement is on file."""
    person = house.person()
    for name, row in house.policy.recipients.items():
        asked = (Act.SHARE, row.purposes[0], next(one for one in row.receives if one not in row.off_by_default))
        assert AGREED in controls_of(house.decide(person, *asked, recipient=name)), name
        house.agree(name)
        assert AGREED not in controls_of(house.decide(person, *asked, recipient=name)), name
    paper = queries.papers("wechat")[0]
    for held in queries.papers("wechat"):
        paper = held if held.kind is PaperKind.AGREEMENT else paper
    service.end_paper(paper_id=paper.paper_id, staff_id=STAFF, now=house.now)
    ended = house.decide(person, Act.SHARE, "third-party-login", "device.network", recipient="wechat")
    assert AGREED in controls_of(ended)


# --- consent that names the recipient


@pytest.mark.parametrize(
    ("recipient", "purpose", "category"),
    [
        claim("S4-107", "affiliate", "affiliate-link", "phone", control=CONSENT),
        claim("S4-122", "umeng", "statistics", "device.id", control=CONSENT),
        claim("S4-126", "affiliate", "affiliate-link", "nickname", control=CONSENT),
    ],
)
def test_sharing_waits_for_a_consent_that_names_the_recipient(house, recipient, purpose, category):
    """The consent to a purpose, or to another recipient, is not enough; after its own is withdrawn nothing goes."""
    house.agree(recipient)
    person = house.person(f"purpose:{purpose}", "share:wechat")
    act = Act.TRANSFER if category == "nickname" else Act.SHARE
    asked = (act, purpose, category)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {CONSENT}
    house.give(person, f"share:{recipient}")
    assert isinstance(house.decide(person, *asked, recipient=recipient), Permit)
    house.withdraw(person, f"share:{recipient}")
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {CONSENT}


@pytest.mark.upholds("S4-125", control=CONSENT)
def test_nothing_is_handed_over_for_good_outside_the_two_cases(house):
    """A transfer that rests on neither consent nor a listed ground is refused."""
    house.agree("affiliate")
    person = house.person("purpose:affiliate-link")
    asked = (Act.TRANSFER, "affiliate-link", "phone")
    assert CONSENT in controls_of(house.decide(person, *asked, recipient="affiliate"))
    unlisted = house.decide(person, *asked, recipient="affiliate", ground="it-pays", evidence={"article": "none"})
    assert controls_of(unlisted) & {CONSENT, "gate.ground_evidence"} == {CONSENT, "gate.ground_evidence"}
    house.give(person, "share:affiliate")
    assert isinstance(house.decide(person, *asked, recipient="affiliate"), Permit)


@pytest.mark.upholds("S4-062", control=CONSENT)
def test_the_push_component_gets_no_list_and_no_place_by_default(house):
    """The app list and the place need an agreement to that end and that recipient, besides the one to push messages."""
    house.agree("jiguang-push")
    person = house.person("purpose:push-messages", "share:jiguang-push")
    house.collect(person, "safe-running", device__id="made-up-device")
    plain = ("jiguang-push", "push-messages", "device.id")
    assert refusal(house, person, *plain) == set()
    for category in ("device.app-list", "location.precise"):
        asked = (Act.SHARE, "push-reach", category)
        before = len(logged("sharing.disclosure.refused"))
        assert CONSENT in refusal(house, person, "jiguang-push", "push-reach", category)
        assert len(logged("sharing.disclosure.refused")) == before + 1
        assert CONSENT in controls_of(house.decide(person, *asked, recipient="jiguang-push"))
    house.give(person, "purpose:push-reach")
    asked = (Act.SHARE, "push-reach", "device.app-list")
    assert CONSENT in controls_of(house.decide(person, *asked, recipient="jiguang-push"))
    house.give(person, "share-more:jiguang-push")
    assert isinstance(house.decide(person, *asked, recipient="jiguang-push"), Permit)


@pytest.mark.upholds("S4-110", control=CONSENT)
def test_an_affiliate_with_a_new_end_asks_again():
    """The consent to link the affiliate does not carry a new end of the affiliate's; a consent to that end does."""
    house = planted(
        add("recipients/affiliate/purposes", "mail-news"), put("recipients/affiliate/receives", ["phone", "email"])
    )
    house.agree("affiliate")
    person = house.person("purpose:affiliate-link", "share:affiliate")
    asked = (Act.SHARE, "mail-news", "email")
    first = house.decide(person, Act.SHARE, "affiliate-link", "phone", recipient="affiliate")
    assert isinstance(first, Permit)
    assert controls_of(house.decide(person, *asked, recipient="affiliate")) == {CONSENT}
    house.give(person, "purpose:mail-news")
    assert isinstance(house.decide(person, *asked, recipient="affiliate"), Permit)


@pytest.mark.upholds("S4-120", control=CONSENT)
def test_the_share_component_waits_for_the_act_of_sharing(house):
    """At launch the component gets nothing; once the person shares, the device id and public profile alone."""
    house.agree("umeng")
    person = house.person("share:umeng")
    asked = (Act.SHARE, "share-out")
    assert CONSENT in controls_of(house.decide(person, *asked, "device.id", recipient="umeng"))
    house.give(person, "purpose:share-out")
    shared = house.decide(person, *asked, "device.id", "outside-profile", recipient="umeng")
    assert isinstance(shared, Permit)
    for more in ("phone", "location.precise", "log.usage"):
        assert DECLARED in controls_of(house.decide(person, *asked, more, recipient="umeng")), more


# --- who is in the directory


@pytest.mark.parametrize("column", ["package", "link"])
@pytest.mark.upholds("S4-053", control="sharing.directory_complete")
def test_a_component_with_an_empty_column_gets_nothing(column):
    """A component without its package or its policy's link is found by the check and gets nothing; another gets it."""
    house = planted(cut(f"recipients/umeng/{column}"))
    assert {"E502", "E503"} & {one.code for one in policy.check(policy.parse(house.document, "incomplete"))}
    house.agree("umeng")
    house.agree("jiguang-push")
    person = house.person("purpose:statistics", "share:umeng", "purpose:push-messages", "share:jiguang-push")
    house.collect(person, "safe-running", device__id="made-up-device")
    assert "sharing.directory_complete" in refusal(house, person, "umeng", "statistics", "device.id")
    assert refusal(house, person, "jiguang-push", "push-messages", "device.id") == set()
    assert [made.recipient for made in queries.disclosures(person)] == ["jiguang-push"]


# --- nobody else


@pytest.mark.upholds("S4-106", control=DECLARED)
def test_what_matches_no_listed_case_stays_here(house):
    """A share with somebody outside the list is refused and logged; nothing of it leaves."""
    house.agree("umeng")
    person = statistics_user(house)
    assert DECLARED in refusal(house, person, "somebody", "statistics", "device.id")
    assert [entry.facts["recipient"] for entry in logged("sharing.disclosure.refused")] == ["undeclared"]
    assert queries.disclosures(person) == []
    assert refusal(house, person, "umeng", "statistics", "device.id") == set()


@pytest.mark.upholds("S4-111", control=DECLARED)
def test_each_share_is_for_an_end_the_policy_states(house):
    """A partner receives for its stated ends alone, and the person reads the end of each share."""
    house.agree("umeng")
    person = statistics_user(house)
    for other in ("orders", "show-content", "push-messages"):
        assert DECLARED in refusal(house, person, "umeng", other, "device.id"), other
    assert PURPOSE in refusal(house, person, "umeng", "sell-to-whoever-asks", "device.id")
    assert refusal(house, person, "umeng", "statistics", "device.id") == set()
    [shown] = queries.disclosures(person)
    assert (shown.recipient, shown.purpose) == ("umeng", "statistics")
    assert shown.purpose in house.policy.processing


DATA_BROKER = {
    "name": words("Data broker"), "kind": "partner", "role": "processor", "purposes": ["orders"], "basis": "contract",
    "purpose": words("to deliver"), "receives": ["phone"], "scene": words("when you order"), "form": "identified",
    "region": "cn", "needs": ["agreement"], "supervised": "1 year", "link": "https://broker.example/privacy",
}  # fmt: skip


@pytest.mark.upholds("S4-115", control=DECLARED)
def test_a_partner_of_another_kind_waits_for_a_new_version(house):
    """A partner that the policy does not list gets nothing; once a new version lists it, it does."""
    person = house.person()
    asked = (Act.SHARE, "orders", "phone")
    assert DECLARED in controls_of(house.decide(person, *asked, recipient="broker"))
    listed = both(
        put("version", 2), put("updated", "2026-05-20"), put("effective", "2026-06-01"),
        put("recipients/broker", DATA_BROKER),
    )  # fmt: skip
    house.version = world_service.publish_version(source(listed).encode(), effective_at=house.now, now=house.now)
    house.agree("broker", PaperKind.AGREEMENT)
    newcomer = house.person()
    assert isinstance(house.decide(newcomer, *asked, recipient="broker"), Permit)
    assert DECLARED in controls_of(house.decide(person, *asked, recipient="broker"))


@pytest.mark.upholds("S4-112", control=DECLARED)
def test_a_partner_gets_only_what_its_part_needs(house):
    """The host gets exactly the declared fields of what was asked for, and no other field."""
    house.agree("hosting")
    person = house.person()
    house.collect(person, "safe-running", device__id="made-up-device", device__network="wifi", device__model="X1")
    given = house.disclose(person, "hosting", "safe-running", "device.id", "device.network")
    assert set(given.items) == {"device.id", "device.network"} == set(house.policy.recipients["hosting"].receives)
    for more in ("device.model", "log.network", "phone"):
        assert DECLARED in refusal(house, person, "hosting", "safe-running", "device.id", more), more


@pytest.mark.upholds("S4-116", control=DECLARED)
def test_advertisers_get_nothing_that_identifies(house):
    """Advertisers get sums; the same in identified form, or a name, mail, number or device id, is refused."""
    house.agree("advertisers")
    person = house.person("purpose:statistics", "share:advertisers")
    asked = (Act.SHARE, "statistics")
    sums = house.decide(person, *asked, "log.usage", recipient="advertisers", form="aggregate")
    assert isinstance(sums, Permit)
    for form in ("identified", "de_identified"):
        answer = house.decide(person, *asked, "log.usage", recipient="advertisers", form=form)
        assert DECLARED in controls_of(answer), form
    for category in ("nickname", "email", "phone", "device.id"):
        assert DECLARED in controls_of(house.decide(person, *asked, category, recipient="advertisers")), category


@pytest.mark.upholds("S4-138", control="gate.ground_evidence")
def test_de_identified_shares_need_the_proof_of_no_return(house):
    """A share of de-identified data passes without consent only with the proof that nobody can be found again."""
    trials.ground_demands_its_evidence(house, "share", "de-identified")


# --- what a person stored, and what others read of it


@pytest.mark.upholds("S4-044", control=PURPOSE)
def test_what_a_person_posts_serves_the_post_alone(house):
    """A stored picture opens for the function that keeps it, and for no end that the policy does not state."""
    person = house.person("purpose:posts", "permission:album")
    house.collect(person, "posts", post__picture="aGVsbG8=")
    assert "post.picture" in house.open(person, "posts", "post.picture")
    for end in ("analytics", "train-a-model"):
        assert house.refused(house.open, person, end, "post.picture", of=PURPOSE), end
    assert house.reasons(house.open, person, "statistics", "post.picture")


@pytest.mark.upholds("S4-070", control=PURPOSE)
def test_an_affiliates_service_is_shown_to_its_owner_for_one_end(house):
    """What the link shows opens in its owner's account, for nobody without the link and for no other end."""
    owner, other = house.person("purpose:affiliate-link", "purpose:profile"), house.person("purpose:profile")
    for person in (owner, other):
        house.collect(person, "profile", nickname="Mimi")
    assert "nickname" in house.open(owner, "affiliate-link", "nickname")
    assert house.refused(house.open, other, "affiliate-link", "nickname", of=CONSENT)
    assert house.refused(house.open, owner, "affiliates-own-marketing", "nickname", of=PURPOSE)


@pytest.mark.upholds("S4-096", control=PURPOSE)
def test_a_case_serves_the_case(house):
    """What was said to support opens for support; for an end that nobody stated it does not."""
    person = house.person("sensitive:support")
    house.collect(person, "support", support__messages="the strap is torn")
    assert "support.messages" in house.open(person, "support", "support.messages")
    assert house.refused(house.open, person, "analytics", "support.messages", of=PURPOSE)
    assert house.reasons(house.open, person, "statistics", "support.messages")


# --- publication, and leaving the region


@pytest.mark.upholds("S4-128", control=CONSENT)
def test_publishing_needs_a_consent_to_just_that(house):
    """A general consent, or one to publish something else, makes nothing public; the consent to this does."""
    person = house.person("purpose:posts", "purpose:publish-video", "publish:publish-video")
    asked = (Act.PUBLISH, "posts", "post.picture")
    assert controls_of(house.decide(person, *asked)) == {CONSENT}
    house.give(person, "publish:posts")
    assert isinstance(house.decide(person, *asked), Permit)
    house.withdraw(person, "publish:posts")
    assert controls_of(house.decide(person, *asked)) == {CONSENT}


@pytest.mark.upholds("S4-205", control=RESIDENCY)
def test_data_stays_where_it_was_collected(house):
    """What is written to a store at home is taken; the same to a store abroad is refused."""
    person = house.person()
    values = {"orders": "one strap"}
    house.collect(person, "orders", **values)
    assert house.refused(house.collect, person, "orders", ask={"destination": "us"}, of=RESIDENCY, **values)
    assert RESIDENCY in controls_of(house.decide(person, Act.SEND_ABROAD, "orders", "orders", destination="us"))


@pytest.mark.upholds("S4-206", control="gate.ground_evidence")
def test_a_legal_rule_that_lets_data_go_is_cited(house):
    """Data goes abroad under a legal rule with the rule cited, and not with the citation left blank."""
    house.agree("google-maps")
    person = house.person("purpose:map", "share:google-maps")
    asked = (Act.SEND_ABROAD, "map", "device.network")
    more = {"recipient": "google-maps", "ground": "law"}
    assert isinstance(house.decide(person, *asked, **more, evidence={"article": "a rule"}), Permit)
    for blank in ({}, {"article": " "}):
        assert "gate.ground_evidence" in controls_of(house.decide(person, *asked, **more, evidence=blank))


@pytest.mark.upholds("S4-207", control=RESIDENCY)
def test_a_person_agrees_separately_to_each_receiver_abroad(house):
    """Agreeing to the end and to the sharing lets nothing out; agreeing that it goes to this receiver abroad does."""
    house.agree("facebook")
    house.agree("google-maps")
    person = house.person("purpose:third-party-login", "share:facebook", "abroad:google-maps")
    asked = (Act.SHARE, "third-party-login", "device.network")
    assert controls_of(house.decide(person, *asked, recipient="facebook")) == {RESIDENCY}
    house.give(person, "abroad:facebook")
    assert isinstance(house.decide(person, *asked, recipient="facebook"), Permit)


@pytest.mark.upholds("S4-208", control=RESIDENCY)
def test_only_the_persons_own_act_counts_as_theirs(house):
    """A person's own broadcast carries their data abroad; the same by the service on its own is refused."""
    person = house.person("purpose:publish-video", "publish:publish-video")
    asked = (Act.PUBLISH, "publish-video", "post.video")
    more = {"destination": "us", "ground": "own-act", "evidence": {"own-act": "the post"}}
    assert isinstance(house.decide(person, *asked, **more, actor=Actor.SELF), Permit)
    assert RESIDENCY in controls_of(house.decide(person, *asked, **more, actor=Actor.SERVICE))
    assert RESIDENCY in controls_of(house.decide(person, *asked, destination="us", actor=Actor.SERVICE))


# --- the end of the service


@pytest.mark.upholds("S4-091", control="gate.no_use_after_cessation")
def test_from_the_stop_date_nothing_is_taken_in(house):
    """Until the stop date collecting goes on; from it on every intake of every function is refused."""
    person = house.person("purpose:survey")
    house.collect(person, "survey", survey__answers="fine")
    with act() as acting:
        world_service.cease(house.now + timedelta(days=30), house.now)
        house._quietly(acting)
    house.later(days=29)
    house.collect(person, "survey", survey__answers="still fine")
    house.later(days=1)
    assert house.refused(house.collect, person, "survey", survey__answers="late", of="gate.no_use_after_cessation")
    for name, function in house.policy.functions.items():
        for category in function.collects:
            answer = house.decide(person, Act.COLLECT, name, category)
            assert "gate.no_use_after_cessation" in controls_of(answer), (name, category)
