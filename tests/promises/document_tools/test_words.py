# SPDX-License-Identifier: Apache-2.0
"""The words of the document tools' file: one name throughout, and nothing of another document."""

import pytest

from tests.promises import versions
from tests.promises.versions import put

CHECKED = "policy.checked_before_publish"
SENTENCE = "commitments/encryption/text"


@pytest.mark.upholds("S1-002", control=CHECKED)
def test_the_document_has_one_name(house):
    """A version that calls itself otherwise than its title is refused; under its own name it is taken."""
    versions.is_refused_until_put_right(
        house,
        "E122",
        put(f"{SENTENCE}/en", "By this statement data is encrypted; nothing is wholly safe."),
        put(f"{SENTENCE}/zh-Hans", "依本声明加密；任何措施均无法保证绝对安全。"),
    )


@pytest.mark.upholds("S1-083", control=CHECKED)
def test_a_line_of_another_document_is_stopped(house):
    """A line in another script, or one that names another site, is refused; without it the version is taken."""
    elsewhere = put(f"{SENTENCE}/en", "Nothing is wholly safe. See www.elsewhere.com.")
    assert "E055" in versions.refused_for(house, elsewhere)
    versions.is_refused_until_put_right(house, "E056", put(f"{SENTENCE}/en", "Nothing is wholly safe. 某某文库下载站"))
