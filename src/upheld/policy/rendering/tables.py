# SPDX-License-Identifier: Apache-2.0
"""The two public lists as HTML tables, which a stylesheet may turn to cards on a phone."""

from collections.abc import Iterable, Iterator
from html import escape

from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow
from upheld.policy.rendering.words import COLLECTED_COLUMNS, LABELS, RECIPIENT_COLUMNS
from upheld.terms import Language


def label(name: str, language: Language) -> str:
    """Give a label of the notice, escaped."""
    return escape(LABELS[name][language])


def list_sections(lists: Lists) -> Iterator[str]:
    """Write both lists, each a section of its own."""
    language = lists.language
    collected = (_collected(row, language) for row in lists.collected)
    recipients = (_recipient(row, language) for row in lists.recipients)
    yield from _table("collected", COLLECTED_COLUMNS, collected, language)
    yield from _table("recipients", RECIPIENT_COLUMNS, recipients, language)


def _table(name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], language: Language) -> Iterator[str]:
    yield f'<section class="notice-list" aria-labelledby="list-{name}" lang="{escape(language)}">'
    yield f'<h2 id="list-{name}">{label(name, language)}</h2>'
    yield f'<div class="table-scroll" role="region" tabindex="0" aria-labelledby="list-{name}">'
    yield from table([label(column, language) for column in columns], rows)
    yield "</div>"
    yield "</section>"


def table(titles: list[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Write a table whose first column heads its rows.

    Args:
        titles: of the columns, as HTML.
        rows: their cells, as HTML, as many as there are titles.
    """
    yield "<table>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{title}</th>' for title in titles) + "</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f'<td data-label="{title}">{cell}</td>' for title, cell in zip(titles[1:], others, strict=True))
        yield f'<tr><th scope="row" data-label="{titles[0]}">{first}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"


def _collected(row: CollectedRow, language: Language) -> tuple[str, ...]:
    more = f" <small>{escape(row.contains)}</small>" if row.contains else ""
    mark = f' <strong class="sensitive">{label("sensitive", language)}</strong>' if row.sensitive else ""
    return (
        f"{escape(row.category)}{mark}{more}",
        f'<a href="#clause-{escape(row.clause)}">{escape(row.function)}</a>',
        escape(row.purpose),
        escape(row.scene) or label("none", language),
        escape(row.manner),
        label("required" if row.required else "optional", language),
        escape(row.refused) or label("none", language),
    )


def _recipient(row: RecipientRow, language: Language) -> tuple[str, ...]:
    none = label("none", language)
    link = f'<a href="{escape(row.link)}" rel="noreferrer noopener">{escape(row.link)}</a>' if row.link else none
    return (
        f'<a href="#clause-{escape(row.clause)}">{escape(row.name)}</a>',
        escape(row.kind),
        f"<code>{escape(row.package)}</code>" if row.package else none,
        escape(row.purpose),
        "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in row.receives) + "</ul>" if row.receives else none,
        escape(row.scene) or none,
        escape(row.form),
        escape(row.region),
        link,
    )
