# SPDX-License-Identifier: Apache-2.0
"""Clauses on what counts as personal data, and as sensitive."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.data import About, Category, Identifies, Value
from upheld.policy.model.identity import Chapter


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `categories`."""
    for name, category in policy.categories.items():
        yield Draft(
            id=f"categories.{name}",
            phrase="category",
            terms=of(
                category,
                lambda w, category: {
                    "label": w.say(category.label),
                    "contains": w.phrase("part.contains", contains=w.say(category.contains))
                    if category.contains
                    else "",
                    "identifies": w.value(category.identifies),
                    "about": w.value(category.about),
                    "identifier": _identifier(w, category),
                    "sensitive": w.phrase("part.sensitive") if category.sensitive else "",
                },
            ),
            controls=_controls(category),
            chapter=Chapter.COLLECT,
            own=category.text,
        )


def _controls(category: Category) -> Iterator[str]:
    yield "gate.category_declared"
    yield "vault.sealed_at_rest"
    yield "vault.source_recorded"
    if category.identifies is Identifies.NEVER:
        yield "devices.unlinked_identifies_nobody"
        yield "devices.counts_grouped"
    if category.value is Value.IDENTIFIER:
        yield "policy.checked_before_publish"
    if category.sensitive:
        yield "gate.separate_consent"
    if category.about is not About.SELF:
        yield "vault.item_has_one_subject"
    if category.about is About.OTHER:
        yield "gate.others_data_declared"


def _identifier(w: Wording, category: Category) -> str:
    """Say of an identifier how long it stays, whether it can be set anew, and how it is obtained."""
    resettable = category.resettable
    return "".join(
        (
            w.phrase("part.lasts", lasts=w.say(category.lasts)) if category.lasts else "",
            w.phrase(f"part.resettable.{'yes' if resettable else 'no'}") if resettable is not None else "",
            w.phrase("part.obtained", obtained=w.say(category.obtained)) if category.obtained else "",
        )
    )
