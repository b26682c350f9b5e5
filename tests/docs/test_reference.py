# SPDX-License-Identifier: Apache-2.0
"""The reference says what the code says: nothing is missing from it, and nothing in it is stale."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from dev import reference_docs
from upheld.config import environment
from upheld.controls import CONTROLS
from upheld.gate.rules import RULES
from upheld.people.permissions import Permission, Role
from upheld.policy.rules import RULES as POLICY_RULES
from upheld.promises.inspectors.base import BY_EVENT, JUDGED
from upheld.terms import Kind

REFERENCE = reference_docs.REFERENCE


def said(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(reference_docs.PAGES))
def test_a_page_made_from_the_code_is_as_the_code_makes_it_now(name):
    assert said(name) == reference_docs.PAGES[name](), "run dev/reference_docs.py"


def test_every_control_is_documented():
    page = said("controls.md")

    assert [name for name in CONTROLS if f"`{name}`" not in page] == []


def test_every_control_is_said_in_both_languages():
    page = said("controls.md")

    assert [one.name for one in CONTROLS.values() if f"{one.en}<br>{one.zh_hans}" not in page] == []


def test_every_enforced_control_is_asked_for_by_some_rule():
    places = reference_docs.enforced_in()

    assert [one.name for one in CONTROLS.values() if one.kind is Kind.ENFORCED and not places.get(one.name)] == []
    assert sorted(set(places) - set(CONTROLS)) == []


def test_every_inspector_that_judges_a_control_is_named_beside_it():
    assert {name for name, found in reference_docs.judged_by().items() if found} == JUDGED


def test_every_kind_of_evidence_is_documented_in_words():
    page = said("events.md")
    kinds = [(enum, name, member) for enum in reference_docs.event_enums() for name, member in enum.__members__.items()]

    assert [member.value for _, _, member in kinds if f"`{member.value}`" not in page] == []
    assert [member.value for enum, name, member in kinds if not reference_docs.member_docs(enum).get(name)] == []


def test_no_kind_of_evidence_escapes_the_search_for_enumerations():
    """A kind that the inspectors read, or that people get receipts of, is a member of some enumeration."""
    known = {member.value for enum in reference_docs.event_enums() for member in enum}
    assert set(BY_EVENT) - known == set()


def test_every_table_is_documented_with_how_it_is_erased():
    page = said("tables.md")
    tables = list(apps.get_app_config("upheld").get_models())

    assert [one.__name__ for one in tables if f"`{one.__name__}`" not in page or one.erased.note not in page] == []


def test_every_variable_that_the_configuration_reads_is_documented():
    config = Path(environment.__file__).parent
    read = set()
    for file in config.glob("*.py"):
        if file.name != "settings_test.py":
            read |= set(re.findall(r'"(UPHELD_[A-Z_]+)"', file.read_text(encoding="utf-8")))

    assert sorted(one for one in read if f"`{one}`" not in said("settings.md")) == []


def test_the_example_of_an_environment_names_only_what_is_documented():
    example = (reference_docs.ROOT / "deploy" / "environment.example").read_text(encoding="utf-8")

    assert [
        one for one in re.findall(r"^([A-Z_]+)=", example, re.MULTILINE) if f"`{one}`" not in said("settings.md")
    ] == []


def test_every_permission_and_role_is_documented():
    page = said("permissions.md")

    assert [one.value for one in Permission if f"`{one.value}`" not in page] == []
    assert [one.value for one in Role if f" {one.value} |" not in page] == []


def test_every_reason_of_the_gate_is_documented():
    page = said("denials.md")

    assert [rule.code for rule in RULES if f"`{rule.code}`" not in page] == []


def test_every_rule_of_the_policy_file_is_documented():
    page = said("policy-format.md")
    assert [code for code in sorted(POLICY_RULES) if f"| {code} |" not in page] == []
