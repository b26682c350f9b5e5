# SPDX-License-Identifier: Apache-2.0
"""The notice as Markdown (CommonMark with tables)."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from upheld.policy.rendering.changed import Changed
from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow
from upheld.policy.rendering.outline import Outline, Sentence
from upheld.policy.rendering.phrases import MARKS
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
    child = list(_children(outline))
    yield f"# {escape(outline.title)}"
    if outline.extras.child_first:
        yield from child
    if outline.summary:
        yield f"\n## {_label('summary', outline.language)}\n"
        yield escape(outline.summary)
    yield from _changes(outline)
    for section in outline.sections:
        yield f"\n## {escape(section.title)}"
        for group in section.groups:
            yield f"\n### {escape(group.title)}\n"
            for sentence in group.sentences:
                yield _sentence(sentence, outline.language)
    yield from _lists(lists)
    if not outline.extras.child_first:
        yield from child
    if outline.terms:
        yield f"\n## {_label('terms', outline.language)}\n"
        for term in outline.terms:
            yield f"- **{escape(term.word)}**: {escape(term.meaning)}"


def _sentence(sentence: Sentence, language: Language) -> str:
    text = escape(sentence.text)
    if sentence.mark is not None:
        text = f"**{escape(MARKS[sentence.mark][language])}:** **{text}**"
    return f'- <a id="clause-{sentence.clause}"></a>{text} `{sentence.clause}`'


def _children(outline: Outline) -> Iterator[str]:
    if outline.children:
        yield f"\n## {_label('children', outline.language)}\n"
        for told in outline.children:
            yield f"- {escape(told.text)} `{told.clause}`"


def _changes(outline: Outline) -> Iterator[str]:
    before, language = outline.extras.before, outline.language
    if before is None:
        return
    yield f"\n## {_label('changed', language).format(version=before.version)}\n"
    if not outline.changed:
        yield _label("nothing-changed", language)
    for one in outline.changed:
        yield f"- **{_label('changed-one' if one.kind == 'changed' else one.kind, language)}** `{one.clause}`"
        yield from _change(one, language)


def _change(one: Changed, language: Language) -> Iterator[str]:
    if one.before:
        yield f"    - {_label('before', language)}: {escape(one.before)}"
    if one.after:
        yield f"    - {_label('after', language)}: {escape(one.after)}"


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
        escape(row.refused),
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
