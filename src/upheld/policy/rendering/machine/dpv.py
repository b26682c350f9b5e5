# SPDX-License-Identifier: Apache-2.0
"""A policy as JSON-LD in terms of the W3C Data Privacy Vocabulary 2, with its context inline: no network is needed.

Every node's id is the id of its clause under `urn:upheld:<policy>:<version>:`, so that a program finds the sentence.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import Words, hyphened
from upheld.policy.model.processing import Function, Need, Purpose
from upheld.policy.model.recipients import Recipient
from upheld.policy.model.storage import StoragePeriod
from upheld.policy.rendering.machine.values import Json, duration, is_abroad, recipients_of, storage_of
from upheld.policy.rendering.machine.vocabulary import (
    AFTERWARDS,
    LEGAL_BASES,
    NAMESPACES,
    OPERATIONS,
    PURPOSES,
    RIGHTS,
    ROLES,
    SUBJECTS,
)
from upheld.terms import Act, LawfulBasis

Node = dict[str, Json]
_OWN: Final = "clause"
"""The prefix of the policy's own ids."""
_NEEDS: Final = {Need.REQUIRED: "dpv:Required", Need.OPTIONAL: "dpv:Optional"}


def dpv(policy: Policy) -> Json:
    """Write a policy as JSON-LD.

    Returns:
        A document of `@context` and `@graph`: the notice, the controller, the categories, a process for each function,
        further purpose and recipient, storage conditions, and the rights.
    """
    graph = [
        _notice(policy),
        *_controller(policy),
        *_categories(policy),
        *_processes(policy),
        *_recipients(policy),
        *(_storage(name, period) for name, period in policy.storage.items()),
        *_residency(policy),
        *_rights(policy),
    ]
    own = f"urn:upheld:{policy.policy}:{policy.version}:"
    return {"@context": {**NAMESPACES, _OWN: own}, "@graph": graph}


def _notice(policy: Policy) -> Node:
    processes = [*_ids("functions", policy.functions), *_ids("purposes", policy.purposes)]
    rights = policy.rights.requests if policy.rights else {}
    dates = {"dct:issued": policy.updated, "dct:available": policy.effective}
    return {
        "@id": f"{_OWN}:notice",
        "@type": "dpv:PrivacyNotice",
        "dct:title": _said(policy.title),
        "dct:identifier": policy.policy,
        "dct:hasVersion": str(policy.version),
        "dct:language": [language.value for language in policy.languages],
        **{key: {"@type": "xsd:date", "@value": day.isoformat()} for key, day in dates.items() if day},
        **({"dpv:hasDataController": {"@id": f"{_OWN}:controller"}} if policy.controller else {}),
        "dpv:hasProcess": [*processes, *(_own("recipients", name) for name in policy.recipients)],
        "dpv:hasRight": [_own("rights.requests", hyphened(right)) for right in rights],
    }


def _controller(policy: Policy) -> Iterator[Node]:
    controller = policy.controller
    if controller is None:
        return
    officer = {"dpv:hasDataProtectionOfficer": _own("controller.contacts", controller.officer)}
    yield {
        "@id": f"{_OWN}:controller",
        "@type": "dpv:DataController",
        "dpv:hasName": _said(controller.name),
        **({"dpv:hasAddress": _said(controller.address)} if controller.address else {}),
        "dpv:hasLocation": _place(controller.region),
        "dpv:hasContact": [_own("controller.contacts", name) for name in controller.contacts],
        **(officer if controller.officer else {}),
    }
    for name, contact in controller.contacts.items():
        yield {
            "@id": f"{_OWN}:controller.contacts.{name}",
            **({"@type": "dpv:DataProtectionOfficer"} if name == controller.officer else {}),
            "skos:prefLabel": _said(contact.label),
            **({"dpv:hasContact": contact.address} if contact.address else {}),
        }


def _categories(policy: Policy) -> Iterator[Node]:
    for name, category in policy.categories.items():
        kinds = ["dpv:SensitivePersonalData" if category.sensitive else "dpv:PersonalData"]
        yield {
            "@id": f"{_OWN}:categories.{name}",
            "@type": [*kinds, *([category.dpv] if category.dpv else [])],
            "skos:prefLabel": _said(category.label),
            **({"skos:definition": _said(category.contains)} if category.contains else {}),
            "dpv:hasDataSubject": {"@id": SUBJECTS[category.about]},
        }


def _processes(policy: Policy) -> Iterator[Node]:
    for name, function in policy.functions.items():
        node = _process(policy, "functions", name, function)
        needs = [
            _needed(need, [one for one, its in function.collects.items() if its is need])
            for need in Need
            if need in function.collects.values()
        ]
        yield {**node, **({"dpv:hasProcess": needs} if needs else {})}
    for name, purpose in policy.purposes.items():
        yield _process(policy, "purposes", name, purpose)


