# SPDX-License-Identifier: Apache-2.0
"""What the file of the general platform must say before it can be published."""

import pytest

from tests.promises import versions
from tests.promises.versions import put

CHECKED = "policy.checked_before_publish"


@pytest.mark.upholds("S0-039", control=CHECKED)
def test_each_function_lists_exactly_what_it_takes(house):
    """A function without a list is refused, as is a list that names what nobody declared or keeps."""
    assert "E201" in versions.refused_for(house, put("functions/profile/collects", {"unheard": "optional"}))
    versions.is_refused_until_put_right(house, "E408", put("functions/profile/collects", {}))
