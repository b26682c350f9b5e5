# SPDX-License-Identifier: Apache-2.0
"""The board counts an act for every clause that it is about, and for what the policy commits to in general."""

from tests.houses import House
from upheld import controls


def test_an_act_counts_for_its_function_its_categories_and_what_is_general(db):
    """One collection exercises its function, another function not, and the commitment to collect least data."""
    house = House()
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    assert house.status("functions.profile", "gate.purpose_declared") == "kept"
    assert house.status("functions.search", "gate.purpose_declared") == "not_exercised"
    assert house.status("commitments.least-data", "gate.purpose_declared") == "kept"
    assert house.status("categories.nickname", "gate.category_declared") == "kept"
    assert house.status("categories.gender", "gate.category_declared") == "not_exercised"


def test_a_breach_breaks_the_general_commitment_too(db):
    """What was done without consent breaks the function's clause and the commitment, and no other function."""
    house = House()
    person = house.person()
    with controls.without("gate.consent_needed"):
        house.collect(person, "profile", nickname="Mimi")
    assert house.status("functions.profile", "gate.consent_needed") == "broken"
    assert house.status("commitments.other-end", "gate.consent_needed") == "broken"
    assert house.status("functions.search", "gate.consent_needed") == "not_exercised"
