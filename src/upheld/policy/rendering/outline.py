# SPDX-License-Identifier: Apache-2.0
"""The notice before it is written: chapters, groups and sentences in reading order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from upheld.policy.binding import Clause, bind
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.rendering.changed import Changed, changed
from upheld.policy.rendering.children import Told, children_text
from upheld.policy.rendering.terms import Piece, Term, pieces, terms_of
from upheld.policy.rendering.weighing import Mark, marks
from upheld.policy.rendering.words import CHAPTERS, GROUPS
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One clause as people read it: its text in pieces, and why it stands out where it does."""

    clause: str
    pieces: tuple[Piece, ...]
    mark: Mark | None

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Clauses that belong together under one heading."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One chapter of the notice."""

    chapter: Chapter
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Extras:
    """What a notice may have besides the policy.

    Attributes:
        before: the version before, to say what changed; None leaves that part out.
        mine: where a reader finds what a clause means for them, up to the clause's id; empty leaves the links out.
        child_first: whether the text for children comes before everything else.
    """

    before: Policy | None = None
    mine: str = ""
    child_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """The whole notice in one language."""

    language: Language
    title: str
    summary: str
    sections: tuple[Section, ...]
    children: tuple[Told, ...]
    changed: tuple[Changed, ...]
    terms: tuple[Term, ...]
    """Those that occur and are not explained by a clause of the policy's own glossary."""
    extras: Extras


@dataclass(slots=True)
class _Finding:
    """The special words of a notice and those met so far: each is linked once a chapter."""

    terms: tuple[Term, ...]
    met: set[str] = field(default_factory=set)
    met_in_chapter: set[str] = field(default_factory=set)

    def next_chapter(self) -> None:
        self.met |= self.met_in_chapter
        self.met_in_chapter = set()


def outline(policy: Policy, language: Language, extras: Extras) -> Outline:
    """Lay out the notice of a policy."""
    wording, finding = Wording(policy, language), _Finding(terms_of(policy, language))
    return Outline(
        language=language,
        title=wording.say(policy.title),
        summary=(policy.summary or {}).get(language, ""),
        sections=tuple(_sections(policy, wording, finding)),
        children=children_text(policy, language),
        changed=changed(extras.before, policy, language) if extras.before else (),
        terms=tuple(term for term in finding.terms if term.anchor in finding.met and _is_house(term)),
        extras=extras,
    )


def _sections(policy: Policy, wording: Wording, finding: _Finding) -> Iterator[Section]:
    clauses, marked = bind(policy), marks(policy)
    for chapter in Chapter:
        own = [clause for clause in clauses if clause.chapter is chapter]
        if own:
            title = CHAPTERS[chapter][wording.language]
            yield Section(chapter=chapter, title=title, groups=tuple(_groups(own, wording, marked, finding)))
            finding.next_chapter()


def _groups(clauses: list[Clause], wording: Wording, marked: Mapping[str, Mark], finding: _Finding) -> Iterator[Group]:
    ordered = sorted(clauses, key=lambda clause: clause.kind != "commitments")
    for key, members in groupby(ordered, key=_group):
        yield Group(
            title=_title(key, wording),
            sentences=tuple(
                Sentence(
                    clause=one.id,
                    pieces=_pieces(one, wording.language, finding),
                    mark=marked.get(one.id),
                )
                for one in members
            ),
        )


def _pieces(clause: Clause, language: Language, finding: _Finding) -> tuple[Piece, ...]:
    """Cut a sentence at its special words; one that explains a word links to none."""
    text = clause.text[language]
    if clause.kind == "glossary":
        return (Piece(text=text),)
    return tuple(pieces(text, finding.terms, finding.met_in_chapter))


def _is_house(term: Term) -> bool:
    return term.anchor.startswith("term-")


def _group(clause: Clause) -> str:
    """Name the group of a clause: its function, its operation, or its section."""
    parts = clause.id.split(".")
    return ".".join(parts[:2]) if parts[0] in {"functions", "purposes", "grounds"} else parts[0]


def _title(key: str, wording: Wording) -> str:
    if key in GROUPS:
        return GROUPS[key][wording.language]
    return wording.say(wording.policy.processing[key.partition(".")[2]].label)
