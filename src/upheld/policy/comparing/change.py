# SPDX-License-Identifier: Apache-2.0
"""One change from a version to the next."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from upheld.policy.model.governance import Trigger
from upheld.terms import Language

Pair = tuple[str, str]
"""English, Chinese."""


class Direction(StrEnum):
    """What happened to a part of the policy."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change.

    Args:
        path: clause or part that changed.
        direction: added, removed, or changed.
        said: one sentence on what changed, from and to, in English and Chinese.
        trigger: the kind of major change it is, if any.
        cuts_rights: whether it takes something from people.
        major: whether its trigger is on the list that people were promised.
    """

    path: str
    direction: Direction
    said: Pair
    trigger: Trigger | None = None
    cuts_rights: bool = False
    major: bool = False

    @property
    def what(self) -> str:
        """Say it in English."""
        return self.say(Language.EN)

    def say(self, language: Language) -> str:
        """Say it in the reader's language."""
        return self.said[0] if language is Language.EN else self.said[1]

    def weighed(self, listed: frozenset[Trigger]) -> Self:
        """Say whether it is major by that list."""
        return replace(self, major=self.trigger in listed)
