# SPDX-License-Identifier: Apache-2.0
"""The notice before it is written: chapters, groups and sentences in reading order."""

from dataclasses import dataclass
from itertools import groupby

from upheld.policy.binding import Clause, bind
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.rendering.words import CHAPTERS, GROUPS
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One clause as people read it."""

    clause: str
    text: str


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
class Outline:
    """The whole notice in one language."""

    language: Language
    title: str
    summary: str
    sections: tuple[Section, ...]


def outline(policy: Policy, language: Language) -> Outline:
    """Lay out the notice of a policy."""
    wording = Wording(policy, language)
    clauses = bind(policy)
    sections = []
    for chapter in Chapter:
        own = [clause for clause in clauses if clause.chapter is chapter]
        if own:
            sections.append(Section(chapter=chapter, title=CHAPTERS[chapter][language], groups=_groups(own, wording)))
    return Outline(
        language=language,
        title=wording.say(policy.title),
        summary=(policy.summary or {}).get(language, ""),
        sections=tuple(sections),
    )


def _groups(clauses: list[Clause], wording: Wording) -> tuple[Group, ...]:
    ordered = sorted(clauses, key=lambda clause: clause.kind != "commitments")
    return tuple(
        Group(
            title=_title(key, wording),
            sentences=tuple(Sentence(clause=one.id, text=one.text[wording.language]) for one in members),
        )
        for key, members in groupby(ordered, key=_group)
    )


def _group(clause: Clause) -> str:
    """Name the group of a clause: its function, its operation, or its section."""
    parts = clause.id.split(".")
    return ".".join(parts[:2]) if parts[0] in {"functions", "purposes", "grounds"} else parts[0]


def _title(key: str, wording: Wording) -> str:
    if key in GROUPS:
        return GROUPS[key][wording.language]
    return wording.say(wording.policy.processing[key.partition(".")[2]].label)
