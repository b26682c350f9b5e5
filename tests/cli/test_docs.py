# SPDX-License-Identifier: Apache-2.0
"""The pages of commands and words say what the program says."""

import subprocess
import sys

import pytest

from dev import command_docs

ROOT = command_docs.REFERENCE.parents[1]


@pytest.mark.parametrize("name", command_docs.PAGES)
def test_a_generated_page_is_up_to_date(name):
    """Run `python dev/command_docs.py` after a change of a help text or a term."""
    ask = f"import sys; from dev import command_docs; sys.stdout.write(command_docs.PAGES[{name!r}]())"
    made = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (command_docs.REFERENCE / name).read_text(encoding="utf-8") == made.stdout
