# SPDX-License-Identifier: Apache-2.0
"""Special words of the notice, explained in plain ones, and where they stand in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from upheld.policy.model import Policy
from upheld.policy.model.base import say
from upheld.policy.plain_words import HOUSE
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One special word and what it means; `anchor` is where the notice explains it."""

    anchor: str
    word: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a sentence; `anchor` is where the special word that it is stands explained, or empty."""

    text: str
    anchor: str = ""


def terms_of(policy: Policy, language: Language) -> tuple[Term, ...]:
    """List the special words of a policy's own glossary, and of the house's sentences where it does not explain them."""
    own = [
        Term(anchor=f"clause-glossary.{name}", word=say(term.label, language), meaning=say(term.means, language))
        for name, term in policy.glossary.items()
    ]
    explained = {term.word.lower() for term in own}
    found = ((name, said[language]) for name, said in HOUSE.items())
    house = (Term(anchor=f"term-{name}", word=word, meaning=meaning) for name, (word, meaning) in found)
    return (*own, *(term for term in house if term.word.lower() not in explained))


def pieces(text: str, terms: tuple[Term, ...], seen: set[str]) -> Iterator[Piece]:
    """Cut a sentence where a special word stands that was not met before; the pieces together are the sentence.

    Args:
        text: the sentence.
        terms: the special words; the longest that fits counts.
        seen: anchors of words met so far; words met here are added.
    """
    by_word, finder = _index(terms)
    done = 0
    for found in finder.finditer(text) if terms else ():
        anchor = by_word.get(found[0].lower(), "")
        if anchor and anchor not in seen:
            seen.add(anchor)
            if found.start() > done:
                yield Piece(text=text[done : found.start()])
            yield Piece(text=found[0], anchor=anchor)
            done = found.end()
    if done < len(text):
        yield Piece(text=text[done:])


_Index = tuple[dict[str, str], re.Pattern[str]]
_last: tuple[tuple[Term, ...], _Index] = ((), ({}, re.compile("")))


def _index(terms: tuple[Term, ...]) -> _Index:
    """Give each word's anchor and what finds any of them; the last notice's are kept, since every sentence asks."""
    global _last  # noqa: PLW0603 - one value, replaced whole
    last, index = _last
    if last is not terms:
        index = {term.word.lower(): term.anchor for term in terms}, _finder({term.word for term in terms})
        _last = terms, index
    return index


def _finder(words: set[str]) -> re.Pattern[str]:
    """Find any of the words, the longest that fits; those in Latin letters as whole words alone.

    Words are tried by their first letter, so that a long glossary does not make every letter of a notice dear.
    """
    by_first: dict[str, list[str]] = {}
    for word in sorted(filter(None, words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0].lower(), []).append(_as_pattern(word))
    groups = (f"(?={re.escape(first)})(?:{'|'.join(same)})" for first, same in by_first.items())
    return re.compile("|".join(groups), re.IGNORECASE)


def _as_pattern(word: str) -> str:
    edge = r"(?<![A-Za-z0-9-])", r"(?![A-Za-z0-9-])"
    return f"{edge[0]}{re.escape(word)}{edge[1]}" if word.isascii() else re.escape(word)
