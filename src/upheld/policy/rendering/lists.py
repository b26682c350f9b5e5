# SPDX-License-Identifier: Apache-2.0
"""The two public lists as data: what is collected, and who receives it (Network Data Security Regulations, art. 21)."""

from dataclasses import dataclass

from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.processing import Need
from upheld.policy.rendering import refusing
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectedRow:
    """One category that one function collects."""

    clause: str
    category_id: str
    category: str
    contains: str
    sensitive: bool
    function: str
    purpose: str
    scene: str
    manner: str
    required: bool
    refused: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientRow:
    """One recipient or SDK."""

    clause: str
    recipient_id: str
    name: str
    kind: str
    package: str
    purpose: str
    receives: tuple[str, ...]
    scene: str
    form: str
    region: str
    link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Lists:
    """Both lists in one language."""

    language: Language
    collected: tuple[CollectedRow, ...]
    recipients: tuple[RecipientRow, ...]


def lists(policy: Policy, lang: Language | str) -> Lists:
    """Make the two public lists.

    Raises:
        ValueError: there is no such language.
    """
    wording = Wording(policy, Language(lang))
    return Lists(
        language=wording.language, collected=_collected(policy, wording), recipients=_recipients(policy, wording)
    )


def _collected(policy: Policy, w: Wording) -> tuple[CollectedRow, ...]:
    rows = []
    for name, function in policy.functions.items():
        for category_id, need in function.collects.items():
            category = policy.categories.get(category_id)
            rows.append(
                CollectedRow(
                    clause=f"functions.{name}.collects",
                    category_id=category_id,
                    category=w.say(category.label) if category else category_id,
                    contains=w.say(category.contains) if category else "",
                    sensitive=bool(category and category.sensitive),
                    function=w.say(function.label),
                    purpose=w.say(function.purpose),
                    scene=w.say(function.scene),
                    manner=w.value(function.manner),
                    required=need is Need.REQUIRED,
                    refused=refusing.of_item(policy, name, category_id, w.language),
                )
            )
    return tuple(rows)


def _recipients(policy: Policy, w: Wording) -> tuple[RecipientRow, ...]:
    known = policy.categories
    return tuple(
        RecipientRow(
            clause=f"recipients.{name}",
            recipient_id=name,
            name=w.say(recipient.name),
            kind=w.value(recipient.kind),
            package=recipient.package or "",
            purpose=w.say(recipient.purpose),
            receives=tuple(w.say(known[one].label) if one in known else one for one in recipient.receives),
            scene=w.say(recipient.scene),
            form=w.value(recipient.form),
            region=w.region(recipient.region),
            link=recipient.link or "",
        )
        for name, recipient in policy.recipients.items()
    )
