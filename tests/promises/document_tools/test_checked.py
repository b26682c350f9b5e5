# SPDX-License-Identifier: Apache-2.0
"""What the file of the document tools must say before it can be published."""

import pytest

from tests.promises import versions
from tests.promises.versions import cut, put
from upheld.policy import PolicyUnreadable

CHECKED = "policy.checked_before_publish"


@pytest.mark.upholds("S1-015", control=CHECKED)
def test_each_use_has_a_recorded_ground(house):
    """A function or purpose on a ground that the law lacks is refused, and a file that leaves one out is not read."""
    for one in ("functions/documents", "purposes/improvement"):
        with pytest.raises(PolicyUnreadable):
            versions.propose(house, cut(f"{one}/basis"))
    versions.is_refused_until_put_right(
        house,
        "E405",
        put("functions/documents/basis", "legitimate-interests"),
        put("purposes/improvement/basis", "legitimate-interests"),
    )
