# SPDX-License-Identifier: Apache-2.0
"""From a file to a `Policy` with the place of every clause, or to findings that say what was expected and what came."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from upheld.policy.findings import Finding, Place, PolicyUnreadable, Severity
from upheld.policy.model import Policy
from upheld.policy.reading.compose import Places, Plain, compose
from upheld.policy.reading.decode import MAX_BYTES, decode
from upheld.policy.reading.trouble import Unreadable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_MOST_FINDINGS: Final = 200
"""Past these a reader learns nothing more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed:
    """A policy as it was read, and where in its file everything stands."""

    policy: Policy
    places: Mapping[str, Place]
    """Clause path (`storage.account.keep`) to line and column."""
    name: str

    def place(self, path: str) -> Place:
        """Find the place of a path, or of the nearest part around it."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path, Place(1, 1))


def parse(source: Path | str | bytes, name: str | None = None) -> Parsed:
    """Read a policy file.

    Args:
        source: The file's path, or its bytes.
        name: What findings call the file; by default its path.

    Raises:
        PolicyUnreadable: it is no policy; the findings say where and why.
    """
    shown = name or ("policy" if isinstance(source, bytes) else str(source))
    try:
        data = source if isinstance(source, bytes) else _read(Path(source))
        plain, places = compose(decode(data))
    except Unreadable as error:
        finding = Finding(
            code=error.code,
            severity=Severity.ERROR,
            clause="",
            file=shown,
            line=error.place.line,
            column=error.place.column,
            message=error.message,
            remedy=error.remedy,
        )
        raise PolicyUnreadable((finding,)) from None
    known = _of_known_format(plain, places, shown)
    return Parsed(policy=_shape(known, places, shown), places=_by_clause(places), name=shown)


def _read(path: Path) -> bytes:
    """Read at most one byte more than may come, so that a huge file costs nothing."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size > MAX_BYTES:
                message = f"expected at most {MAX_BYTES} bytes, {size} came"
                raise Unreadable("E002", Place(1, 1), message, "split or shorten the file")
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable("E001", Place(1, 1), f"cannot be read: {reason}", "give the path of a policy file") from None


def _of_known_format(plain: Plain, places: Places, name: str) -> dict[str, Plain]:
    """Refuse a format version that nobody here can read, before anything else is judged by it."""
    tell = partial(Finding, severity=Severity.ERROR, clause="upheld", file=name)
    line, column = places.get(("upheld",), Place(1, 1))
    if not isinstance(plain, dict) or "upheld" not in plain:
        message = "expected a policy file, which starts with 'upheld: 1'"
        raise PolicyUnreadable(
            (tell(code="E011", line=1, column=1, message=message, remedy="add the line 'upheld: 1'"),)
        )
    version = plain["upheld"]
    if type(version) is not int or version not in _READERS:
        message = f"expected format version {' or '.join(map(str, _READERS))}, {_shown(version)} came"
        remedy = "write 'upheld: 1', or use an Upheld that knows this version"
        raise PolicyUnreadable((tell(code="E012", line=line, column=column, message=message, remedy=remedy),))
    return plain


def _read_1(plain: dict[str, Plain]) -> Policy:
    """Read format version 1; JSON lets strict models read lists as tuples, text as dates, and nothing else as another."""
    return Policy.model_validate_json(json.dumps(plain), by_alias=True, by_name=False)


_READERS: Final[Mapping[Plain, Callable[[dict[str, Plain]], Policy]]] = {1: _read_1}
"""By format version. A version stays readable for ever: its reader turns it into the present model."""


def _shape(plain: dict[str, Plain], places: Places, name: str) -> Policy:
    from pydantic import ValidationError  # noqa: PLC0415 - already loaded by the model

    try:
        return _READERS[plain["upheld"]](plain)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    findings = dict.fromkeys(_finding(detail, places, name) for detail in details[:_MOST_FINDINGS])
    raise PolicyUnreadable(tuple(sorted(findings, key=lambda one: (one.line, one.column))))


def _finding(detail: "ErrorDetails", places: Places, name: str) -> Finding:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    known = path
    while known and known not in places:
        known = known[:-1]
    line, column = places.get(known, Place(1, 1))
    return Finding(
        code=_CODES.get(detail["type"], "E020"),
        severity=Severity.ERROR,
        clause=".".join(map(str, known)),
        file=name,
        line=line,
        column=column,
        message=_message(detail, path),
        remedy=_REMEDIES.get(detail["type"], "write what is expected; see docs/reference/policy-format.md"),
    )


_CODES: Final = {"extra_forbidden": "E021", "missing": "E022"}
_REMEDIES: Final = {
    "extra_forbidden": "remove the key or correct its spelling; see docs/reference/policy-format.md",
    "missing": "add the key; see docs/reference/policy-format.md",
}


def _message(detail: "ErrorDetails", path: tuple[str | int, ...]) -> str:
    last = _named(path)
    if detail["type"] == "extra_forbidden":
        return f"the format has no key {last} here"
    if detail["type"] == "missing":
        return f"the key {last} is missing"
    return f"{last}: expected {_expected(detail)}; {_shown(detail['input'])} came"


def _named(path: tuple[str | int, ...]) -> str:
    """Name what is wrong by its key, and by its number within a list."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "policy")
    return f"entry {path[-1] + 1} of '{key}'" if path and isinstance(path[-1], int) else f"'{key}'"


_EXPECTED: Final = {
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "int_type": "a whole number",
    "model_type": "a mapping",
    "string_type": "text",
    "too_short": "at least one entry",
    "tuple_type": "a list",
}


def _expected(detail: "ErrorDetails") -> str:
    if detail["type"] == "string_pattern_mismatch":
        return f"text of the form {detail['ctx']['pattern']}"
    if detail["type"] in _EXPECTED:
        return _EXPECTED[detail["type"]]
    said = detail["msg"]
    for start in ("Value error, ", "Input should be ", "expected "):
        said = said.removeprefix(start)
    return said.replace("_", "-")


def _shown(value: object) -> str:
    """Show what came, shortly."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (str, int, float, bool)) else "something else"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _by_clause(places: Places) -> dict[str, Place]:
    return {".".join(map(str, path)): place for path, place in places.items()}
