# SPDX-License-Identifier: Apache-2.0
"""What the tests claim fits the catalogue: the right policy, a control of the clause, and no more than it upholds."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from upheld.controls import CONTROLS
from upheld.policy.binding import bind
from upheld.policy.parsing import parse
from upheld.terms import Kind

ROOT = Path(__file__).parents[2]
PROMISES = ROOT / "tests" / "promises"
FOLDERS = sorted(folder for folder in PROMISES.glob("*_*") if folder.is_dir() and any(folder.glob("test_*.py")))


def claims(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every (place, promise, control) that the folder's tests claim, read without running them."""
    for file in sorted(folder.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = constants(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            control = next((keyword.value for keyword in node.keywords if keyword.arg == "control"), None)
            if isinstance(node.func, ast.Attribute) and node.func.attr == "upholds":
                promises = node.args
            elif isinstance(node.func, ast.Name) and node.func.id == "claim":
                promises = node.args[:1]
            else:
                continue
            name = named[control.id] if isinstance(control, ast.Name) else control.value
            for promise in promises:
                yield f"{file.name}:{node.lineno}", promise.value, name


def constants(tree: ast.Module) -> dict[str, object]:
    """The constants that a module gives a name to, and those that it takes from another module of the tests."""
    named: dict[str, object] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests."):
            known = constants_of(node.module)
            named |= {one.asname or one.name: known[one.name] for one in node.names if one.name in known}
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            named |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    return named


@cache
def constants_of(module: str) -> dict[str, object]:
    """The constants of a module of the tests; none of a package, or of one that is not there."""
    file = (ROOT / module.replace(".", "/")).with_suffix(".py")
    return constants(ast.parse(file.read_text(encoding="utf-8"))) if file.is_file() else {}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_claim_names_a_promise_of_its_own_policy(folder):
    """The tests of one policy claim nothing for another."""
    text = (ROOT / "obligations" / f"{folder.name.replace('_', '-')}.jsonl").read_text(encoding="utf-8")
    ids = {json.loads(line)["id"] for line in text.splitlines()}
    assert [] == [(place, promise) for place, promise, _ in claims(folder) if promise not in ids]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_claim_rests_on_a_control_of_its_clause(folder):
    """The board shows a promise by its clause, so the clause must name the control that the claim takes out."""
    name = folder.name.replace("_", "-")
    controls = {clause.id: clause.controls for clause in bind(parse(ROOT / "policies" / f"{name}.yaml").policy)}
    text = (ROOT / "obligations" / f"{name}.jsonl").read_text(encoding="utf-8")
    clauses = {row["id"]: row["clause"] for row in map(json.loads, text.splitlines())}
    strange = [
        (place, promise, control, clauses[promise])
        for place, promise, control in claims(folder)
        if promise in clauses and control not in controls[clauses[promise]]
    ]
    assert [] == strange, "name the control on the clause, or file the row under the clause that has it"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_claimed_on_an_attestation_alone(folder):
    """A person's word upholds no promise that the catalogue wants software to enforce or detect."""
    text = (ROOT / "obligations" / f"{folder.name.replace('_', '-')}.jsonl").read_text(encoding="utf-8")
    wanted = {row["id"]: row["control"] for row in map(json.loads, text.splitlines())}
    weak = [
        (place, promise, control)
        for place, promise, control in claims(folder)
        if CONTROLS[control].kind is Kind.ATTESTED and wanted.get(promise) != "attested"
    ]
    assert [] == weak
