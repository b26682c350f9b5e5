# SPDX-License-Identifier: Apache-2.0
"""Lawful variations of the five policies: whatever a company could lawfully write, no rule objects to."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.policy import planting
from tests.policy.planting import _Plain, clean
from upheld import gate
from upheld.policy.checking import check
from upheld.policy.model import Policy
from upheld.policy.parsing import Parsed, parse

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "variations"
KEYS = {"id", "lawful", "put", "cut", "only", "all-functions"}
LEAST = 30


@cache
def read(path: Path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain)


VARIATIONS = [
    pytest.param(path.stem, variation, id=f"{path.stem}-{variation['id']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for variation in read(path)
]


@cache
def unvaried(name: str) -> Policy:
    return parse(ROOT / "policies" / f"{name}.yaml").policy


def varied(name: str, variation: dict) -> Parsed:
    """Give a policy with a variation."""
    data = json.loads(clean(ROOT / "policies" / f"{name}.yaml"))
    for path in variation.get("cut", ()):
        place, last = _place(data, path)
        del place[last]
    for path, value in variation.get("put", {}).items():
        place, last = _place(data, path)
        place[last] = value
    for section in ("functions", "purposes"):
        for entry in data.get(section, {}).values():
            entry.update(variation.get("all-functions", {}))
    if only := variation.get("only"):
        data = _in(only, data) | {"languages": [only]}
    return planting.read(data, f"{variation['id']}.yaml")


def _place(data, path: str):
    *way, last = path.split("/")
    for key in way:
        data = data[int(key)] if isinstance(data, list) else data.setdefault(key, {})
    return data, last


def _in(language: str, value):
    """Keep one language of all words."""
    if isinstance(value, dict):
        if set(value) <= {"en", "zh-Hans"}:
            return {language: value[language]} if value else value
        return {key: _in(language, one) for key, one in value.items()}
    return [_in(language, one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("name", "variation"), VARIATIONS)
def test_no_rule_objects_to_what_is_lawful(name, variation):
    """A lawful variation differs from the policy that it varies, has no finding, and can be run."""
    parsed = varied(name, variation)
    assert parsed.policy != unvaried(name)
    assert [] == [str(finding) for finding in check(parsed)]
    gate.compile(parsed.policy)


def test_there_are_enough_and_each_says_why_it_is_lawful():
    """Thirty at least, each with a name of its own and a reason."""
    assert len(VARIATIONS) >= LEAST
    names = [param.id for param in VARIATIONS]
    assert len(names) == len(set(names))
    for param in VARIATIONS:
        _, variation = param.values
        assert set(variation) <= KEYS
        assert len(variation["lawful"]) > 20
