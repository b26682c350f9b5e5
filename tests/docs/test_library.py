# SPDX-License-Identifier: Apache-2.0
"""`from upheld import policy, gate` is a library of its own: nothing of the house is loaded, and what its pages say is so."""

import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from upheld import gate, policy

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("django", "ninja", "granian", "psycopg", "pysqlite3", "sqlite3", "upheld.config", "upheld.storage")

ALONE = """
import sys
for name in {house!r}:
    sys.modules[name] = None  # importing it fails
from upheld import policy, gate, places
from upheld.terms import Act, Language
light = set(sys.modules)
parsed = policy.parse(places.policy_file("document-tools"))
findings = policy.check(parsed)
book = gate.compile(parsed.policy)
answer = gate.decide(book, gate.Facts(gate.NOBODY, gate.WorldFacts()), gate.Ask(act=Act.USE, purpose="profile"), 0)
gate.reason_out(answer, parsed.policy, Language.EN)
policy.render(parsed.policy, Language.ZH_HANS)
policy.diff(parsed.policy, parsed.policy)
for package in (policy, gate):
    for name in dir(package):
        getattr(package, name)
print(len(findings), answer.reasons[0].code, sorted(light & {{"pydantic", "yaml", "numpy", "upheld.policy.model"}}))
"""


@pytest.mark.parametrize("house", [HOUSE], ids=["alone"])
def test_it_works_where_nothing_else_can_be_imported(house):
    """Parse, check, compile, decide, reason, render, compare, and every public name; importing loads none of the heavy parts."""
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": ""}
    ended = subprocess.run(
        [sys.executable, "-c", ALONE.format(house=house)],
        capture_output=True, text=True, timeout=120, check=False, env=environment,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split()[0] == "0"
    assert ended.stdout.strip().endswith("[]")


@pytest.mark.parametrize("package", [policy, gate])
def test_every_public_name_is_what_a_type_checker_sees(package):
    """The names loaded when first used are those that the module declares for types."""
    source = Path(package.__file__).read_text(encoding="utf-8")
    declared = {
        line.rpartition(" as ")[2].partition(" ")[0].strip()
        for line in source.splitlines()
        if line.startswith("    from ")
    }
    assert declared == set(dir(package))
    with pytest.raises(AttributeError):
        _ = package.no_such_name


@pytest.mark.parametrize("page", ["docs/how-to/use-the-library.md"])
def test_what_a_page_shows_is_what_happens(page):
    """Each line at a prompt gives what stands below it."""
    done = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert done.attempted > 20
    assert done.failed == 0


@pytest.mark.parametrize("name", ["upheld.policy", "upheld.gate", "upheld.places"])
def test_examples_in_modules_hold(name):
    """The doctests of the packages that others import."""
    module = import_module(name)
    names = {one: getattr(module, one) for one in dir(module)} if name != "upheld.places" else vars(module)
    done = doctest.testmod(module, extraglobs=names)
    assert done.attempted > 0
    assert done.failed == 0
