# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about handing data over: to whom, on what paper, by whose consent, and where."""

import pytest

from tests.houses import House
from tests.policy.planting import add
from tests.promises import trials, trials_acts, trials_sharing, versions
from tests.promises.trials import claim, controls_of
from upheld import policy
from upheld.gate import Permit

from upheld.sharing import queries
from upheld.sharing.values import PaperKind
from upheld.terms import Act, Language

CEASED = "gate.no_use_after_cessation"
AGREED = "sharing.agreement_in_force"
ASSESSED = "sharing.assessment_in_force"
CONSENT = "gate.consent_needed"
DECLARED = "gate.recipient_declared"
RESIDENCY = "gate.residency"


@pytest.mark.parametrize(
    ("recipient", "purpose", "other"),
    [
        claim("S0-141", "hosting", "account", "profile", control=DECLARED),
        claim("S0-144", "affiliate", "affiliates", "personalisation", control=DECLARED),
        claim("S0-145", "affiliate", "affiliates", "trade", control=DECLARED),
        claim("S0-148", "carrier", "trade", "mailing", control=DECLARED),
        claim("S0-149", "carrier", "trade", "personalisation", control=DECLARED),
        claim("S0-159", "hosting", "files", "personalisation", control=DECLARED),
    ],
)
def test_a_recipient_takes_no_more_than_its_row_and_for_no_other_end(house, recipient, purpose, other):
    """A recipient gets the fields of its row for its stated ends, and no other field, and nothing for another end."""
    trials.recipient_takes_only_its_row(house, recipient, purpose, other)


@pytest.mark.parametrize(
    ("recipient", "purpose", "stranger"),
    [
        claim("S0-056", "maps", "local-content", "unregistered-sdk", control=DECLARED),
        claim("S0-130", "maps", "local-content", "another-sdk", control=DECLARED),
        claim("S0-133", "seller", "trade", "data-broker", control=DECLARED),
    ],
)
def test_nobody_outside_the_list_receives(house, recipient, purpose, stranger):
    """A component or company that the policy does not list gets nothing, for any end."""
    trials_sharing.nobody_else_receives(house, recipient, purpose, stranger)


def test_what_a_linked_service_collects_for_itself_stays_there(house):
    """What comes in from a service that is not ours is refused; what the person gives us directly is taken."""
    person = house.person("purpose:profile")
    asked = (Act.COLLECT, "profile", "nickname")
    assert DECLARED in controls_of(house.decide(person, *asked, recipient="linked-site"))
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.parametrize(
    ("recipient", "purpose", "paper", "control"),
    [
        claim("S0-131", "maps", "local-content", PaperKind.SECURITY_TEST, ASSESSED, control=ASSESSED),
        claim("S0-132", "maps", "local-content", PaperKind.AGREEMENT, AGREED, control=AGREED),
        claim("S0-135", "affiliate", "affiliates", PaperKind.ASSESSMENT, ASSESSED, control=ASSESSED),
        claim("S0-136", "hosting", "account", PaperKind.SECURITY_TEST, ASSESSED, control=ASSESSED),
        claim("S0-137", "affiliate", "affiliates", PaperKind.AGREEMENT, AGREED, control=AGREED),
        claim("S0-157", "analytics", "research", PaperKind.AGREEMENT, AGREED, control=AGREED),
        claim("S0-160", "hosting", "files", PaperKind.AGREEMENT, AGREED, control=AGREED),
    ],
)
def test_a_recipient_is_blocked_without_its_paper_in_force(house, recipient, purpose, paper, control):
    """With no paper of that kind, or an ended one, nothing goes out; with one in force it does."""
    trials_sharing.paper_is_needed(house, recipient, purpose, paper, control)


@pytest.mark.parametrize(
    ("recipient", "purpose", "other"),
    [
        claim("S0-060", "maps", "local-content", "affiliate", control=CONSENT),
        claim("S0-139", "affiliate", "affiliates", "maps", control=CONSENT),
    ],
)
def test_sharing_waits_for_a_consent_that_names_the_recipient(house, recipient, purpose, other):
    """The consent to an end, or to another recipient, is not enough; after its own is withdrawn nothing goes."""
    trials_sharing.share_waits_for_its_consent(house, recipient, purpose, other)


@pytest.mark.upholds("S0-147", control=CONSENT)
def test_an_affiliate_with_a_new_end_asks_again(db):
    """Once an affiliate's end changed, nothing goes to it for that end before a new consent."""
    changed = add("recipients/affiliate/purposes", "mailing"), add("recipients/affiliate/receives", "email")
    house = versions.house_with("general-platform", *changed)
    trials_sharing.new_end_asks_again(house, "affiliate", "affiliates", "mailing", "email")


@pytest.mark.upholds("S0-153", control=CONSENT)
def test_refusing_a_partner_closes_that_partner_alone(house):
    """After a no the map component gets nothing; another recipient that the person agreed to still does."""
    house.agree("maps")
    house.agree("affiliate")
    person = house.person("purpose:local-content", "purpose:affiliates", "share:affiliate")
    house.refuse(person, "share:maps")
    closed = house.decide(person, Act.SHARE, "local-content", "location.precise", recipient="maps")
    assert controls_of(closed) == {CONSENT}
    assert isinstance(house.decide(person, Act.SHARE, "affiliates", "phone", recipient="affiliate"), Permit)
    trials_acts.basics_work(house, person)


