# SPDX-License-Identifier: Apache-2.0
"""Every clause of a policy, in words, with the controls that uphold it."""

from collections.abc import Iterator

from upheld.policy.binding import data, governance, identity, people, processing, recipients, sources, storage
from upheld.policy.binding.clause import Clause, Draft
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy

__all__ = ["Clause", "bind", "unsupported"]


def bind(policy: Policy) -> tuple[Clause, ...]:
    """List every clause of a policy, in the order of the file.

    A clause's words are the author's where the file gives them (`text`), and written from its terms where not.
    """
    wordings = [Wording(policy, language) for language in policy.languages]
    return tuple(_written(draft, wordings) for draft in _drafts(policy))


def unsupported(policy: Policy) -> Iterator[str]:
    """List the ids of the clauses that no control upholds, without writing any clause's words."""
    return (draft.id for draft in _drafts(policy) if not any(draft.controls))


def _drafts(policy: Policy) -> Iterator[Draft]:
    for family in (identity, data, processing, sources, recipients, storage, people, governance):
        yield from family.drafts(policy)


def _written(draft: Draft, wordings: list[Wording]) -> Clause:
    return Clause(
        id=draft.id,
        text={wording.language: _text(draft, wording) for wording in wordings},
        controls=tuple(dict.fromkeys(draft.controls)),
        kind=draft.id.partition(".")[0],
        chapter=draft.chapter,
    )


def _text(draft: Draft, wording: Wording) -> str:
    own = (draft.own or {}).get(wording.language)
    return own or wording.phrase(draft.phrase, **draft.terms(wording))
