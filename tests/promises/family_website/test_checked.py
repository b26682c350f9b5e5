# SPDX-License-Identifier: Apache-2.0
"""What the family website's file must say before it can be published: grounds under two laws, and children's rules."""

import pytest

from tests.promises import versions
from tests.promises.versions import cut, put

CHECKED = "policy.checked_before_publish"


@pytest.mark.upholds("S2-003", control=CHECKED)
def test_each_purpose_has_a_ground_under_each_law(house):
    """Legitimate interests, which European law knows and Chinese law does not, stand only beside one that it knows."""
    interests = put("purposes/improvement/basis", "legitimate-interests")
    assert "E405" in versions.refused_for(house, interests)
    elsewhere = put("purposes/improvement/basis-under", {"no-law": "consent"})
    assert {"E405", "E412"} <= versions.refused_for(house, interests, elsewhere)
    beside = put("purposes/improvement/basis-under", {"pipl": "consent"})
    assert versions.propose(house, interests, beside).version == 2


@pytest.mark.upholds("S2-156", control=CHECKED)
def test_rules_for_children_fill_their_four_topics(house):
    """A version whose children's rules are silent on sharing, on storage or on what a guardian may do is refused."""
    versions.is_refused_until_put_right(
        house, "E807", cut("children/grounds"), put("storage", {}), put("children/guardian/may", [])
    )
