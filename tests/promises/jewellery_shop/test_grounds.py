# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's closed lists of grounds without consent, and of grounds of refusal."""

import pytest

from tests.promises import trials, trials_sharing
from tests.promises.trials import claim, controls_of
from upheld.gate import Permit
from upheld.terms import Act

EVIDENCE = "gate.ground_evidence"
LISTED = "rights.refusal_ground_listed"


@pytest.mark.parametrize(
    "ground",
    [
        claim("S3-072", "national-security", control=EVIDENCE),
        claim("S3-073", "public-interest", control=EVIDENCE),
        claim("S3-074", "criminal-case", control=EVIDENCE),
        claim("S3-075", "vital-interests", control=EVIDENCE),
        claim("S3-076", "self-published", control=EVIDENCE),
        claim("S3-077", "lawfully-public", control=EVIDENCE),
        claim("S3-078", "contract", control=EVIDENCE),
        claim("S3-079", "stable-operation", control=EVIDENCE),
        claim("S3-080", "news", control=EVIDENCE),
        claim("S3-081", "research", control=EVIDENCE),
        claim("S3-082", "other-law", control=EVIDENCE),
    ],
)
def test_collecting_without_consent_needs_what_its_ground_demands(house, ground):
    """Each of the eleven grounds to collect opens only with its own evidence on file."""
    trials.ground_demands_its_evidence(house, "collect", ground)


@pytest.mark.upholds("S3-071", control=EVIDENCE)
def test_no_other_ground_lets_collect(house):
    """The list of grounds to collect is closed."""
    trials.only_listed_grounds(house, Act.COLLECT)


@pytest.mark.parametrize(
    "ground",
    [
        claim("S3-124", "national-security", control=EVIDENCE),
        claim("S3-125", "public-interest", control=EVIDENCE),
        claim("S3-126", "criminal-case", control=EVIDENCE),
        claim("S3-127", "vital-interests", control=EVIDENCE),
        claim("S3-128", "self-published", control=EVIDENCE),
        claim("S3-129", "lawfully-public", control=EVIDENCE),
    ],
)
def test_handing_over_without_consent_needs_what_its_ground_demands(house, ground):
    """Each ground to share, transfer or publish opens only with its own evidence on file."""
    operations = [one for one in ("share", "transfer", "publish") if ground in getattr(house.policy.grounds, one)]
    assert operations[:2] == ["share", "transfer"]
    for operation in operations:
        trials.ground_demands_its_evidence(house, operation, ground)


@pytest.mark.upholds("S3-101", control=EVIDENCE)
def test_an_authority_receives_on_a_complete_demand_only(house):
    """A demand opens a share with its reference and body, its list of fields and a reviewer on file, and not with less."""
    listed = house.policy.grounds.share["official-demand"].evidence
    assert set(listed) == {"demand-ref", "fields-needed", "reviewer"}
    trials.ground_demands_its_evidence(house, "share", "official-demand")


@pytest.mark.upholds("S3-123", control=EVIDENCE)
def test_no_other_ground_lets_share_transfer_or_publish(house):
    """The list of grounds to release is closed."""
    trials.only_listed_grounds(house, Act.SHARE, Act.TRANSFER, Act.PUBLISH)


@pytest.mark.upholds("S3-118", control=EVIDENCE)
def test_nothing_is_handed_over_for_good_on_an_unlisted_ground(house):
    """A transfer that cites no listed ground is refused."""
    trials.only_listed_grounds(house, Act.TRANSFER)


@pytest.mark.upholds("S3-194", control=EVIDENCE)
def test_a_childs_data_needs_one_of_three_grounds(house):
    """Law, the guardian or the minor's protection opens an act on a child's data, with its proof, and nothing else does."""
    child = house.child()
    for act in (Act.USE, Act.PUBLISH):
        asked = (act, "profile", "nickname")
        assert "children.guardian_needed" in controls_of(house.decide(child, *asked))
        for name, ground in house.policy.children.grounds.items():
            full = {one: "on file" for one in ground.evidence}
            assert isinstance(house.decide(child, *asked, ground=name, evidence=full), Permit), name
            assert EVIDENCE in controls_of(house.decide(child, *asked, ground=name)), name


@pytest.mark.upholds("S3-196", control=EVIDENCE)
def test_a_legal_rule_that_lets_data_go_is_cited(house):
    """Data goes abroad under a legal rule with the rule cited, and not with the citation left blank."""
    trials_sharing.passage_by_law(house, "profile", "nickname")


@pytest.mark.parametrize(
    "ground",
    [
        claim("S3-172", "needless", control=LISTED),
        claim("S3-173", "technical", control=LISTED),
        claim("S3-174", "others-rights", control=LISTED),
        claim("S3-175", "unrealistic", control=LISTED),
        claim("S3-177", "national-security", control=LISTED),
        claim("S3-178", "public-interest", control=LISTED),
        claim("S3-179", "criminal-case", control=LISTED),
        claim("S3-180", "abuse", control=LISTED),
        claim("S3-181", "harm", control=LISTED),
        claim("S3-182", "trade-secret", control=LISTED),
    ],
)
def test_a_refusal_needs_what_its_ground_demands(house, ground):
    """Each ground of refusal holds only with its evidence recorded, and the person is told the remedies."""
    trials.refusal_demands_its_evidence(house, ground)


@pytest.mark.upholds("S3-176", control=LISTED)
def test_no_other_ground_of_refusal(house):
    """A request is left unanswered on no ground outside the list."""
    trials.only_listed_refusals(house)
