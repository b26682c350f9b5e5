# SPDX-License-Identifier: Apache-2.0
"""What ids of the policy are called, in the reader's language, and where their clauses stand in the notice."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from upheld.gate.clauses import RIGHT_PREFIX
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.terms import Language
from upheld.web.kit import labels


def category(policy: Policy, name: str, language: Language) -> str:
    """Name a category."""
    declared = policy.categories.get(name)
    return say(declared.label, language) if declared else name


def categories(policy: Policy, names: Iterable[str], language: Language) -> list[str]:
    """Name categories."""
    return [category(policy, name, language) for name in names]


def purpose(policy: Policy, name: str, language: Language) -> str:
    """Name a function, a further purpose, or the answering of a right."""
    if name.startswith(RIGHT_PREFIX):
        right = labels.label(name.removeprefix(RIGHT_PREFIX), "Right")
        return _("Your right: %(right)s") % {"right": right}
    declared = policy.processing.get(name)
    return say(declared.label, language) if declared else name


def why(policy: Policy, name: str, language: Language) -> str:
    """Say what a function or purpose is for."""
    declared = policy.processing.get(name)
    return say(declared.purpose, language) if declared else ""


def recipient(policy: Policy, name: str, language: Language) -> str:
    """Name a recipient."""
    declared = policy.recipients.get(name)
    return say(declared.name, language) if declared else name


def clause_address(clause: str, version: int) -> str:
    """Return where a clause stands in the notice of a version."""
    return f"{reverse('portal:version', args=[version])}#clause-{clause}" if clause else ""