@pytest.mark.parametrize(
    "identifying",
    [
        claim("S0-154", ("email", "phone", "nickname", "support.contact"), control=DECLARED),
        claim("S0-155", ("log.browsing", "device.id"), control=DECLARED),
    ],
)
def test_advertisers_and_analysts_get_sums_alone(house, identifying):
    """These partners get sums; the same about single people, or anything that identifies, is refused."""
    trials_sharing.only_sums(house, "analytics", "research", *identifying)


@pytest.mark.upholds("S0-059", control="sharing.directory_complete")
def test_a_recipient_without_its_own_policy_gets_nothing(db):
    """A row without the address of the party's own policy is found by the check and served nothing."""
    house = House(document=versions.planted("general-platform", versions.cut("recipients/affiliate/link")))
    assert "E503" in {one.code for one in policy.check(policy.parse(house.document, "incomplete"))}
    house.agree("affiliate")
    house.agree("hosting")
    person = house.person("purpose:affiliates", "share:affiliate")
    house.collect(person, "account", phone="+86 138 0013 8000")
    assert house.refused(house.disclose, person, "affiliate", "affiliates", "phone", of="sharing.directory_complete")
    house.disclose(person, "hosting", "account", "phone")
    links = {row.recipient: row.link for row in queries.directory(language=Language.EN, now=house.now)}
    assert [name for name, link in links.items() if not link] == ["affiliate"]


def test_who_decides_is_not_entrusted_as_if_it_obeyed(house):
    """Each recipient has its role; only one that processes on instruction is entrusted, and the others are refused."""
    assert all(row.role for row in house.policy.recipients.values())
    for name in ("hosting", "affiliate"):
        house.agree(name)
    person = house.person("purpose:affiliates", "share:affiliate")
    entrusted = house.decide(person, Act.ENTRUST, "account", "phone", recipient="hosting")
    assert isinstance(entrusted, Permit)
    refused = house.decide(person, Act.ENTRUST, "affiliates", "phone", recipient="affiliate")
    assert DECLARED in controls_of(refused)


@pytest.mark.upholds("S0-163", control=CONSENT)
def test_a_transfer_takes_only_those_who_agreed(house):
    """Of two people, the one who explicitly agreed is in the transfer, and the other is not."""
    trials_sharing.share_waits_for_its_consent(house, "affiliate", "affiliates", "maps", Act.TRANSFER)


@pytest.mark.upholds("S0-162", control="gate.ground_evidence")
def test_nothing_is_handed_over_for_good_on_an_unlisted_ground(house):
    """A transfer that cites no listed ground is refused."""
    trials.only_listed_grounds(house, Act.TRANSFER)


@pytest.mark.parametrize(
    ("purpose", "category", "other"),
    [
        claim("S0-166", "profile", "nickname", "posts", control=CONSENT),
        claim("S0-167", "posts", "content.text", "communication", control=CONSENT),
    ],
)
def test_publishing_needs_a_consent_to_just_that(house, purpose, category, other):
    """A general consent, or one to publish something else, makes nothing public; the consent to this does."""
    trials_sharing.publishing_needs_its_consent(house, purpose, category, other)


# --- leaving the region


@pytest.mark.upholds("S0-235", control=RESIDENCY)
def test_data_stays_where_it_was_collected(house):
    """What is written to a store at home is taken; the same to a store abroad is refused."""
    trials_sharing.stays_home(house, "profile", "nickname", nickname="Mimi")


@pytest.mark.upholds("S0-237", control=RESIDENCY)
def test_a_person_agrees_separately_to_each_receiver_abroad(house):
    """Only the person who authorised it is in what goes abroad, and only to the recipient that they named."""
    trials_sharing.abroad_needs_its_own_consent(house, "maps", "local-content")


@pytest.mark.upholds("S0-238", control=RESIDENCY)
def test_only_the_persons_own_act_counts_as_theirs(house):
    """A person's own act on record carries their data abroad; the same started by staff or the service is refused."""
    trials_sharing.passage_by_own_act(house, "posts", "content.text")


@pytest.mark.upholds("S0-243", control=RESIDENCY)
def test_access_from_abroad_is_a_transfer_abroad(house):
    """A read from another region is refused for a person who did not authorise it, and served at home."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    assert "nickname" in house.open(person, "profile", "nickname")
    assert house.refused(house.open, person, "profile", "nickname", destination="us", of=RESIDENCY)


# --- the end of the service


@pytest.mark.parametrize(
    ("purpose", "values"),
    [
        claim("S0-095", "account", {"phone": "+86 138 0013 8000"}, control=CEASED),
        claim("S0-248", "posts", {"content__text": "hello"}, control=CEASED),
    ],
)
def test_from_the_stop_date_nothing_is_taken_in(house, purpose, values):
    """From the recorded stop on every intake of every function is refused."""
    trials_acts.nothing_after_the_end(house, purpose, **values)
