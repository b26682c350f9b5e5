# SPDX-License-Identifier: Apache-2.0
"""The general platform's closed lists of grounds without consent."""

import pytest

from tests.houses import House
from tests.promises import trials, trials_sharing
from tests.promises.trials import claim, controls_of
from upheld.gate import Permit
from upheld.terms import Act

EVIDENCE = "gate.ground_evidence"


@pytest.mark.parametrize(
    "ground",
    [
        claim("S0-082", "national-security", control=EVIDENCE),
        claim("S0-083", "public-interest", control=EVIDENCE),
        claim("S0-084", "criminal-case", control=EVIDENCE),
        claim("S0-085", "vital-interests", control=EVIDENCE),
        claim("S0-086", "self-published", control=EVIDENCE),
        claim("S0-087", "lawfully-public", control=EVIDENCE),
        claim("S0-088", "contract", control=EVIDENCE),
        claim("S0-089", "stable-operation", control=EVIDENCE),
        claim("S0-090", "legal-duty", control=EVIDENCE),
        claim("S0-091", "other-law", control=EVIDENCE),
    ],
)
def test_collecting_without_consent_needs_what_its_ground_demands(house, ground):
    """Each of the ten grounds to collect opens only with its own evidence on file."""
    trials.ground_demands_its_evidence(house, "collect", ground)


@pytest.mark.upholds("S0-081", control=EVIDENCE)
def test_no_other_ground_lets_collect(house):
    """The list of grounds to collect is closed."""
    trials.only_listed_grounds(house, Act.COLLECT)


@pytest.mark.parametrize(
    "ground",
    [
        claim("S0-175", "national-security", control=EVIDENCE),
        claim("S0-176", "public-interest", control=EVIDENCE),
        claim("S0-177", "criminal-case", control=EVIDENCE),
        claim("S0-178", "vital-interests", control=EVIDENCE),
        claim("S0-179", "self-published", control=EVIDENCE),
        claim("S0-180", "lawfully-public", control=EVIDENCE),
    ],
)
def test_releasing_without_consent_needs_what_its_ground_demands(house, ground):
    """Each ground to share, transfer or publish opens only with its own evidence on file."""
    operations = [one for one in ("share", "transfer", "publish") if ground in getattr(house.policy.grounds, one)]
    assert operations[:2] == ["share", "transfer"]
    for operation in operations:
        trials.ground_demands_its_evidence(house, operation, ground)


@pytest.mark.upholds("S0-173", control=EVIDENCE)
def test_no_other_ground_lets_share_transfer_or_publish(house):
    """The list of grounds to release is closed."""
    trials.only_listed_grounds(house, Act.SHARE, Act.TRANSFER, Act.PUBLISH)


@pytest.mark.upholds("S0-174", control=EVIDENCE)
def test_a_ground_to_collect_opens_no_other_door(house):
    """With all its evidence, what lets us collect still lets nothing be shared, transferred or published."""
    person = house.person()
    purpose, category = trials.optional_function(house)
    for ground in ("contract", "stable-operation", "legal-duty", "other-law"):
        full = {name: "on file" for name in house.policy.grounds.collect[ground].evidence}
        more = {"ground": ground, "evidence": full}
        assert isinstance(house.decide(person, Act.COLLECT, purpose, category, **more), Permit)
        for act in (Act.SHARE, Act.TRANSFER, Act.PUBLISH):
            assert EVIDENCE in controls_of(house.decide(person, act, purpose, category, **more)), (act, ground)


@pytest.mark.upholds("S0-140", control=EVIDENCE)
def test_an_authority_receives_on_a_referenced_demand_only(house):
    """A lawful demand opens a share with its reference on file, and a demand without one opens nothing."""
    trials.ground_demands_its_evidence(house, "share", "official-demand")


@pytest.mark.upholds("S0-171", control=EVIDENCE)
def test_whoever_asks_for_disclosure_produces_the_document(house):
    """Nothing held is released to an authority before the reference of its document is on file."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    asked = (Act.SHARE, "profile", "nickname")
    for said in ({}, {"demand-ref": ""}, {"somebody-called": "yes"}):
        refused = house.decide(person, *asked, ground="official-demand", evidence=said)
        assert EVIDENCE in controls_of(refused), said
    on_file = house.decide(person, *asked, ground="official-demand", evidence={"demand-ref": "2026-17"})
    assert isinstance(on_file, Permit)


@pytest.mark.upholds("S0-168", control=EVIDENCE)
def test_publishing_by_law_needs_finding_basis_and_measures(house):
    """Data is made public under law only with the finding, the provision and the measures on file."""
    trials_sharing.publication_by_law(house, "posts", "content.text")


@pytest.mark.upholds("S0-230", control=EVIDENCE)
def test_a_minors_data_needs_one_of_three_grounds(house):
    """Law, the guardian's consent or the minor's protection opens an act on a minor's data, with its proof and alone."""
    child = house.child()
    asked = (Act.USE, "profile", "nickname")
    assert "children.guardian_needed" in controls_of(house.decide(child, *asked))
    assert set(house.policy.children.grounds) == {"law", "guardian", "protection"}
    for name, ground in house.policy.children.grounds.items():
        full = {one: "on file" for one in ground.evidence}
        assert isinstance(house.decide(child, *asked, ground=name, evidence=full), Permit), name
        assert EVIDENCE in controls_of(house.decide(child, *asked, ground=name)), name
        assert EVIDENCE in controls_of(house.decide(house.person(), *asked, ground=name, evidence=full)), name


@pytest.mark.upholds("S0-236", control=EVIDENCE)
def test_a_legal_rule_that_lets_data_go_is_cited(house: House):
    """Data goes abroad under a legal rule with the rule cited, and not with the citation left blank."""
    trials_sharing.passage_by_law(house, "profile", "nickname")
