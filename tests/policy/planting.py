# SPDX-License-Identifier: Apache-2.0
"""Plant one fault in a policy that is clean, and look what the check says."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import yaml

from upheld import policy

BABY = Path(__file__).parents[2] / "policies" / "baby-device.yaml"

Plant = Callable[[dict], object]


class _Plain(yaml.CSafeLoader):
    """Reads no dates and no `no`, as the parser does."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":bool", ":int", ":float"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def _clean() -> dict:
    return yaml.load(BABY.read_text(encoding="utf-8"), Loader=_Plain)


def planted(plant: Plant | None = None) -> policy.Parsed:
    """Give the baby-device policy with one fault planted."""
    return policy.parse(source(plant).encode(), "planted.yaml")


def source(plant: Plant | None = None) -> str:
    """Give its text, which the fault may have made unreadable; JSON is YAML, and quicker to write."""
    data = deepcopy(_clean())
    if plant is not None:
        plant(data)
    return json.dumps(data, ensure_ascii=False, indent=1)


def codes(plant: Plant | None = None) -> set[str]:
    """Give the codes of what a check finds once the fault is planted."""
    return {finding.code for finding in policy.check(planted(plant))}


def put(path: str, value: object) -> Plant:
    """Plant a value at a path; `/` separates keys, since ids have dots."""

    def plant(data: dict) -> None:
        *way, last = path.split("/")
        for key in way:
            data = data[int(key) if isinstance(data, list) else key]
        data[int(last) if isinstance(data, list) else last] = value

    return plant


def cut(path: str) -> Plant:
    """Remove what stands at a path."""

    def plant(data: dict) -> None:
        *way, last = path.split("/")
        for key in way:
            data = data[int(key) if isinstance(data, list) else key]
        del data[int(last) if isinstance(data, list) else last]

    return plant


def add(path: str, value: object) -> Plant:
    """Append to the list at a path."""

    def plant(data: dict) -> None:
        for key in path.split("/"):
            data = data[int(key) if isinstance(data, list) else key]
        data.append(value)

    return plant


def both(*plants: Plant) -> Plant:
    """Plant several."""

    def plant(data: dict) -> None:
        for one in plants:
            one(data)

    return plant


def words(en: str = "some words", zh: str = "一些文字") -> dict[str, str]:
    """Words in both languages."""
    return {"en": en, "zh-Hans": zh}
