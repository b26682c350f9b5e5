# SPDX-License-Identifier: Apache-2.0
"""How an inspector is written, and the page where all of them are listed by what they look at.

An entry inspector reads one entry and says nothing, or one finding for each control it judges. A state inspector looks
at the data once. Neither asks a control anything: they compare what was found with what the policy needs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from upheld.policy import Policy
from upheld.promises.values import Seen


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What an inspector found of one control.

    Args:
        control: the control judged.
        kept: whether its promise was kept here.
        why: a short code, when it was not.
        about: clauses it bears on, if the policy binds them to the control; none means all that it binds.
        at_risk: not broken yet, and will be if nobody acts.
    """

    control: str
    kept: bool = True
    why: str = ""
    about: tuple[str, ...] = ()
    at_risk: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Now:
    """What a state inspector is given."""

    at: datetime
    policy: Policy
    details: list[str] = field(default_factory=list)


EntryInspector = Callable[[Seen], Iterable[Finding]]
StateInspector = Callable[[Now], Iterable[Finding]]

BY_EVENT: Final[dict[str, list[EntryInspector]]] = {}
BY_STATE: Final[list[StateInspector]] = []
JUDGED: Final[set[str]] = set()
"""Controls that some inspector can judge; any other is not observed."""


def inspects(*controls: str, events: Iterable[str]) -> Callable[[EntryInspector], EntryInspector]:
    """List an inspector of entries under the events it reads and the controls it judges."""

    def listed(inspector: EntryInspector) -> EntryInspector:
        for event in events:
            BY_EVENT.setdefault(str(event), []).append(inspector)
        JUDGED.update(controls)
        return inspector

    return listed


def looks(*controls: str) -> Callable[[StateInspector], StateInspector]:
    """List an inspector of the data as it stands, under the controls it judges."""

    def listed(inspector: StateInspector) -> StateInspector:
        BY_STATE.append(inspector)
        JUDGED.update(controls)
        return inspector

    return listed


def judge(seen: Seen) -> Iterator[Finding]:
    """Let every inspector of this kind of entry say what it finds."""
    for inspector in BY_EVENT.get(seen.event, ()):
        yield from inspector(seen)


def about(seen: Seen) -> tuple[str, ...]:
    """Name the clauses that an act may bear on, by what its facts name."""
    facts = seen.facts
    found = [seen.clause] if seen.clause else []
    for section, name in (("functions", "purpose"), ("purposes", "purpose"), ("recipients", "recipient"),
                          ("permissions", "permission"), ("sources", "passed_on_by")):  # fmt: skip
        if isinstance(facts.get(name), str) and facts[name]:
            found.append(f"{section}.{facts[name]}")
    for name, section in (("clauses", ""), ("categories", "categories.")):
        listed = facts.get(name)
        if isinstance(listed, list):
            found += [section + one for one in listed if isinstance(one, str)]
    return tuple(found)
