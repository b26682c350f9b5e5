# SPDX-License-Identifier: Apache-2.0
"""Versions of the policy as people read and compare them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from upheld import policy as policies
from upheld.errors import BadInput, NotFound
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.notices.values import Published
from upheld.policy import Policy
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Archived:
    """One line of the archive."""

    version: Published
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One clause that two versions do not share."""

    clause: str
    kind: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a person reads of a change."""

    old: int
    new: int
    is_major: bool
    cuts: bool
    lines: tuple[Line, ...]


def in_force(now: datetime) -> Published:
    """Return the version in force.

    Raises:
        NotFound: none was published yet.
    """
    version = facts.current_version(now)
    if not version:
        raise NotFound("no version of the policy is in force yet")
    return notices.published(version, now=now)


def archive(now: datetime) -> list[Archived]:
    """List every published version, newest first, with how it stands."""
    current = facts.current_version(now)
    return [Archived(version=one, state=_state(one, current, now)) for one in notices.archive(now=now)]


def _state(version: Published, current: int, now: datetime) -> str:
    if version.version == current:
        return "in_force"
    return "upcoming" if version.effective_at > now else "superseded"


def notice_text(version: Published, language: Language) -> SafeString:
    """Return the notice of a version as a fragment; what the policy says is escaped by its renderer."""
    return _rendered(version.version, version.sha256, language, lists_only=False)


def lists_text(version: Published, language: Language) -> SafeString:
    """Return the two public lists of a version as a fragment."""
    return _rendered(version.version, version.sha256, language, lists_only=True)


@lru_cache(maxsize=32)
def _rendered(seq: int, _sha256: str, language: Language, *, lists_only: bool) -> SafeString:
    found = facts.policy(seq)
    chosen = language if language in found.languages else found.languages[0]
    render = policies.render_lists if lists_only else policies.render
    return mark_safe(render(found, chosen))  # noqa: S308 - the renderer escapes every word of the policy


def compare(old: int, new: int, language: Language) -> Changes:
    """Compare two versions clause by clause.

    Raises:
        NotFound: one of them was never published.
        BadInput: the earlier is not the earlier.
    """
    if old >= new:
        raise BadInput("expected an earlier and a later version")
    before, after = facts.policy(old), facts.policy(new)
    comparison = policies.diff(before, after)
    return Changes(
        old=old,
        new=new,
        is_major=bool(comparison.major),
        cuts=comparison.cuts_rights,
        lines=_lines(before, after, language),
    )


def _lines(before: Policy, after: Policy, language: Language) -> tuple[Line, ...]:
    had = {clause.id: clause.text for clause in policies.bind(before)}
    has = {clause.id: clause.text for clause in policies.bind(after)}
    found = []
    for clause in dict.fromkeys((*has, *had)):
        old, new = _said(had.get(clause), language), _said(has.get(clause), language)
        if old == new:
            continue
        kind = "added" if clause not in had else "removed" if clause not in has else "changed"
        found.append(Line(clause=clause, kind=kind, before=old, after=new))
    return tuple(found)


def _said(texts: Mapping[Language, str] | None, language: Language) -> str:
    return "" if not texts else texts.get(language) or next(iter(texts.values()))
