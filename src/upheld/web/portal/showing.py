# SPDX-License-Identifier: Apache-2.0
"""The notice for whoever reads it: what changed on top, a way to "what this means for me", the child's text for a child."""

from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from upheld import controls
from upheld import policy as policies
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.notices.values import Published
from upheld.policy.rendering import Extras
from upheld.terms import Language
from upheld.web.portal.visitor import PortalRequest, language


def notice_text(request: PortalRequest, version: Published) -> SafeString:
    """Return the notice of a version as a fragment for the reader; what the policy says is escaped by its renderer."""
    earlier = [one.version for one in notices.archive(now=request.now) if one.version < version.version]
    return _rendered(
        version.version,
        version.sha256,
        language(),
        before=max(earlier, default=0),
        mine=reverse("portal:clause", args=["x"]).removesuffix("x") if request.who else "",
        child_first=is_read_by_child(request) and _comes_first(),
    )


def children_text(request: PortalRequest) -> SafeString:
    """Return the text for children of the version in force; empty where its policy has no rules for children."""
    found = facts.policy(facts.current_version(request.now))
    return mark_safe(policies.render_children(found, _spoken(found, language())))  # noqa: S308 - escaped by the renderer


def shown_first(request: PortalRequest) -> SafeString | str:
    """Return the text for children where a page that turns a child away must show it before anything else."""
    return children_text(request) if _comes_first() else ""


def _comes_first() -> bool:
    return controls.in_force("notices.children_text_first")


def is_read_by_child(request: PortalRequest) -> bool:
    """Say whether the person signed in, not somebody whom they stand for, is known to be a child."""
    if request.who is None:
        return False
    person = facts.of(request.who.own_id).person
    return not person.adult and person.adult_at is not None and request.now.timestamp() < person.adult_at


@lru_cache(maxsize=64)
def _rendered(seq: int, _sha256: str, language: Language, *, before: int, mine: str, child_first: bool) -> SafeString:
    found = facts.policy(seq)
    extras = Extras(before=facts.policy(before) if before else None, mine=mine, child_first=child_first)
    return mark_safe(policies.render(found, _spoken(found, language), extras=extras))  # noqa: S308 - as above


def _spoken(found: policies.Policy, language: Language) -> Language:
    return language if language in found.languages else found.languages[0]