def _process(policy: Policy, section: str, name: str, processing: Function | Purpose) -> Node:
    kept = storage_of(policy, name, processing.categories)
    told = recipients_of(policy, name)
    return {
        "@id": f"{_OWN}:{section}.{name}",
        "@type": "dpv:Process",
        "skos:prefLabel": _said(processing.label),
        "dpv:hasPurpose": _purpose(processing.purpose, _kind(processing)),
        "dpv:hasLegalBasis": {"@id": LEGAL_BASES[processing.basis]},
        "dpv:hasProcessing": _operations(processing.acts),
        "dpv:hasPersonalData": _ids("categories", processing.categories),
        **({"dpv:hasStorageCondition": _ids("storage", kept)} if kept else {}),
        **({"dpv:hasRecipient": [_party(one) for one in told]} if told else {}),
        **({"dpv:hasDataController": {"@id": f"{_OWN}:controller"}} if policy.controller else {}),
    }


def _kind(processing: Function | Purpose) -> str:
    if processing.basis is LawfulBasis.LEGAL_DUTY:
        return "dpv:LegalCompliance"
    return PURPOSES[processing.tier] if isinstance(processing, Function) else "dpv:Purpose"


def _needed(need: Need, categories: Iterable[str]) -> Node:
    return {
        "@type": "dpv:Process",
        "dpv:hasProcessing": [{"@id": OPERATIONS[Act.COLLECT]}],
        "dpv:hasNecessity": {"@id": _NEEDS[need]},
        "dpv:hasPersonalData": _ids("categories", categories),
    }


def _recipients(policy: Policy) -> Iterator[Node]:
    """Write each recipient twice: what is done in giving to it, under the clause, and who it is."""
    for name, recipient in policy.recipients.items():
        yield {
            "@id": f"{_OWN}:recipients.{name}",
            "@type": "dpv:Process",
            "dpv:hasPurpose": _purpose(recipient.purpose, "dpv:Purpose"),
            "dpv:hasLegalBasis": {"@id": LEGAL_BASES[recipient.basis]},
            "dpv:hasProcessing": _operations(_giving(policy, recipient)),
            "dpv:hasPersonalData": _ids("categories", recipient.receives),
            "dpv:hasRecipient": _party(name),
        }
        yield {
            "@id": f"{_OWN}:recipients.{name}.party",
            "@type": ROLES[recipient.role],
            "dpv:hasName": _said(recipient.name),
            "dpv:hasLocation": _place(recipient.region),
            **({"dpv:hasContact": recipient.link} if recipient.link else {}),
        }


def _giving(policy: Policy, recipient: Recipient) -> Iterator[Act]:
    yield Act.ENTRUST if ROLES[recipient.role] == "dpv:DataProcessor" else Act.SHARE
    if is_abroad(policy, recipient.region):
        yield Act.SEND_ABROAD


def _storage(name: str, period: StoragePeriod) -> Node:
    kept: Node = {"@type": "dpv:TemporalDuration", "dct:extent": _lasting(duration(period.keep))}
    return {
        "@id": f"{_OWN}:storage.{name}",
        "@type": "dpv:StorageDuration",
        "skos:prefLabel": _said(period.label),
        "skos:scopeNote": {"@language": "en", "@value": f"from {period.from_.value.replace('_', ' ')}"},
        "dpv:hasDuration": kept,
        "dpv:hasPersonalData": _ids("categories", period.of),
        "dpv:hasProcessing": [{"@id": AFTERWARDS[period.then]}],
    }


def _lasting(written: str) -> Node:
    return {"@type": "xsd:duration", "@value": written}


def _residency(policy: Policy) -> Iterator[Node]:
    if policy.residency:
        place = _place(policy.residency.region)
        yield {"@id": f"{_OWN}:residency.region", "@type": "dpv:StorageLocation", "dpv:hasLocation": place}


def _rights(policy: Policy) -> Iterator[Node]:
    for right, rule in (policy.rights.requests if policy.rights else {}).items():
        yield {
            "@id": f"{_OWN}:rights.requests.{hyphened(right)}",
            "@type": "dpv:DataSubjectRight",
            "skos:prefLabel": _said(rule.label),
            "skos:closeMatch": {"@id": RIGHTS[right]},
            "dpv:isExercisedAt": [_own("controller.contacts", channel) for channel in rule.channels],
            **({"dpv:hasDuration": _answered(duration(rule.within))} if rule.within else {}),
        }


def _answered(written: str) -> Node:
    return {"@type": "dpv:TemporalDuration", "dct:extent": _lasting(written)}


def _purpose(words: Words, kind: str) -> Node:
    return {"@type": kind, "skos:definition": _said(words)}


def _operations(acts: Iterable[Act]) -> list[Json]:
    return [{"@id": OPERATIONS[act]} for act in acts]


def _place(region: str) -> Json:
    """Name a country by its DPV term; a part of one has none and is a string."""
    code = region.upper()
    return {"@id": f"loc:{code}"} if len(code) == 2 else code


def _party(name: str) -> Json:
    return {"@id": f"{_OWN}:recipients.{name}.party"}


def _ids(section: str, names: Iterable[str]) -> list[Json]:
    return [_own(section, name) for name in names]


def _own(section: str, name: str | None) -> Json:
    return {"@id": f"{_OWN}:{section}.{name}"}


def _said(words: Words | None) -> list[Json]:
    return [{"@language": language.value, "@value": text} for language, text in (words or {}).items()]
