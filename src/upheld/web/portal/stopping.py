# SPDX-License-Identifier: Apache-2.0
"""What may stop once something is erased: said before it is, and shown to have been said by what the form carries back."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from upheld import controls
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.policy.model.processing import Function, Need, Purpose
from upheld.terms import Language

FIELD: Final = "warned"
"""The form field that carries back which warning the page showed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """One function or purpose that uses what is to be erased."""

    name: str
    label: str
    needs_it: bool
    """Whether it cannot do without; what merely may use it goes on with less."""
    effect: str
    """What the policy says that its lack means; empty where it says nothing."""


def stops(policy: Policy, categories: Collection[str], language: Language) -> tuple[Stop, ...]:
    """List what collects or uses any of some categories, first what cannot do without.

    Without its control (in a trial) no warning is given, so there is nothing to list.
    """
    if not controls.in_force("rights.warned_before_erasure"):
        return ()
    found = [
        Stop(
            name=name,
            label=say(its.label, language),
            needs_it=any(_needs(its, one) for one in categories),
            effect=say(its.refused, language) if its.refused else "",
        )
        for name, its in policy.processing.items()
        if not set(categories).isdisjoint(its.categories)
    ]
    return tuple(sorted(found, key=lambda one: not one.needs_it))


def _needs(processing: Function | Purpose, category: str) -> bool:
    if isinstance(processing, Function) and processing.collects.get(category) is Need.OPTIONAL:
        return False
    return category in processing.categories


def warning(policy: Policy, found: Collection[Stop]) -> str:
    """Name a warning: another version, or another list, is another warning."""
    text = "\n".join((str(policy.version), *sorted(one.name for one in found)))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def was_warned(request: HttpRequest, policy: Policy, found: Collection[Stop]) -> bool:
    """Say whether the form that was sent came from a page that showed this warning."""
    if not controls.in_force("rights.warned_before_erasure"):
        return True
    return request.POST.get(FIELD) == warning(policy, found)
