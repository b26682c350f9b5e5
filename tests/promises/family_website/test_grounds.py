# SPDX-License-Identifier: Apache-2.0
"""The family website's closed lists of grounds without consent, and of grounds of refusal."""

import pytest

from tests.promises import trials
from tests.promises.trials import claim, controls_of
from upheld.gate import Permit
from upheld.terms import Act

EVIDENCE = "gate.ground_evidence"
LISTED = "rights.refusal_ground_listed"


@pytest.mark.parametrize(
    "ground",
    [
        claim("S2-025", "legal-duty", control=EVIDENCE),
        claim("S2-026", "contract", control=EVIDENCE),
        claim("S2-027", "emergency", control=EVIDENCE),
        claim("S2-028", "lawfully-public", control=EVIDENCE),
        claim("S2-029", "other-law", control=EVIDENCE),
    ],
)
def test_processing_without_consent_needs_what_its_ground_demands(house, ground):
    """Each of the five grounds opens collection and use only with its own evidence on file."""
    for operation in ("collect", "use"):
        trials.ground_demands_its_evidence(house, operation, ground)


@pytest.mark.upholds("S2-024", control=EVIDENCE)
def test_no_other_ground_lets_collect_or_use(house):
    """The list of grounds is closed."""
    trials.only_listed_grounds(house, Act.COLLECT, Act.USE)


@pytest.mark.parametrize(
    "ground",
    [claim("S2-038", "official-demand", control=EVIDENCE), claim("S2-040", "contract", control=EVIDENCE)],
)
def test_disclosing_without_consent_needs_what_its_ground_demands(house, ground):
    """A demand opens a disclosure with its reference and its fields on file, a contract with its own, and nothing less."""
    assert "fields-needed" in house.policy.grounds.share[ground].evidence
    trials.ground_demands_its_evidence(house, "share", ground)


@pytest.mark.upholds("S2-037", control=EVIDENCE)
def test_no_fourth_case_opens_a_disclosure(house):
    """A disclosure that matches none of the listed cases is refused."""
    trials.only_listed_grounds(house, Act.SHARE)


@pytest.mark.parametrize(
    ("ground", "act"),
    [
        claim("S2-117", "law", Act.SHARE, control=EVIDENCE),
        claim("S2-119", "contract", Act.SHARE, control=EVIDENCE),
    ],
)
def test_a_childs_data_is_disclosed_on_a_ground_with_its_proof_alone(house, ground, act):
    """A referenced demand, or a contract made with the guardian's consent, opens a disclosure, and nothing less does."""
    house.agree("school-partner")
    child = house.child()
    asked = (act, "profile", "nickname")
    listed = house.policy.grounds.share.get(ground) or house.policy.children.grounds[ground]
    full = {one: "on file" for one in listed.evidence}
    more = {"recipient": "school-partner", "ground": ground}
    if ground == "law":
        assert isinstance(house.decide(child, *asked, **more, evidence=full), Permit)
    for one in full:
        less = {**full, one: " "}
        assert EVIDENCE in controls_of(house.decide(child, *asked, **more, evidence=less)), one
    assert EVIDENCE not in controls_of(house.decide(child, *asked, **more, evidence=full))


@pytest.mark.parametrize(
    "ground",
    [
        claim("S2-089", "unrelated", control=LISTED),
        claim("S2-090", "repeated", control=LISTED),
        claim("S2-091", "technical", control=LISTED),
        claim("S2-092", "others-rights", control=LISTED),
        claim("S2-093", "unrealistic", control=LISTED),
    ],
)
def test_a_refusal_needs_what_its_ground_demands(house, ground):
    """Each ground of refusal holds only with its evidence recorded, and the person is told the remedies."""
    trials.refusal_demands_its_evidence(house, ground)
