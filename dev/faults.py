# SPDX-License-Identifier: Apache-2.0
"""Read the lists of faults in policies/as-published/ and write docs/reference/faults.md: each fault and what finds it."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from upheld.policy.findings import Finding
from upheld.policy.rules import RULES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "policies" / "as-published"
PAGE = ROOT / "docs" / "reference" / "faults.md"
NAMES = ("general-platform", "document-tools", "family-website", "jewellery-shop", "baby-device")
ANSWERS = ("found-by", "form", "beyond")
_KEYS = {"id", "promises", "place", "says", *ANSWERS}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One fault of a policy as published.

    Args:
        place: the path of the clause where it stands; empty for the whole file.
        found_by: codes of the rules that find it there.
        form: why the format cannot express it.
        beyond: why no program can find it.
    """

    id: str
    promises: tuple[str, ...]
    place: str
    says: str
    found_by: tuple[str, ...] = ()
    form: str = ""
    beyond: str = ""

    @property
    def answered(self) -> bool:
        """Say whether it is known what finds the fault, or why nothing does."""
        return bool(self.found_by or self.form or self.beyond)

    def is_met_by(self, finding: Finding, code: str) -> bool:
        """Say whether a finding is this fault's: that code, at this place or below it."""
        below = not self.place or f"{finding.clause}.".startswith(f"{self.place}.")
        return finding.code == code and below


def listed() -> list[str]:
    """Name the policies whose faults are listed, in the catalogue's order."""
    return [name for name in NAMES if (FOLDER / f"{name}.faults.yaml").exists()]


@cache
def faults_of(name: str) -> list[Listed]:
    """Read the faults of one policy.

    Raises:
        ValueError: the list is not of the form that policies/as-published/README.md describes.
    """
    path = FOLDER / f"{name}.faults.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(raw, dict) or set(raw) != {"faults"} or not isinstance(raw["faults"], list):
        raise ValueError(f"{path.name}: expected one key 'faults' with a list")
    faults = [_fault(path.name, name, row) for row in raw["faults"]]
    if len({fault.id for fault in faults}) != len(faults):
        raise ValueError(f"{path.name}: an id is used twice")
    return faults


def _fault(file: str, name: str, row: dict) -> Listed:
    about = row.get("id", "a fault without id") if isinstance(row, dict) else "an entry"
    if not isinstance(row, dict) or not _KEYS.issuperset(row) or not {"id", "promises", "place", "says"} <= set(row):
        raise ValueError(f"{file}: {about} has other keys than {', '.join(sorted(_KEYS))}, or lacks one")
    if not re.fullmatch(rf"{name}-\d{{2,3}}", row["id"]):
        raise ValueError(f"{file}: {about} is not named {name}-NN")
    if sum(answer in row for answer in ANSWERS) > 1:
        raise ValueError(f"{file}: {about} has more than one of {', '.join(ANSWERS)}")
    return Listed(
        id=row["id"],
        promises=tuple(row["promises"]),
        place=row["place"],
        says=row["says"],
        found_by=tuple(row.get("found-by", ())),
        form=row.get("form", ""),
        beyond=row.get("beyond", ""),
    )


def page() -> str:
    """Write the table of all faults."""
    every = {name: faults_of(name) for name in listed()}
    return "\n".join([_HEAD, *_summary(every), *(line for name in every for line in _table(name, every[name]))]) + "\n"


_HEAD = """# Faults and what finds them

Every fault of the five policies as published (`policies/as-published/`), and the rule of `upheld check` that finds it, or
why none does. *Not writable*: a file in this format cannot have the fault. *Judgement*: no program can find it.
Written by `dev/faults.py`; the rules are on the page of [the policy file](policy-format.md#rules).
"""


def _summary(every: dict[str, list[Listed]]) -> list[str]:
    rows = ["| policy | faults | found by a rule | not writable | judgement |", "|---|---|---|---|---|"]
    for name, faults in every.items():
        rows.append(_counts(f"[{name}](#{name})", faults))
    return [*rows, _counts("all", [fault for faults in every.values() for fault in faults])]


def _counts(label: str, faults: list[Listed]) -> str:
    found = sum(bool(one.found_by) for one in faults)
    form = sum(bool(one.form) for one in faults)
    return f"| {label} | {len(faults)} | {found} | {form} | {sum(bool(one.beyond) for one in faults)} |"


def _table(name: str, faults: list[Listed]) -> list[str]:
    head = ["", f"## {name}", "", "| fault | place | what is wrong | answer |", "|---|---|---|---|"]
    return [*head, *(_row(fault) for fault in faults)]


def _row(fault: Listed) -> str:
    number = fault.id.rpartition("-")[2]
    place = f"`{fault.place}`" if fault.place else "whole file"
    rows = f" ({', '.join(fault.promises)})" if fault.promises else ""
    return f"| {number} | {place} | {_cell(fault.says)}{rows} | {_cell(_answer(fault))} |"


def _answer(fault: Listed) -> str:
    if fault.found_by:
        return "; ".join(f"**{code}** {RULES[code].demands[0]}" for code in fault.found_by)
    if fault.form:
        return f"*Not writable:* {fault.form}"
    return f"*Judgement:* {fault.beyond}" if fault.beyond else "*open*"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
