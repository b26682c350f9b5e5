# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promises about handing data over: to whom, on what paper, by whose consent, and where."""

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

AGREED = "sharing.agreement_in_force"
CEASED = "gate.no_use_after_cessation"
CONSENT = "gate.consent_needed"
DECLARED = "gate.recipient_declared"
RESIDENCY = "gate.residency"


@pytest.mark.parametrize(
    ("recipient", "purpose", "other"),
    [
        claim("S3-039", "app-framework", "operation", "saves", control=DECLARED),
        claim("S3-041", "push-relay", "notices", "saves", control=DECLARED),
        claim("S3-102", "affiliate", "affiliates", "survey", control=DECLARED),
        claim("S3-104", "delivery", "orders", "survey", control=DECLARED),
        claim("S3-105", "delivery", "orders", "newsletter", control=DECLARED),
        claim("S3-112", "hosting", "account", "survey", control=DECLARED),
        claim("S3-113", "one-tap-share", "share-out", "saves", control=DECLARED),
    ],
)
def test_a_recipient_takes_no_more_than_its_row_and_for_no_other_end(house, recipient, purpose, other):
    """A recipient gets the fields of its row for its stated ends, and no other field, and nothing for another end."""
    trials.recipient_takes_only_its_row(house, recipient, purpose, other)


@pytest.mark.upholds("S3-042", control=DECLARED)
def test_the_push_component_gets_no_list_of_apps(house):
    """The push component's request for the list of installed apps is refused and recorded; its delivery id passes."""
    house.agree("push-relay")
    person = house.person("purpose:notices", "share:push-relay", "permission:notifications")
    house.collect(person, "notices", push_token="made-up-token")
    for category in ("device.app-list", "device.id", "phone"):
        assert house.refused(house.disclose, person, "push-relay", "notices", category, of=DECLARED), category
    house.disclose(person, "push-relay", "notices", "push-token")
    assert [made.categories for made in queries.disclosures(person)] == [("push-token",)]


@pytest.mark.upholds("S3-099", control=DECLARED)
def test_nobody_outside_the_list_receives(house):
    """A share that matches no listed case is refused, for any end."""
    trials_sharing.nobody_else_receives(house, "delivery", "orders", "data-broker")


@pytest.mark.parametrize(
    ("recipient", "purpose"),
    [
        claim("S3-111", "advertisers", "product-fit", control=AGREED),
        claim("S3-114", "push-relay", "notices", control=AGREED),
    ],
)
def test_a_recipient_is_blocked_without_an_agreement_in_force(house, recipient, purpose):
    """With no agreement, or an ended one, nothing goes out; with one in force it does."""
    trials_sharing.paper_is_needed(house, recipient, purpose, PaperKind.AGREEMENT, AGREED)


@pytest.mark.parametrize(
    ("recipient", "purpose", "other"),
    [
        claim("S3-100", "affiliate", "affiliates", "push-relay", control=CONSENT),
        claim("S3-115", "one-tap-share", "share-out", "affiliate", control=CONSENT),
    ],
)
def test_sharing_waits_for_a_consent_that_names_the_recipient(house, recipient, purpose, other):
    """The consent to an end, or to another recipient, is not enough; after its own is withdrawn nothing goes."""
    trials_sharing.share_waits_for_its_consent(house, recipient, purpose, other)


@pytest.mark.upholds("S3-103", control=CONSENT)
def test_an_affiliate_with_a_new_end_or_a_sensitive_item_asks_again(db):
    """The consent to link the affiliate carries neither a new end nor a sensitive item; a new consent does."""
    house = versions.house_with(
        "jewellery-shop", add("recipients/affiliate/purposes", "newsletter"), add("recipients/affiliate/purposes", "identity"),
        add("recipients/affiliate/receives", "email"), add("recipients/affiliate/receives", "id.number"),
    )  # fmt: skip
    for purpose, category in (("newsletter", "email"), ("identity", "id.number")):
        trials_sharing.new_end_asks_again(house, "affiliate", "affiliates", purpose, category)


