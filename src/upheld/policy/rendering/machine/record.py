# SPDX-License-Identifier: Apache-2.0
"""The record of processing that GDPR art. 30(1) asks of a controller: items (a) to (g), activity by activity.

What the policy does not say is not made up: an empty list or text means that the policy says nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from upheld.policy.binding import bind
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.data import About
from upheld.policy.model.identity import Chapter
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.rendering.machine.values import is_abroad, recipients_of, storage_of
from upheld.policy.rendering.phrases import RECORD
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Controller:
    """Item (a): who answers, and how to reach them and their officer."""

    name: str
    address: str
    region: str
    officer: str
    contacts: tuple[str, ...]
    joint: tuple[str, ...]
    """Recipients that decide jointly with the controller."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """Items (b) to (f) of one function or further purpose, in words.

    Attributes:
        clause: its id in the policy.
        label: its name.
        purpose: (b).
        basis: the lawful basis, which the article does not ask for and every reader does.
        data_subjects: (c) whom the data is about.
        categories: (c) kinds of personal data; sensitive ones say so.
        recipients: (d) who receives, with what each is, processors included.
        transfers: (e) the recipients outside the region, with the region; the safeguards stand in the record.
        erasure: (f) each storage period as a sentence.
    """

    clause: str
    label: str
    purpose: str
    basis: str
    data_subjects: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    transfers: tuple[str, ...]
    erasure: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordOfProcessing:
    """The whole record in one language."""

    language: Language
    policy: str
    version: int
    controller: Controller | None
    activities: tuple[Activity, ...]
    safeguards: tuple[str, ...]
    """Item (e): in which cases data leaves its region, and how it is protected there."""
    measures: tuple[str, ...]
    """Item (g): what the policy says of protecting data (art. 32(1))."""


def record_of_processing(policy: Policy, lang: Language | str) -> RecordOfProcessing:
    """Make the record of processing of a policy.

    Raises:
        ValueError: the policy has no text in that language.
    """
    if lang not in policy.languages:
        raise ValueError(f"expected one of {', '.join(policy.languages)}, {lang!r} came")
    wording = Wording(policy, Language(lang))
    clauses = {clause.id: clause for clause in bind(policy)}
    said = {name: clause.text[wording.language] for name, clause in clauses.items()}
    protecting = (name for name, clause in clauses.items() if clause.chapter is Chapter.PROTECT)
    abroad = (name for name in said if name.startswith("residency.") and name != "residency.region")
    return RecordOfProcessing(
        language=wording.language,
        policy=policy.policy,
        version=policy.version,
        controller=_controller(policy, wording),
        activities=tuple(_activities(policy, wording, said)),
        safeguards=tuple(said[name] for name in abroad),
        measures=tuple(said[name] for name in protecting),
    )


def _controller(policy: Policy, w: Wording) -> Controller | None:
    controller = policy.controller
    if controller is None:
        return None
    joint = (recipient for recipient in policy.recipients.values() if recipient.role == "joint")
    return Controller(
        name=w.say(controller.name),
        address=w.say(controller.address),
        region=w.region(controller.region),
        officer=_contact(controller.officer, w) if controller.officer else "",
        contacts=tuple(_contact(name, w) for name in controller.contacts),
        joint=tuple(w.say(recipient.name) for recipient in joint),
    )


def _contact(name: str, w: Wording) -> str:
    """Write a contact with its address; one that is not declared stands for itself."""
    contacts = w.policy.controller.contacts if w.policy.controller else {}
    found = contacts.get(name)
    if found is None:
        return name
    address = w.phrase("part.address", address=found.address) if found.address else ""
    return w.say(found.label) + address


def _activities(policy: Policy, w: Wording, said: dict[str, str]) -> Iterator[Activity]:
    for name, processing in policy.processing.items():
        section = "functions" if name in policy.functions else "purposes"
        told = recipients_of(policy, name)
        away = (one for one in told if is_abroad(policy, policy.recipients[one].region))
        periods = storage_of(policy, name, processing.categories)
        yield Activity(
            clause=f"{section}.{name}",
            label=w.say(processing.label),
            purpose=w.say(processing.purpose),
            basis=w.value(processing.basis),
            data_subjects=_subjects(policy, processing, w),
            categories=tuple(_category(policy, one, w) for one in processing.categories),
            recipients=tuple(_recipient(policy, one, w) for one in told),
            transfers=tuple(f"{w.party(one)} – {w.region(policy.recipients[one].region)}" for one in away),
            erasure=tuple(said[f"storage.{one}"] for one in periods),
        )


def _subjects(policy: Policy, processing: Function | Purpose, w: Wording) -> tuple[str, ...]:
    known = policy.categories
    about = {known[one].about for one in processing.categories if one in known}
    return tuple(RECORD[one.value][w.language] for one in About if one in about)


def _category(policy: Policy, name: str, w: Wording) -> str:
    category = policy.categories.get(name)
    if category is None:
        return name
    return w.say(category.label) + (RECORD["sensitive"][w.language] if category.sensitive else "")


def _recipient(policy: Policy, name: str, w: Wording) -> str:
    return w.party(name) + RECORD["kind"][w.language].format(kind=w.value(policy.recipients[name].kind))
