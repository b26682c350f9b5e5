# SPDX-License-Identifier: Apache-2.0
"""Special words of the notice, explained in plain ones, and where they stand in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
    by_word = {term.word.lower(): term.anchor for term in terms}
    done = 0
    for found in _finder(terms).finditer(text) if terms else ():
        anchor = by_word.get(found[0].lower(), "")
        if anchor and anchor not in seen:
            seen.add(anchor)
            if found.start() > done:
                yield Piece(text=text[done : found.start()])
            yield Piece(text=found[0], anchor=anchor)
            done = found.end()
    if done < len(text):
        yield Piece(text=text[done:])


@lru_cache(maxsize=16)
def _finder(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Find any of the words; those in Latin letters as whole words alone."""
    longest_first = sorted((term.word for term in terms), key=len, reverse=True)
    return re.compile("|".join(map(_as_pattern, longest_first)), re.IGNORECASE)


def _as_pattern(word: str) -> str:
    edge = r"(?<![A-Za-z0-9-])", r"(?![A-Za-z0-9-])"
    return f"{edge[0]}{re.escape(word)}{edge[1]}" if word.isascii() else re.escape(word)
