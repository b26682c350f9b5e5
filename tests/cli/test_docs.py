# SPDX-License-Identifier: Apache-2.0
"""The pages of commands and words say what the program says."""

import pytest

from dev import command_docs


@pytest.mark.parametrize("name", command_docs.PAGES)
def test_a_generated_page_is_up_to_date(name):
    """Run `python dev/command_docs.py` after a change of a help text or a term."""
    assert (command_docs.REFERENCE / name).read_text(encoding="utf-8") == command_docs.PAGES[name]()
