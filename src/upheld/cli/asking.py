# SPDX-License-Identifier: Apache-2.0
"""The question that `explain` is given: a JSON file with an ask, and what is said of the person and of the world.

A file that asks nothing that can be decided is refused with the place and with what was expected there.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from upheld.errors import BadInput
from upheld.terms import Act, Actor, AgeBand

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_BYTES: Final = 1_000_000
"""A question of a thousand names has not a tenth of that."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AskedFor(_Part):
    """The ask."""

    act: Act
    purpose: str
    categories: tuple[str, ...] = ()
    actor: Actor = Actor.SELF
    recipient: str | None = None
    ground: str | None = None
    evidence: Mapping[str, str] = Field(default_factory=dict)
    permission: str | None = None
    foreground: bool = True
    destination: str | None = None
    form: str | None = None
    source: str | None = None
    declared: bool = False


class StatedPerson(_Part):
    """What is said of the person; everything left out is not so."""

    topics: tuple[str, ...] = ()
    guardian_topics: tuple[str, ...] = ()
    objected: tuple[str, ...] = ()
    age: AgeBand = AgeBand.UNKNOWN
    guardian: bool = False
    restricted: bool = False
    cancelled: bool = False


class Question(_Part):
    """One question to the gate."""

    ask: AskedFor
    person: StatedPerson = StatedPerson()
    recipients_ready: tuple[str, ...] = ()
    """Recipients whose papers are in force."""
    sources_ready: tuple[str, ...] = ()
    """Sources whose papers are in force."""
    successor_bound: bool = False
    """Whether whoever takes the product over is bound by the policy."""
    at: datetime | None = None
    """The moment asked about; the version's effective date if none is given."""


def question(ask_file: Path) -> Question:
    """Read a question.

    Raises:
        BadInput: the file is no question: where, what was expected, and what came.
    """
    try:
        said = json.loads(_read(ask_file))
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"{ask_file.name}, {place}: expected JSON; {error.msg[0].lower()}{error.msg[1:]}") from None
    except (ValueError, RecursionError):  # of the ValueErrors: no UTF-8, or a number too long to be read
        raise BadInput(f"{ask_file.name}: expected JSON in UTF-8, not nested too deeply, no endless numbers") from None
    try:
        return Question.model_validate(said)
    except ValidationError as error:
        wrong = "; ".join(_wrong(error))
        raise BadInput(f"{ask_file.name} asks nothing that can be decided: {wrong}") from None


def _read(ask_file: Path) -> str:
    with ask_file.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadInput(f"{ask_file.name}: expected at most {MAX_BYTES} bytes")
    return content.decode("utf-8")


def _wrong(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False)[:5]:
        place = ".".join(map(str, detail["loc"])) or "the whole file"
        yield f"{place}: {_expected(detail)}"


def _expected(detail: "ErrorDetails") -> str:
    match detail["type"]:
        case "missing":
            return "expected this key, and it is missing"
        case "extra_forbidden":
            known = _keys_at(detail["loc"][:-1])
            near = get_close_matches(str(detail["loc"][-1]), known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(sorted(known))}"
            return f"there is no such key{hint}"
        case "enum":
            return f"expected {detail['ctx']['expected']}"
        case _:
            said = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            return f"expected {said[0].lower()}{said[1:]}"


def _keys_at(place: tuple[int | str, ...]) -> tuple[str, ...]:
    parts: dict[tuple[int | str, ...], type[BaseModel]] = {(): Question, ("ask",): AskedFor, ("person",): StatedPerson}
    return tuple(parts[place].model_fields) if place in parts else ()
