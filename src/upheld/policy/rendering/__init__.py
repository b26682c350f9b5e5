# SPDX-License-Identifier: Apache-2.0
"""What people read: the notice, and the two public lists that the law wants as lists."""

from typing import Literal

from upheld.policy.model import Policy
from upheld.policy.rendering import html, markdown
from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow, lists
from upheld.policy.rendering.outline import Extras, outline
from upheld.terms import Language

__all__ = [
    "CollectedRow",
    "Extras",
    "Format",
    "Lists",
    "RecipientRow",
    "lists",
    "render",
    "render_children",
    "render_lists",
]

Format = Literal["html", "md"]
_NOTHING_MORE = Extras()


def render(
    policy: Policy,
    lang: Language | str,
    format: Format = "html",  # noqa: A002 - the word for it
    *,
    standalone: bool = False,
    extras: Extras = _NOTHING_MORE,
) -> str:
    """Write the notice: a summary of a minute, every clause by chapters with its anchor, and the two public lists.

    Clauses that weigh stand out, special words lead to their explanation, and the text for children is part of it.

    Args:
        policy: the policy.
        lang: one of the policy's languages.
        format: `html` (a fragment to put into a page) or `md`.
        standalone: whether HTML comes as a page of its own.
        extras: the version before, links for a reader who is known, and whether a child reads.

    Raises:
        ValueError: the policy has no text in that language.
    """
    language = _language(policy, lang)
    laid_out, both = outline(policy, language, extras), lists(policy, language)
    if format == "md":
        return markdown.notice(laid_out, both)
    text = html.notice(laid_out, both)
    return html.page(laid_out.title, language, text) if standalone else text


def render_lists(policy: Policy, lang: Language | str, format: Format = "html") -> str:  # noqa: A002 - the word for it
    """Write the two public lists alone.

    Raises:
        ValueError: the policy has no text in that language.
    """
    both = lists(policy, _language(policy, lang))
    return markdown.both_lists(both) if format == "md" else html.both_lists(both)


def render_children(policy: Policy, lang: Language | str) -> str:
    """Write the text for children alone, as an HTML fragment under an `h2`; empty where the policy has no rules for children.

    Raises:
        ValueError: the policy has no text in that language.
    """
    return html.children(outline(policy, _language(policy, lang), _NOTHING_MORE))


def _language(policy: Policy, lang: Language | str) -> Language:
    if lang not in policy.languages:
        raise ValueError(f"expected one of {', '.join(policy.languages)}, {lang!r} came")
    return Language(lang)
