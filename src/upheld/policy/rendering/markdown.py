# SPDX-License-Identifier: Apache-2.0
"""The notice as Markdown (CommonMark with tables)."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow
from upheld.policy.rendering.outline import Outline
from upheld.policy.rendering.words import COLLECTED_COLUMNS, LABELS, RECIPIENT_COLUMNS
from upheld.terms import Language

_MEANS_SOMETHING: Final = re.compile(r"([\\`*_\[\]<>|~&]|^[#+=-])")


def escape(text: str) -> str:
    """Take their meaning from the characters that Markdown reads, and join lines."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


def notice(outline: Outline, lists: Lists) -> str:
    """Write the notice."""
    return "\n".join(_notice(outline, lists)) + "\n"


def _notice(outline: Outline, lists: Lists) -> Iterator[str]:
    yield f"# {escape(outline.title)}"
    if outline.summary:
        yield f"\n## {_label('summary', outline.language)}\n"
        yield escape(outline.summary)
    for section in outline.sections:
        yield f"\n## {escape(section.title)}"
        for group in section.groups:
            yield f"\n### {escape(group.title)}\n"
            for sentence in group.sentences:
                yield f'- <a id="clause-{sentence.clause}"></a>{escape(sentence.text)} `{sentence.clause}`'
    yield from _lists(lists)


def both_lists(lists: Lists) -> str:
    """Write the two public lists."""
    return "\n".join(_lists(lists)).lstrip("\n") + "\n"


def _lists(lists: Lists) -> Iterator[str]:
    language = lists.language
    yield from _table("collected", COLLECTED_COLUMNS, (_collected(row, language) for row in lists.collected), language)
    yield from _table(
        "recipients", RECIPIENT_COLUMNS, (_recipient(row, language) for row in lists.recipients), language
    )


def _table(name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], language: Language) -> Iterator[str]:
    titles = [_label(column, language) for column in columns]
    yield f"\n## {_label(name, language)}\n"
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(cell or _label('none', language) for cell in row)} |"


def _collected(row: CollectedRow, language: Language) -> tuple[str, ...]:
    mark = f" **{_label('sensitive', language)}**" if row.sensitive else ""
    more = f" ({escape(row.contains)})" if row.contains else ""
    return (
        f"{escape(row.category)}{mark}{more}",
        escape(row.function),
        escape(row.purpose),
        escape(row.scene),
        escape(row.manner),
        _label("required" if row.required else "optional", language),
    )


def _recipient(row: RecipientRow, language: Language) -> tuple[str, ...]:
    comma = "、" if language is Language.ZH_HANS else ", "
    return (
        escape(row.name),
        escape(row.kind),
        escape(row.package),
        escape(row.purpose),
        escape(comma.join(row.receives)),
        escape(row.scene),
        escape(row.form),
        escape(row.region),
        f"<{row.link}>" if row.link else "",
    )


def _label(name: str, language: Language) -> str:
    return escape(LABELS[name][language])
