# SPDX-License-Identifier: Apache-2.0
"""From text to plain data with places, by YAML's event stream alone.

PyYAML's C composer calls itself for every level and takes the process down at some ten thousand brackets; its scanner
does not. So the events are read one by one, bounded as they come, and put together here without recursion. What YAML
guesses and people do not mean is left out: `no`, dates and `12:30:45` stay text; only true, false, whole numbers and
decimals are read as such. Anchors, aliases, tags, merge keys and further documents are refused: a policy reads from top
to bottom, once.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Protocol

import yaml

from upheld.policy.findings import Place
from upheld.policy.reading.decode import refuse_deceiving
from upheld.policy.reading.trouble import Unreadable

MAX_DEPTH: Final = 40
"""The format itself is 8 deep."""
MAX_NODES: Final = 50_000
"""The largest of the five policies has some 4,000."""

Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]
Places = dict[Path, Place]

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    value: dict[str, Plain] | list[Plain]
    path: Path
    key: str | None = None
    seen: dict[str, Place] = field(default_factory=dict)


def compose(text: str) -> tuple[Plain, Places]:
    """Read text as one YAML document.

    Returns:
        The plain data, and the place of every value in it (of its key, where it has one).

    Raises:
        Unreadable: it is no YAML, or more than a policy may use of YAML.
    """
    composer = _Composer()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        raise Unreadable("E005", _place(error.problem_mark), f"no YAML: {error.problem}", _FIX_YAML) from None
    except yaml.YAMLError as error:
        raise Unreadable("E005", Place(1, 1), f"no YAML: {error}", _FIX_YAML) from None
    if composer.documents == 0:
        raise Unreadable("E006", Place(1, 1), "expected a policy, an empty file came", "write the policy")
    return composer.root, composer.places


_FIX_YAML: Final = "correct the indentation, quotes or brackets at this place"


class _Composer:
    """Puts events together, keeping the open mappings and lists on a stack of its own."""

    def __init__(self) -> None:
        self.root: Plain = ""
        self.places: Places = {}
        self.documents = 0
        self._nodes = 0
        self._stack: list[_Open] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event of the stream."""
        place = _place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Unreadable("E006", place, "expected one document, a second came", "keep one policy per file")
        elif isinstance(event, yaml.AliasEvent):
            raise Unreadable("E007", place, "expected a value, an alias came", "write the value out")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, event, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], event, place)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        self._bound(event, place)
        refuse_deceiving(event.value, place)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            _name(top, event.value, place)
            return
        self._add(_resolve(event), place)

    def _start(self, value: dict[str, Plain] | list[Plain], event: yaml.Event, place: Place) -> None:
        self._bound(event, place)
        if len(self._stack) >= MAX_DEPTH:
            raise Unreadable("E008", place, f"expected at most {MAX_DEPTH} levels, more came", "nest less")
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            raise Unreadable("E009", place, "expected a plain key, a list or mapping came", "write a plain key")
        path = self._add(value, place)
        self._stack.append(_Open(value, path))

    def _bound(self, event: yaml.Event, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise Unreadable("E008", place, f"expected at most {MAX_NODES} values, more came", "shorten the file")
        if getattr(event, "anchor", None):
            raise Unreadable("E007", place, "expected a value, an anchor came", "write values out where they stand")
        if getattr(event, "tag", None):
            raise Unreadable("E007", place, "expected a plain value, a tag came", "remove the tag")

    def _add(self, value: Plain, place: Place) -> Path:
        if not self._stack:
            self.root = value
            self.places[()] = place
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            path: Path = (*top.path, len(top.value))
            top.value.append(value)
            self.places[path] = place
            return path
        key = top.key or ""
        path = (*top.path, key)
        top.value[key] = value
        self.places[path] = top.seen[key]
        top.key = None
        return path


def _name(top: _Open, key: str, place: Place) -> None:
    """Take a scalar as the next key of an open mapping."""
    if key == "<<":
        raise Unreadable("E007", place, "expected a key, a merge key came", "write the values out")
    if not key:
        raise Unreadable("E009", place, "expected a key, an empty one came", "give the key a name")
    if key in top.seen:
        first = top.seen[key]
        raise Unreadable("E010", place, f"the key '{key}' came before, on line {first.line}", "keep one of the two")
    top.seen[key] = place
    top.key = key


def _resolve(event: yaml.ScalarEvent) -> Plain:
    """Read true, false, whole numbers and decimals; all else is text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


class _Mark(Protocol):
    """What both of PyYAML's marks have in common."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def _place(mark: _Mark | None) -> Place:
    return Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)
