# SPDX-License-Identifier: Apache-2.0
"""What people read: the notice, and the two public lists that the law wants as lists."""

from typing import Literal

from upheld.policy.model import Policy
from upheld.policy.rendering import html, markdown
from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow, lists
from upheld.policy.rendering.outline import outline
from upheld.terms import Language

__all__ = ["CollectedRow", "Format", "Lists", "RecipientRow", "lists", "render", "render_lists"]

Format = Literal["html", "md"]


def render(policy: Policy, lang: Language | str, format: Format = "html", *, standalone: bool = False) -> str:  # noqa: A002 - the word for it
    """Write the notice: a summary of a minute, every clause by chapters with its anchor, and the two public lists.

    Args:
        policy: the policy.
        lang: one of the policy's languages.
        format: `html` (a fragment to put into a page) or `md`.
        standalone: whether HTML comes as a page of its own.

    Raises:
        ValueError: the policy has no text in that language.
    """
    language = _language(policy, lang)
    laid_out, both = outline(policy, language), lists(policy, language)
    if format == "md":
        return markdown.notice(laid_out, both)
    return html.page(laid_out, both) if standalone else html.notice(laid_out, both)


def render_lists(policy: Policy, lang: Language | str, format: Format = "html") -> str:  # noqa: A002 - the word for it
    """Write the two public lists alone.

    Raises:
        ValueError: the policy has no text in that language.
    """
    both = lists(policy, _language(policy, lang))
    return markdown.both_lists(both) if format == "md" else html.both_lists(both)


def _language(policy: Policy, lang: Language | str) -> Language:
    if lang not in policy.languages:
        raise ValueError(f"expected one of {', '.join(policy.languages)}, {lang!r} came")
    return Language(lang)
