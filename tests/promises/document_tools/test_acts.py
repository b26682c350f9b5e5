# SPDX-License-Identifier: Apache-2.0
"""The document tools' promises about ends, categories, grounds, choices and handing data over."""

import pytest

from tests.promises import trials, trials_acts, trials_sharing
from tests.promises.trials import claim, controls_of
from upheld.gate import Permit
from upheld.sharing.values import PaperKind
from upheld.terms import Act

AGREED = "sharing.agreement_in_force"
AT_ONCE = "consent.withdrawal_at_once"
CATEGORY = "gate.category_declared"
CONSENT = "gate.consent_needed"
DECLARED = "gate.recipient_declared"
EVIDENCE = "gate.ground_evidence"
PERMISSION = "gate.permission_granted"
PURPOSE = "gate.purpose_declared"
RESIDENCY = "gate.residency"


@pytest.mark.upholds("S1-001", control="gate.told_before_collection")
def test_nothing_is_collected_before_the_text_was_read(house):
    """Before the policy was accepted nothing is collected; after it was, the same act passes."""
    trials_acts.told_first(house, "documents", "content.text")


# --- ends and categories


@pytest.mark.parametrize(
    ("category", "purposes"),
    [
        claim("S1-014", "content.file", ("documents",), control=PURPOSE),
        claim("S1-016", "phone", ("account",), control=PURPOSE),
    ],
)
def test_data_serves_the_ends_that_the_policy_states(house, category, purposes):
    """An end that the policy does not state reads nothing."""
    trials.other_ends_are_refused(house, category, *purposes)


@pytest.mark.parametrize(
    ("purpose", "others"),
    [
        claim("S1-004", "account", ("real-name", "face", "nickname"), control=CATEGORY),
        claim("S1-013", "joint-sign-in", ("phone", "real-name", "payment"), control=CATEGORY),
    ],
)
def test_a_function_collects_what_it_declares_and_nothing_else(house, purpose, others):
    """An item that the function's list does not name is refused."""
    trials.only_what_is_declared(house, purpose, *others)


@pytest.mark.upholds("S1-006", control=CATEGORY)
def test_names_documents_and_faces_are_for_verification_alone(house):
    """Every service that is not marked as needing verification is refused them."""
    for category in ("real-name", "id.type", "id.number", "face"):
        trials_acts.collected_only_by(house, category, "verification")


@pytest.mark.upholds("S1-008", control=CATEGORY)
def test_what_is_gathered_automatically_keeps_the_service_running(house):
    """The identifier, the address and the times are read to keep the service running, and for no other end."""
    for category in ("device.id", "network.ip", "log.access-time"):
        trials_acts.read_only_by(house, category, "operation")


@pytest.mark.parametrize(
    ("purpose", "categories"),
    [
        claim("S1-009", "operation", ("device.serial", "device.battery"), control=CATEGORY),
        claim("S1-010", "operation", ("network.neighbours", "network.speed"), control=CATEGORY),
        claim("S1-011", "operation", ("log.typing", "log.contents"), control=CATEGORY),
    ],
)
def test_what_is_not_named_is_refused(house, purpose, categories):
    """Attributes of the device, the network and the log that the policy does not name are refused."""
    trials_acts.unheard_of(house, purpose, *categories)


@pytest.mark.upholds("S1-018", control=CATEGORY)
def test_improvement_reads_its_own_fields(house):
    """Analysing use and finding faults read what they declare, and nothing else."""
    person = house.person("purpose:improvement")
    for category in house.policy.purposes["improvement"].uses:
        assert isinstance(house.decide(person, Act.USE, "improvement", category), Permit), category
    for category in ("phone", "content.text", "device.id", "network.ip"):
        assert CATEGORY in controls_of(house.decide(person, Act.USE, "improvement", category)), category


# --- grounds


@pytest.mark.parametrize(
    "ground",
    [
        claim("S1-023", "state-or-public", control=EVIDENCE),
        claim("S1-024", "legal-duty", control=EVIDENCE),
        claim("S1-025", "emergency", control=EVIDENCE),
        claim("S1-026", "self-published", control=EVIDENCE),
    ],
)
def test_use_without_consent_needs_what_its_ground_demands(house, ground):
    """Each ground opens collection and use only with its own evidence on file."""
    for operation in ("collect", "use"):
        trials.ground_demands_its_evidence(house, operation, ground)


@pytest.mark.upholds("S1-022", control=EVIDENCE)
def test_no_other_ground_lets_use(house):
    """The list of grounds is closed."""
    trials.only_listed_grounds(house, Act.USE, Act.COLLECT)


