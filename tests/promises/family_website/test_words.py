# SPDX-License-Identifier: Apache-2.0
"""The family website says openly that no safeguard is perfect."""

import pytest

from tests.promises import versions
from tests.promises.versions import put, words

CHECKED = "policy.checked_before_publish"
SENTENCE = "commitments/honest/text"


@pytest.mark.upholds("S2-061", control=CHECKED)
def test_no_safeguard_is_called_perfect(house):
    """Without the sentence on the risk that is left, or with a claim of absolute safety, a version is refused."""
    assert "E120" in versions.refused_for(house, put(SENTENCE, words("We take care.", "我们会小心。")))
    versions.is_refused_until_put_right(
        house,
        "E119",
        put(SENTENCE, words("Your data is completely safe.", "没有绝对安全的措施。")),
        put(SENTENCE, words("No measure is perfect.", "我们的措施万无一失。")),
    )
