# SPDX-License-Identifier: Apache-2.0
"""The general platform explains its special words."""

import pytest

from tests.promises import versions
from tests.promises.versions import cut, put

CHECKED = "policy.checked_before_publish"


@pytest.mark.upholds("S0-015", control=CHECKED)
def test_special_words_are_explained(house):
    """A version that takes a word out of the glossary, or uses one that is not in it, is refused."""
    versions.is_refused_until_put_right(
        house,
        "E123",
        cut("glossary/etag"),
        put("commitments/honest/text/en", "Full security cannot be guaranteed; we read no IMSI."),
    )
