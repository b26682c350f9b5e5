# SPDX-License-Identifier: Apache-2.0
"""The policies as published: each is refused, and each of its listed faults is found where it stands."""

import json
from functools import cache

import pytest
from click.testing import CliRunner

from dev.faults import FOLDER, NAMES, PAGE, ROOT, Listed, faults_of, listed, page
from upheld.cli import policies
from upheld.policy.checking import check
from upheld.policy.findings import Finding
from upheld.policy.parsing import Parsed, parse
from upheld.policy.rules import RULES

FAULTS = [pytest.param(name, fault, id=fault.id) for name in listed() for fault in faults_of(name)]
FOUND = [param for param in FAULTS if param.values[1].found_by]


@cache
def parsed(name: str) -> Parsed:
    return parse(FOLDER / f"{name}.yaml")


@cache
def findings(name: str) -> tuple[Finding, ...]:
    return tuple(check(parsed(name)))


@cache
def rows(name: str) -> frozenset[str]:
    text = (ROOT / "obligations" / f"{name}.jsonl").read_text(encoding="utf-8")
    return frozenset(json.loads(row)["id"] for row in text.splitlines())


@pytest.mark.parametrize("name", listed())
def test_a_policy_as_published_is_refused(name: str):
    """Its file can be read, and `upheld check` ends with exit code 1; the corrected one ends with 0."""
    assert 1 == CliRunner().invoke(policies.check, [str(FOLDER / f"{name}.yaml")]).exit_code
    assert 0 == CliRunner().invoke(policies.check, [str(ROOT / "policies" / f"{name}.yaml")]).exit_code


@pytest.mark.parametrize(("name", "fault"), FOUND)
def test_a_fault_is_found_where_it_stands(name: str, fault: Listed):
    """Each rule that is said to find a fault reports it at the fault's place, and nothing in the corrected policy."""
    for code in fault.found_by:
        assert code in RULES
        assert any(fault.is_met_by(one, code) for one in findings(name)), f"{code} at '{fault.place}'"


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_fault_belongs_to_promises_and_to_a_place(name: str, fault: Listed):
    """The rows it names are in the catalogue, and its place is in the file unless it is what is missing."""
    assert set(fault.promises) <= rows(name)
    top = fault.place.partition(".")[0].replace("-", "_")
    assert not top or top in type(parsed(name).policy).model_fields


def test_no_fault_lacks_an_answer():
    """Of each fault it is said what finds it, or why a file cannot have it, or why no program can see it."""
    assert list(NAMES) == listed()
    assert [] == [fault.id for name in NAMES for fault in faults_of(name) if not fault.answered]


def test_the_table_is_the_lists():
    """docs/reference/faults.md is what `dev/faults.py` writes."""
    assert PAGE.read_text(encoding="utf-8") == page()
