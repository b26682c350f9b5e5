# SPDX-License-Identifier: Apache-2.0
"""The notice as HTML: a semantic fragment without style or script, or a page of its own for the command line."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from upheld.policy.rendering.lists import CollectedRow, Lists, RecipientRow
from upheld.policy.rendering.outline import Group, Outline, Section
from upheld.policy.rendering.words import COLLECTED_COLUMNS, LABELS, RECIPIENT_COLUMNS
from upheld.terms import Language


def notice(outline: Outline, lists: Lists) -> str:
    """Write the notice as a fragment with one `h1`."""
    return "\n".join(_notice(outline, lists)) + "\n"


def _notice(outline: Outline, lists: Lists) -> Iterator[str]:
    language = outline.language
    yield f'<article class="notice" lang="{escape(language)}">'
    yield f"<h1>{escape(outline.title)}</h1>"
    if outline.summary:
        yield '<section class="notice-summary" aria-labelledby="notice-summary">'
        yield f'<h2 id="notice-summary">{_label("summary", language)}</h2>'
        yield f"<p>{escape(outline.summary)}</p>"
        yield "</section>"
    yield f'<nav class="notice-contents" aria-label="{_label("contents", language)}">'
    yield "<ol>"
    for section in outline.sections:
        yield f'<li><a href="#chapter-{section.chapter}">{escape(section.title)}</a></li>'
    for name in ("collected", "recipients"):
        yield f'<li><a href="#list-{name}">{_label(name, language)}</a></li>'
    yield "</ol>"
    yield "</nav>"
    for section in outline.sections:
        yield from _section(section, language)
    yield from _lists(lists)
    yield "</article>"


def _section(section: Section, language: Language) -> Iterator[str]:
    heading = f"chapter-{section.chapter}"
    yield f'<section class="notice-chapter" aria-labelledby="{heading}">'
    yield f'<h2 id="{heading}">{escape(section.title)}</h2>'
    for group in section.groups:
        yield from _group(group, language)
    yield "</section>"


def _group(group: Group, language: Language) -> Iterator[str]:
    yield f"<h3>{escape(group.title)}</h3>"
    yield '<ul class="notice-clauses">'
    for sentence in group.sentences:
        clause = escape(sentence.clause)
        link = f'<a class="notice-anchor" href="#clause-{clause}" title="{clause}"'
        link += f' aria-label="{_label("anchor", language)}: {clause}">§</a>'
        yield f'<li id="clause-{clause}">{escape(sentence.text)} {link}</li>'
    yield "</ul>"


def both_lists(lists: Lists) -> str:
    """Write the two public lists as a fragment."""
    return "\n".join(_lists(lists)) + "\n"


def _lists(lists: Lists) -> Iterator[str]:
    language = lists.language
    yield from _table("collected", COLLECTED_COLUMNS, (_collected(row, language) for row in lists.collected), language)
    yield from _table(
        "recipients", RECIPIENT_COLUMNS, (_recipient(row, language) for row in lists.recipients), language
    )


def _table(name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]], language: Language) -> Iterator[str]:
    titles = [_label(column, language) for column in columns]
    yield f'<section class="notice-list" aria-labelledby="list-{name}" lang="{escape(language)}">'
    yield f'<h2 id="list-{name}">{_label(name, language)}</h2>'
    yield f'<div class="table-scroll" role="region" tabindex="0" aria-labelledby="list-{name}">'
    yield "<table>"
    yield "<thead><tr>" + "".join(f'<th scope="col">{title}</th>' for title in titles) + "</tr></thead>"
    yield "<tbody>"
    for first, *others in rows:
        cells = "".join(f'<td data-label="{title}">{cell}</td>' for title, cell in zip(titles[1:], others, strict=True))
        yield f'<tr><th scope="row" data-label="{titles[0]}">{first}</th>{cells}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    yield "</section>"


def _collected(row: CollectedRow, language: Language) -> tuple[str, ...]:
    more = f" <small>{escape(row.contains)}</small>" if row.contains else ""
    mark = f' <strong class="sensitive">{_label("sensitive", language)}</strong>' if row.sensitive else ""
    return (
        f"{escape(row.category)}{mark}{more}",
        f'<a href="#clause-{escape(row.clause)}">{escape(row.function)}</a>',
        escape(row.purpose),
        escape(row.scene) or _label("none", language),
        escape(row.manner),
        _label("required" if row.required else "optional", language),
    )


def _recipient(row: RecipientRow, language: Language) -> tuple[str, ...]:
    none = _label("none", language)
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


def _label(name: str, language: Language) -> str:
    return escape(LABELS[name][language])


_STYLE: Final = """\
:root{color-scheme:light dark}
body{margin:0 auto;max-width:60rem;padding:1rem;line-height:1.6;\
font-family:system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.4rem;text-align:start;vertical-align:top}
.table-scroll{overflow-x:auto}td ul{margin:0;padding-inline-start:1.2em}.notice-anchor{text-decoration:none}
li:target{outline:2px solid}
"""


def page(outline: Outline, lists: Lists) -> str:
    """Write the notice as a page that stands alone."""
    return (
        "<!doctype html>\n"
        f'<html lang="{escape(outline.language)}">\n'
        '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(outline.title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{notice(outline, lists)}</main>\n</body>\n</html>\n"
    )
