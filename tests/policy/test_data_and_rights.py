# SPDX-License-Identifier: Apache-2.0
"""What looks like a fault in data, grounds, rights or guardians, and is none; and figures that decide between the two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.faults_of_data_and_rights import FAULTS, LAWFUL
from tests.policy.planting import both, codes, faults, put
from upheld.policy.rules import RULES


@pytest.mark.parametrize("plant", [pytest.param(plant, id=name) for name, plant in LAWFUL.items()])
def test_what_is_lawful_has_no_finding(plant):
    """A neighbour of each fault that a careful author may write."""
    assert codes(plant) == set()


@settings(deadline=None, max_examples=30)
@given(months=st.integers(min_value=1, max_value=24))
def test_a_log_is_kept_as_long_as_the_law_wants(months):
    """Six months is the bound: below it the law's least time is found missing, from it on nothing is."""
    plant = both(put("storage/logs/keep", f"{months} month" if months == 1 else f"{months} months"), _no_own_law)
    assert ("E605" in codes(plant, {"E605"})) is (months < 6)


def _no_own_law(data: dict) -> None:
    data["storage"]["logs"].pop("law", None)


@settings(deadline=None, max_examples=30)
@given(number=st.integers(min_value=0, max_value=400))
def test_a_refresh_has_a_figure_or_is_found(number):
    """A number of days is what turns a hope into a promise."""
    sentence = f"Backups are refreshed within {number} days." if number else "Backups are refreshed."
    plant = put("rights/requests/erasure/backups/en", sentence)
    zh = put("rights/requests/erasure/backups/zh-Hans", f"{number} 天内" if number else "稍后")
    assert ("E710" in codes(both(plant, zh), {"E710"})) is (number == 0)


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_a_fault_is_told_in_both_languages(code):
    """What is wrong and what to do reads in English and in Chinese."""
    found = faults(FAULTS[code][0], code)
    assert found
    assert all(RULES[code].remedy)
    assert all(all(one.message) and (one.source or RULES[code].source) for one in found)
