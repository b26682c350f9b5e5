# SPDX-License-Identifier: Apache-2.0
"""A clause: one promise of a policy, in words, with what upholds it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from upheld.policy.binding.wording import Wording
from upheld.policy.model.base import Words
from upheld.policy.model.identity import Chapter
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One promise.

    Args:
        id: its path in the file, as `storage.account`.
        text: what it says, in each of the policy's languages.
        controls: names of the controls that uphold it.
        kind: the section it stands in, which says what sort of promise it is.
        chapter: where the notice says it.
    """

    id: str
    text: Mapping[Language, str]
    controls: tuple[str, ...]
    kind: str
    chapter: Chapter


Terms = Callable[[Wording], Mapping[str, str]]
T = TypeVar("T")


def of(item: T, terms: Callable[[Wording, T], Mapping[str, str]]) -> Terms:
    """Take the terms from this item, whatever the loop that names it does next."""
    return lambda wording: terms(wording, item)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A clause whose words are not written yet: a phrase, its terms, and the author's own text where there is one."""

    id: str
    phrase: str
    controls: Iterable[str]
    chapter: Chapter
    terms: Terms = field(default=lambda _wording: {})
    own: Words | None = None
