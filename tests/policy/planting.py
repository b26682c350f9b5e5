# SPDX-License-Identifier: Apache-2.0
"""Plant one fault in a policy that is clean, and look what the check says."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from upheld import policy
from upheld.policy.model import Policy
from upheld.policy.packs import law_of
from upheld.policy.parsing import Parsed
from upheld.policy.rules import RULES, Fault

BABY = Path(__file__).parents[2] / "policies" / "baby-device.yaml"

Plant = Callable[[dict], object]


class _Plain(yaml.CSafeLoader):
    """Reads no dates and no `no`, as the parser does."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":bool", ":int", ":float"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@cache
def clean(path: Path = BABY) -> str:
    """Give a policy file's plain data as JSON: a copy of it is one reading away."""
    return json.dumps(yaml.load(path.read_text(encoding="utf-8"), Loader=_Plain), ensure_ascii=False)


def planted(plant: Plant | None = None) -> Parsed:
    """Give the baby-device policy with one fault planted."""
    return _unplanted() if plant is None else read(_changed(plant), "planted.yaml")


@cache
def _unplanted() -> Parsed:
    return read(_changed(None), "planted.yaml")


def read(data: dict, name: str) -> Parsed:
    """Read a policy's plain data; as text, which costs ten times as much, only for who asks where something stands.

    Raises:
        PolicyUnreadable: it is no policy.
    """
    try:
        found = Policy.model_validate_json(json.dumps(data), by_alias=True, by_name=False)
    except ValidationError:
        return policy.parse(_written(data).encode(), name)
    return Parsed(policy=found, places=_Places(data), name=name)


class _Places(Mapping):
    """Where everything stands in a policy's data once it is written."""

    def __init__(self, data: dict) -> None:
        self._data = data

    @cached_property
    def _found(self) -> Mapping[str, policy.Place]:
        return policy.parse(_written(self._data).encode(), "planted.yaml").places

    def __getitem__(self, path: str) -> policy.Place:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def source(plant: Plant | None = None) -> str:
    """Give its text, which the fault may have made unreadable; JSON is YAML, and quicker to write."""
    return _written(_changed(plant))


def _changed(plant: Plant | None) -> dict:
    data = json.loads(clean())
    if plant is not None:
        plant(data)
    return data


def _written(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


def codes(plant: Plant | None = None, among: Iterable[str] = RULES) -> set[str]:
    """Give the codes of the rules that find something once the fault is planted; of these rules, or of all."""
    found = planted(plant).policy
    law = law_of(found)
    return {code for code in among if list(RULES[code].look(found, law))}


def faults(plant: Plant | None, code: str) -> list[Fault]:
    """Give what one rule finds once the fault is planted."""
    found = planted(plant).policy
    return list(RULES[code].look(found, law_of(found)))


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