@pytest.mark.parametrize(
    "ground",
    [claim("S1-037", "official-demand", control=EVIDENCE), claim("S1-038", "vital-interests", control=EVIDENCE)],
)
def test_sharing_without_consent_needs_what_its_ground_demands(house, ground):
    """A referenced demand, or a described threat with its approver, opens a share, and nothing less does."""
    trials.ground_demands_its_evidence(house, "share", ground)


@pytest.mark.upholds("S1-045", control=EVIDENCE)
def test_publishing_by_law_cites_the_rule(house):
    """Data is made public under law only with the rule cited."""
    trials_sharing.publication_by_law(house, "documents", "content.text")


# --- choices


@pytest.mark.upholds("S1-012", control=CONSENT)
def test_data_from_partners_waits_for_authorisation(house):
    """What a partner brings is refused before the person authorised it and after the person took that back."""
    trials.consent_is_needed(house, "joint-sign-in", "partner.profile")


@pytest.mark.upholds("S1-017", control=CONSENT)
def test_each_end_is_chosen_by_itself(house):
    """A consent to suggestions opens nothing else, and the other way round."""
    for given, other in (("recommendation", "improvement"), ("improvement", "recommendation")):
        trials_acts.consent_to_one_opens_no_other(house, given, other)


@pytest.mark.upholds("S1-020", control=AT_ONCE)
def test_suggestions_end_with_the_consent(house):
    """No suggestion reads anything of a person after the consent was withdrawn."""
    trials_acts.withdrawal_is_obeyed(house, "recommendation", "log.function")


@pytest.mark.upholds("S1-068", control=PERMISSION)
def test_a_permission_can_be_taken_back_at_any_time(house):
    """The next use after a permission was turned off is refused."""
    trials_acts.all_permissions_begin_off(house)


@pytest.mark.upholds("S1-069", control="policy.basic_stands_alone")
def test_taking_a_permission_back_impairs_only_what_lies_behind_it(house):
    """What the permission gives stays closed, the person is told so, and everything else goes on."""
    trials_acts.permission_costs_only(house, "location", "profile")


# --- handing over


@pytest.mark.upholds("S1-034", control=DECLARED)
def test_nobody_outside_the_list_receives(house):
    """By default nothing goes to anyone; who is not listed gets nothing, for any end."""
    trials_sharing.nobody_else_receives(house, "helpdesk", "support", "data-broker")


@pytest.mark.upholds("S1-035", control=CONSENT)
def test_sharing_waits_for_a_consent_that_names_the_recipient(house):
    """A general consent, or one to another recipient, opens nothing; its own does, while it lasts."""
    trials_sharing.share_waits_for_its_consent(house, "sign-in-partner", "joint-sign-in", "viewer")


@pytest.mark.upholds("S1-036", control=DECLARED)
def test_a_provider_takes_no_more_than_its_row(house):
    """The payment house gets the payment of a purchase, and no other field, and nothing for another end."""
    trials.recipient_takes_only_its_row(house, "pay-house", "payment", "improvement")


@pytest.mark.upholds("S1-039", control=AGREED)
def test_a_recipient_is_blocked_without_an_agreement_in_force(house):
    """With no agreement, or an ended one, the help desk gets nothing; with one in force it does."""
    trials_sharing.paper_is_needed(house, "helpdesk", "support", PaperKind.AGREEMENT, AGREED)


@pytest.mark.upholds("S1-043", control=CONSENT)
def test_publication_has_two_cases(house):
    """Without a consent to just that, and without a rule that is cited, nothing is made public."""
    person = house.person("purpose:profile")
    asked = (Act.PUBLISH, "profile", "nickname")
    for ground in (None, "because-we-say-so", "official-demand"):
        assert CONSENT in controls_of(house.decide(person, *asked, ground=ground, evidence={"provision": "x"})), ground
    assert isinstance(house.decide(person, *asked, ground="law", evidence={"provision": "article 1"}), Permit)
    house.give(person, "publish:profile")
    assert isinstance(house.decide(person, *asked), Permit)


@pytest.mark.upholds("S1-044", control=CONSENT)
def test_publishing_needs_a_consent_to_just_that(house):
    """A general consent, or one to publish something else, makes nothing public; the consent to this does."""
    trials_sharing.publishing_needs_its_consent(house, "profile", "nickname", "documents")


@pytest.mark.upholds("S1-049", control=RESIDENCY)
def test_data_stays_where_it_was_collected(house):
    """What is written to a store at home is taken; the same to a store abroad is refused."""
    trials_sharing.stays_home(house, "profile", "nickname", nickname="Mimi")


@pytest.mark.upholds("S1-051", control=RESIDENCY)
def test_going_abroad_needs_its_own_consent(house):
    """A general consent does not open the border; one that names the receiver abroad does."""
    trials_sharing.abroad_needs_its_own_consent(house, "sign-in-partner", "joint-sign-in")
