# SPDX-License-Identifier: Apache-2.0
"""What a version says differently from the one before, clause by clause, as people read it."""

from dataclasses import dataclass
from typing import Literal

from upheld import controls
from upheld.policy.binding import bind
from upheld.policy.model import Policy
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One clause that two versions do not share; `before` or `after` is empty where one of them lacks it."""

    clause: str
    kind: Literal["added", "removed", "changed"]
    before: str
    after: str


def changed(before: Policy, after: Policy, language: Language) -> tuple[Changed, ...]:
    """List the clauses that read differently: those of the new version in its order, then those that are gone.

    The clause on dates and number changes with every version and is left out.

    Args:
        before: the earlier version.
        after: the later one.
        language: of both texts; a version without it is read in its first language.
    """
    if not controls.in_force("notices.change_shown"):
        return ()
    had, has = _texts(before, language), _texts(after, language)
    found = []
    for clause in dict.fromkeys((*has, *had)):
        old, new = had.get(clause, ""), has.get(clause, "")
        if old != new:
            kind: Literal["added", "removed", "changed"] = "added" if not old else "changed" if new else "removed"
            found.append(Changed(clause=clause, kind=kind, before=old, after=new))
    return tuple(found)


def _texts(policy: Policy, language: Language) -> dict[str, str]:
    spoken = language if language in policy.languages else policy.languages[0]
    return {clause.id: clause.text[spoken] for clause in bind(policy) if clause.id != "effective"}
