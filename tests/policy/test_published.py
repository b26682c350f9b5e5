# SPDX-License-Identifier: Apache-2.0
"""What is published beside the code is what the code says."""

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from tests.policy.planting import BABY, _Plain
from upheld import policy
from upheld.policy.reference import rules_page, sections_page

DOCS = Path(__file__).parents[2] / "docs" / "reference"


def test_the_schema_is_up_to_date():
    """Editors that use the published schema know the format as it is."""
    published = (DOCS / "policy.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(policy.json_schema(), indent=1, ensure_ascii=False) + "\n", "run dev/policy_docs.py"


@pytest.mark.parametrize(("marker", "page"), [("rules", rules_page), ("sections", sections_page)])
def test_the_reference_is_up_to_date(marker, page):
    """Every rule and every key is on the reference page, as it is."""
    text = (DOCS / "policy-format.md").read_text(encoding="utf-8")
    begin, end = f"<!-- {marker}: generated -->\n", f"<!-- {marker}: end -->"
    assert text.partition(begin)[2].partition(end)[0] == page(), "run dev/policy_docs.py"


def test_every_key_of_the_format_is_described():
    """Nobody has to guess at a section."""
    schema = policy.json_schema()
    sections = set(schema["properties"])
    assert {"upheld", "storage", "rights"} <= sections
    assert schema["$defs"]["StoragePeriod"]["properties"]["from"]["enum"][0] == "collection"


def test_the_example_on_the_page_is_a_policy():
    """The first example of the reference is read without findings of form."""
    text = (DOCS / "policy-format.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    assert policy.parse(example.encode(), "example.yaml").policy.policy == "small-shop"


@pytest.mark.parametrize("path", sorted(BABY.parent.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_accepts_the_policies(path):
    """A policy that can be read is valid by the schema too."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)
    jsonschema_rs.validator_for(policy.json_schema()).validate(data)
