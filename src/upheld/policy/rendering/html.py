# SPDX-License-Identifier: Apache-2.0
"""The notice as HTML: a semantic fragment without style or script, or a page of its own for the command line."""

from collections.abc import Iterator
from html import escape

from upheld.policy.rendering.changed import Changed
from upheld.policy.rendering.lists import Lists
from upheld.policy.rendering.outline import Group, Outline, Section, Sentence
from upheld.policy.rendering.phrases import MARKS
from upheld.policy.rendering.style import STYLE
from upheld.policy.rendering.tables import label, list_sections
from upheld.terms import Language


def notice(outline: Outline, lists: Lists) -> str:
    """Write the notice as a fragment with one `h1`."""
    return "\n".join(_notice(outline, lists)) + "\n"


def both_lists(lists: Lists) -> str:
    """Write the two public lists as a fragment."""
    return "\n".join(list_sections(lists)) + "\n"


def children(outline: Outline) -> str:
    """Write the text for children as a fragment; empty where the policy has no rules for children."""
    return "\n".join(_children(outline)) + "\n" if outline.children else ""


def _notice(outline: Outline, lists: Lists) -> Iterator[str]:
    language = outline.language
    child = list(_children(outline))
    yield f'<article class="notice" lang="{escape(language)}">'
    yield f"<h1>{escape(outline.title)}</h1>"
    if outline.extras.child_first:
        yield from child
    if outline.summary:
        yield '<section class="notice-summary" aria-labelledby="notice-summary">'
        yield f'<h2 id="notice-summary">{label("summary", language)}</h2>'
        yield f"<p>{escape(outline.summary)}</p>"
        yield "</section>"
    yield from _changes(outline)
    yield from _contents(outline)
    for section in outline.sections:
        yield from _section(section, outline)
    yield from list_sections(lists)
    if not outline.extras.child_first:
        yield from child
    yield from _terms(outline)
    yield "</article>"


def _contents(outline: Outline) -> Iterator[str]:
    language = outline.language
    places = [(f"chapter-{section.chapter}", escape(section.title)) for section in outline.sections]
    places += [(f"list-{name}", label(name, language)) for name in ("collected", "recipients")]
    if outline.children:
        places.append(("notice-children", label("children", language)))
    if outline.terms:
        places.append(("notice-terms", label("terms", language)))
    yield f'<nav class="notice-contents" aria-label="{label("contents", language)}">'
    yield "<ol>"
    for place, title in places:
        yield f'<li><a href="#{place}">{title}</a></li>'
    yield "</ol>"
    yield "</nav>"


def _children(outline: Outline) -> Iterator[str]:
    """Write the text for children: nothing about versions and chapters, and a way to each clause."""
    if not outline.children:
        return
    language = outline.language
    yield f'<section class="notice-children" aria-labelledby="notice-children" lang="{escape(language)}">'
    yield f'<h2 id="notice-children">{label("children", language)}</h2>'
    yield '<ul class="notice-clauses">'
    for told in outline.children:
        yield f"<li>{escape(told.text)} {_anchor(told.clause, language)}</li>"
    yield "</ul>"
    yield "</section>"


def _changes(outline: Outline) -> Iterator[str]:
    before, language = outline.extras.before, outline.language
    if before is None:
        return
    title = label("changed", language).format(version=before.version)
    yield '<section class="notice-changed" aria-labelledby="notice-changed">'
    yield f'<h2 id="notice-changed">{title}</h2>'
    if outline.changed:
        yield '<ul class="notice-clauses">'
        for one in outline.changed:
            yield from _change(one, language)
        yield "</ul>"
    else:
        yield f"<p>{label('nothing-changed', language)}</p>"
    yield "</section>"


def _change(one: Changed, language: Language) -> Iterator[str]:
    kind = label("changed-one" if one.kind == "changed" else one.kind, language)
    place = "" if one.kind == "removed" else f" {_anchor(one.clause, language)}"
    yield f'<li><strong class="notice-mark">{kind}</strong>{place}'
    both = one.kind == "changed"  # of one text alone the mark says enough
    if one.before:
        yield f"<p>{_which('before', language) if both else ''}<del>{escape(one.before)}</del></p>"
    if one.after:
        yield f"<p>{_which('after', language) if both else ''}<ins>{escape(one.after)}</ins></p>"
    yield "</li>"


def _which(name: str, language: Language) -> str:
    return f'<span class="notice-which">{label(name, language)}</span> '


def _section(section: Section, outline: Outline) -> Iterator[str]:
    heading = f"chapter-{section.chapter}"
    yield f'<section class="notice-chapter" aria-labelledby="{heading}">'
    yield f'<h2 id="{heading}">{escape(section.title)}</h2>'
    for group in section.groups:
        yield from _group(group, outline)
    yield "</section>"


def _group(group: Group, outline: Outline) -> Iterator[str]:
    yield f"<h3>{escape(group.title)}</h3>"
    yield '<ul class="notice-clauses">'
    for sentence in group.sentences:
        yield _sentence(sentence, outline)
    yield "</ul>"


def _sentence(sentence: Sentence, outline: Outline) -> str:
    language, clause = outline.language, escape(sentence.clause)
    weighs, mark = "", ""
    if sentence.mark is not None:
        weighs = ' class="notice-weighs"'
        mark = f'<strong class="notice-mark">{escape(MARKS[sentence.mark][language])}</strong> '
    text = "".join(_piece(piece.text, piece.anchor) for piece in sentence.pieces)
    return f'<li id="clause-{clause}"{weighs}>{mark}{text} {_links(sentence, outline)}</li>'


def _piece(text: str, anchor: str) -> str:
    return f'<a class="notice-term" href="#{escape(anchor)}">{escape(text)}</a>' if anchor else escape(text)


def _links(sentence: Sentence, outline: Outline) -> str:
    anchor, mine = _anchor(sentence.clause, outline.language), outline.extras.mine
    if not mine:
        return anchor
    words, clause = label("mine", outline.language), escape(sentence.clause)
    return f'{anchor} <a class="notice-mine" href="{escape(mine)}{clause}" aria-label="{words}: {clause}">{words}</a>'


def _anchor(clause: str, language: Language) -> str:
    """Link to a clause from its own sentence, or from one that retells it."""
    name = escape(clause)
    link = f'<a class="notice-anchor" href="#clause-{name}" title="{name}"'
    return f'{link} aria-label="{label("anchor", language)}: {name}">§</a>'


def _terms(outline: Outline) -> Iterator[str]:
    if not outline.terms:
        return
    yield '<section class="notice-terms" aria-labelledby="notice-terms">'
    yield f'<h2 id="notice-terms">{label("terms", outline.language)}</h2>'
    yield "<dl>"
    for term in outline.terms:
        yield f'<dt id="{escape(term.anchor)}">{escape(term.word)}</dt><dd>{escape(term.meaning)}</dd>'
    yield "</dl>"
    yield "</section>"


def page(title: str, language: Language, body: str) -> str:
    """Write a fragment as a page that stands alone.

    Args:
        title: of the page, as text.
        language: of the page.
        body: a fragment of HTML.
    """
    return (
        "<!doctype html>\n"
        f'<html lang="{escape(language)}">\n'
        '<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
