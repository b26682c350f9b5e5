# SPDX-License-Identifier: Apache-2.0
"""Promises held against each other: what differs is found wherever it is planted, and what agrees never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.faults_of_promises import FAULTS, LAWFUL, meaning, two
from tests.policy.planting import codes, faults, planted
from upheld.policy.model.recipients import Role
from upheld.policy.rules import RULES

CONTRADICTIONS = {code for code in RULES if "E969" <= code <= "E989"}
RIGHTS = sorted(right.value for right in planted().policy.rights.requests)
CATEGORIES = sorted(planted().policy.categories)


def contradictions(plant) -> set[str]:
    return codes(plant, CONTRADICTIONS)


@pytest.mark.parametrize("plant", [pytest.param(plant, id=name) for name, plant in LAWFUL.items()])
def test_what_agrees_is_no_contradiction(plant):
    """A commitment that says again what the sections say, or narrows it, is lawful."""
    assert contradictions(plant) == set()


days = st.integers(min_value=1, max_value=60)
starts = st.sampled_from(["receipt", "verification"])


@settings(deadline=None, max_examples=40)
@given(right=st.sampled_from(RIGHTS), within=days, start=starts)
def test_two_deadlines_are_one_or_are_found(right, within, start):
    """Whatever a commitment promises of a right either is what the right says, or contradicts it."""
    plant = meaning(answers={"rights": [right], "within": f"{within} days", "from": start})
    assert ("E970" in codes(plant, {"E970"})) is ((within, start) != (15, "receipt"))


@settings(deadline=None, max_examples=40)
@given(category=st.sampled_from(CATEGORIES), act=st.sampled_from(["collect", "share", "permission"]))
def test_nothing_forbidden_is_described(category, act):
    """To forbid an act on a category is a contradiction exactly where some clause describes it."""
    clean = planted().policy
    doing = {
        "collect": {name for one in clean.functions.values() for name in one.collects}
        | {name for one in clean.trackers.values() for name in one.collects},
        "share": {name for one in clean.recipients.values() if one.role is not Role.PROCESSOR for name in one.receives},
        "permission": {name for one in clean.permissions.values() for name in one.gives},
    }
    found = faults(meaning(never={"acts": [act], "categories": [category]}), "E980")
    assert bool(found) is (category in doing[act])
    assert all(fault.path != "commitments.planted" for fault in found)


@settings(deadline=None, max_examples=40)
@given(first=days, second=days)
def test_one_end_is_promised_or_two_are_found(first, second):
    """Two commitments on one category agree exactly when their figures do; both lie past the storage period."""
    kept = [
        {"keeps": {"categories": ["location.coarse"], "at-most": f"{31 + number} days"}} for number in (first, second)
    ]
    assert ("E982" in codes(two(*kept), {"E982"})) is (first != second)


@pytest.mark.parametrize("code", sorted(CONTRADICTIONS))
def test_a_contradiction_is_told_in_both_languages(code):
    """What is wrong and what to do reads in English and in Chinese."""
    found = faults(FAULTS[code][0], code)
    assert all(RULES[code].remedy)
    assert all(all(one.message) for one in found)
    assert found