@pytest.mark.upholds("S3-119", control=CONSENT)
def test_a_transfer_takes_only_those_who_agreed(house):
    """A person's data is handed over for good after that person's explicit consent to that receiver, and not before."""
    trials_sharing.share_waits_for_its_consent(house, "affiliate", "affiliates", "push-relay", Act.TRANSFER)


@pytest.mark.upholds("S3-109", control=DECLARED)
def test_advertisers_get_sums_alone(house):
    """Advertisers get sums; the same about single people, or a name, mail, number or device id, is refused."""
    trials_sharing.only_sums(house, "advertisers", "product-fit", "nickname", "email", "phone", "device.id")


@pytest.mark.upholds("S3-108", control=DECLARED)
def test_a_partner_of_another_kind_waits_for_a_new_version(house):
    """A partner that the policy does not list gets nothing; once a new version lists it, it does."""
    person = house.person()
    asked = (Act.SHARE, "account", "phone")
    assert DECLARED in controls_of(house.decide(person, *asked, recipient="newcomer"))
    versions.publish(house, versions.put("recipients/newcomer", versions.NEWCOMER))
    versions.wait(house)
    house.version = 2
    newcomer = house.person()
    house.agree("advertisers")
    from tests.houses import STAFF
    from upheld.sharing import service

    service.record_paper(
        recipient="newcomer", kind=PaperKind.AGREEMENT, starts_at=house.now, until=None,
        document_sha256="0" * 64, signed_by=STAFF, now=house.now,
    )  # fmt: skip
    assert isinstance(house.decide(newcomer, *asked, recipient="newcomer"), Permit)
    assert DECLARED in controls_of(house.decide(person, *asked, recipient="newcomer"))


@pytest.mark.parametrize("column", ["package", "link"])
@pytest.mark.upholds("S3-055", control="sharing.directory_complete")
def test_a_component_with_an_empty_column_gets_nothing(db, column):
    """A component without its package or its policy's link is found by the check and gets nothing; another gets it."""
    house = House(document=versions.planted("jewellery-shop", versions.cut(f"recipients/push-relay/{column}")))
    assert {"E502", "E503"} & {one.code for one in policy.check(policy.parse(house.document, "incomplete"))}
    house.agree("push-relay")
    house.agree("app-framework")
    person = house.person("purpose:notices", "share:push-relay", "permission:notifications")
    house.collect(person, "notices", push_token="made-up-token")
    house.collect(person, "operation", device__id="made-up-device")
    assert house.refused(house.disclose, person, "push-relay", "notices", "push-token", of="sharing.directory_complete")
    house.disclose(person, "app-framework", "operation", "device.id")
    shown = {row.recipient: row.missing for row in queries.directory(language=Language.EN, now=house.now)}
    assert shown["push-relay"] == (column,)


@pytest.mark.upholds("S3-121", control=CONSENT)
def test_publishing_needs_a_consent_to_just_that(house):
    """A general consent, or one to publish something else, makes nothing public; the consent to this does."""
    trials_sharing.publishing_needs_its_consent(house, "posts", "content.text", "profile")


@pytest.mark.upholds("S3-195", control=RESIDENCY)
def test_data_stays_where_it_was_collected(house):
    """What is written to a store at home is taken; the same to a store abroad is refused."""
    trials_sharing.stays_home(house, "profile", "nickname", nickname="Mimi")


@pytest.mark.upholds("S3-197", control=RESIDENCY)
def test_a_person_agrees_separately_to_each_receiver_abroad(house):
    """Agreeing to the end and to the sharing lets nothing out; agreeing that it goes to this receiver abroad does."""
    trials_sharing.abroad_needs_its_own_consent(house, "one-tap-share", "share-out")


@pytest.mark.upholds("S3-198", control=RESIDENCY)
def test_only_the_persons_own_act_counts_as_theirs(house):
    """A person's own broadcast carries their data abroad; the same by the service on its own is refused."""
    trials_sharing.passage_by_own_act(house, "posts", "content.text")


@pytest.mark.upholds("S3-083", control=CEASED)
def test_from_the_stop_date_nothing_is_taken_in(house):
    """From the stop date on every intake of every function is refused."""
    trials_acts.nothing_after_the_end(house, "survey", survey="fine")
