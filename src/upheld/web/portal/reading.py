# SPDX-License-Identifier: Apache-2.0
"""Versions of the policy as people read and compare them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from upheld import controls
from upheld import policy as policies
from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.notices import wording
from upheld.notices.values import Published
from upheld.policy.rendering import Extras
from upheld.policy.rendering.changed import Changed, changed
from upheld.terms import Language
from upheld.web.portal.visitor import PortalRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Archived:
    """One line of the archive."""

    version: Published
    state: str
    because: str
    """What it answers to: a change in the service or in the law."""
    why: str
    withdrawn_why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a person reads of a change."""

    old: int
    new: int
    is_major: bool
    cuts: bool
    lines: tuple[Changed, ...]


def in_force(now: datetime) -> Published:
    """Return the version in force, to be accepted.

    Raises:
        NotFound: none was published yet.
    """
    return notices.offered(now=now, signed_in=True)


def offered(request: PortalRequest) -> Published:
    """Return the version in force, to be read by whoever comes.

    Raises:
        NotFound: none was published yet.
    """
    return notices.offered(now=request.now, signed_in=request.who is not None)


def archive(now: datetime, language: Language) -> list[Archived]:
    """List every published version, newest first, with how it stands, why it came, and why it was withdrawn."""
    current = facts.current_version(now)
    return [
        Archived(
            version=one,
            state=_state(one, current, now),
            because=one.reason.because.value if one.reason else "",
            why=_said(one.reason.words, language) if one.reason else "",
            withdrawn_why=_said(one.withdrawal.words, language) if one.withdrawal else "",
        )
        for one in notices.archive(now=now)
    ]


def _said(words: Mapping[Language, str], language: Language) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _state(version: Published, current: int, now: datetime) -> str:
    if version.withdrawal is not None:
        return "version_withdrawn"
    if version.version == current:
        return "in_force"
    return "upcoming" if version.effective_at > now else "superseded"


def notice_text(version: Published, language: Language) -> SafeString:
    """Return the notice of a version as a fragment, with what it changed from the one before on top and marked."""
    return _rendered(
        version.version, wording.before(version.version), version.sha256, language, controls.out(), lists_only=False
    )


def lists_text(version: Published, language: Language) -> SafeString:
    """Return the two public lists of a version as a fragment."""
    return _rendered(version.version, 0, version.sha256, language, controls.out(), lists_only=True)


@lru_cache(maxsize=32)
def _rendered(
    seq: int, before: int, _sha256: str, language: Language, _out: frozenset[str], *, lists_only: bool
) -> SafeString:
    """Render once for each document, language and set of controls; what the policy says is escaped by its renderer."""
    found = facts.policy(seq)
    chosen = language if language in found.languages else found.languages[0]
    if lists_only:
        return mark_safe(policies.render_lists(found, chosen))  # noqa: S308 - the renderer escapes every word
    extras = Extras(before=facts.policy(before) if before else None)
    return mark_safe(policies.render(found, chosen, extras=extras))  # noqa: S308 - the renderer escapes every word


def compare(old: int, new: int, language: Language) -> Changes:
    """Compare two versions clause by clause, in either order.

    Raises:
        NotFound: one of them was never published.
        BadInput: both are the same.
    """
    if old == new:
        raise BadInput("expected two different versions")
    change = notices.change_between(old, new)
    return Changes(
        old=old,
        new=new,
        is_major=change.is_major,
        cuts=bool(change.cuts),
        lines=changed(facts.policy(old), facts.policy(new), language),
    )
