# SPDX-License-Identifier: Apache-2.0
"""Reading the packs: each once, when it is first asked for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from upheld.policy.findings import Pair

_FOLDER: Final = Path(__file__).parent

Value = int | str | tuple[str, ...]
"""A number, a word or span of time, or a list of words."""


class Mark(StrEnum):
    """Whether an item was read in an official text or public page, or is from knowledge and still to be confirmed."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing that a pack demands.

    Args:
        rule: what it is about, as `child-age`; the same word in every pack.
        article: where the pack says it.
        since: the first day it is in force.
        until: the first day it no longer is.
        value: its figure, span or list; how it is read depends on `rule`.
        about: words that name what it is about, where it holds for some kinds of data only; in small letters.
        says: what it demands, in our words.
        short: the pack's short name, for citing.
    """

    rule: str
    article: str
    since: date
    until: date | None
    value: Value
    about: tuple[str, ...]
    mark: Mark
    says: Pair
    pack: str
    short: str

    @property
    def source(self) -> str:
        """Cite it; what was not confirmed says so."""
        cited = f"{self.short} {self.article}".strip()
        return cited if self.mark is Mark.CONFIRMED else f"{cited} (unconfirmed)"

    @property
    def number(self) -> int:
        """Give its figure.

        Raises:
            TypeError: the item has no figure.
        """
        if not isinstance(self.value, int):
            raise TypeError(f"{self.pack} {self.rule}: expected a figure")
        return self.value

    @property
    def words(self) -> tuple[str, ...]:
        """Give its list; a single word is a list of one."""
        return self.value if isinstance(self.value, tuple) else (str(self.value),)

    @property
    def text(self) -> str:
        """Give its one word or span of time."""
        return str(self.value)

    def is_in_force(self, on: date | None) -> bool:
        """Say whether it is in force on a day; no day means as things stand at the end of what the pack knows."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """One law, regulation or standard.

    Args:
        regions: where it binds a controller whether or not the policy names it; a standard binds who names it.
        must_be_named: whether a policy that it binds has to name it.
        title: its full name, as a pair.
    """

    id: str
    title: Pair
    short: str
    since: date
    until: date | None
    regions: tuple[str, ...]
    must_be_named: bool
    items: tuple[Item, ...]

    def is_in_force(self, on: date | None) -> bool:
        """Say whether it is in force on a day; no day means as things stand."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on < self.until)


@cache
def packs() -> Mapping[str, Pack]:
    """Give every pack by its id, as policies name it under `laws`."""
    return {path.stem: _pack(path) for path in sorted(_FOLDER.glob("*.toml"))}


Table = Mapping[str, object]


def _pack(path: Path) -> Pack:
    table: Table = tomllib.loads(path.read_text(encoding="utf-8"))
    since, until, short = _day(table, "from"), _last(table), _text(table, "short")
    rows = table.get("item", [])
    assert isinstance(rows, list)
    return Pack(
        id=path.stem,
        title=(_text(table, "en"), _text(table, "zh")),
        short=short,
        since=since,
        until=until,
        regions=_listed(table.get("regions", [])),
        must_be_named=table.get("must_be_named") is True,
        items=tuple(_item(path.stem, short, row, since, until) for row in rows),
    )


def _item(pack: str, short: str, row: Table, since: date, until: date | None) -> Item:
    value = row.get("value", "")
    return Item(
        rule=_text(row, "rule"),
        article=_text(row, "article"),
        since=_day(row, "from") if "from" in row else since,
        until=_last(row) if "until" in row else until,
        value=_listed(value) if isinstance(value, list) else value if isinstance(value, int) else str(value),
        about=_listed(row.get("about", [])),
        mark=Mark(_text(row, "mark")),
        says=(_text(row, "en"), _text(row, "zh")),
        pack=pack,
        short=short,
    )


def _text(table: Table, key: str) -> str:
    value = table[key]
    assert isinstance(value, str), key
    return value


def _day(table: Table, key: str) -> date:
    value = table[key]
    assert isinstance(value, date), key
    return value


def _last(table: Table) -> date | None:
    return _day(table, "until") if "until" in table else None


def _listed(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(str(one) for one in value)
