# SPDX-License-Identifier: Apache-2.0
"""Consent records and receipts in the terms of ISO/IEC TS 27560:2023, with values of the Data Privacy Vocabulary.

The profile says what every receipt under a policy version says; a receipt adds what one person said and when. Our own
words stand in both; of the specification only the names of its fields are used.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.identity import ContactKind
from upheld.policy.model.processing import Function, Need
from upheld.policy.rendering.machine.values import Json, duration, recipients_of, storage_of
from upheld.policy.rendering.machine.vocabulary import LEGAL_BASES, OPERATIONS, PURPOSES, ROLES
from upheld.terms import Language, LawfulBasis, Right

SCHEMA: Final = "https://w3id.org/dpv/schema/dpv-27560#record"
"""The profile of the specification whose values the fields take."""
STATES: Final = {
    "given": "dpv:ConsentGiven",
    "withdrawn": "dpv:ConsentWithdrawn",
    "refused": "dpv:ConsentRefused",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Consented:
    """One thing that one person said, as the room of consents wrote it down.

    Attributes:
        receipt_id: of the receipt.
        record_id: of the record that it is about.
        principal_id: the opaque id of the person.
        purposes: ids of the functions and purposes that it is about.
        categories: ids of the categories that it is about; none means all that the purposes touch.
        recipients: ids of the recipients that it lets receive.
        action: what was said.
        at: when, in UTC, as ISO 8601.
        method: how, as `switch`.
        by: who said it: `self` or `guardian`.
        language: in which the wording was shown.
        wording_sha256: digest of the wording.
        notice: address or digest of the notice of that version.
        is_explicit: whether it was asked for alone, as for sensitive data.
    """

    receipt_id: str
    record_id: str
    principal_id: str
    purposes: tuple[str, ...]
    categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    action: Literal["given", "withdrawn", "refused"]
    at: str
    method: str
    by: str
    language: Language
    wording_sha256: str
    notice: str
    is_explicit: bool = field(default=False)


def receipt_profile(policy: Policy, lang: Language | str) -> Json:
    """Say what every consent receipt under this version says: header, purposes that rest on consent, parties.

    Raises:
        ValueError: the policy has no text in that language.
    """
    wording = _wording(policy, lang)
    by_consent = [name for name, one in policy.processing.items() if one.basis is LawfulBasis.CONSENT]
    return {
        "schema_version": SCHEMA,
        "profile_of": {"policy": policy.policy, "version": policy.version},
        "pii_processing": _processing(wording, by_consent, (), (), notice=""),
        "party_identification": _parties(wording, by_consent, ()),
        "event_states": list(STATES.values()),
    }


def receipt(policy: Policy, said: Consented) -> Json:
    """Write one consent record as the receipt of its person.

    Raises:
        ValueError: the policy has no text in the language the wording was shown in.
    """
    wording = _wording(policy, said.language)
    return {
        "schema_version": SCHEMA,
        "receipt_id": said.receipt_id,
        "receipt_content": {
            "record_id": said.record_id,
            "pii_principal_id": said.principal_id,
            "pii_processing": _processing(wording, said.purposes, said.categories, said.recipients, notice=said.notice),
            "party_identification": _parties(wording, said.purposes, said.recipients),
            "events": [_event(said)],
        },
    }


def _event(said: Consented) -> Json:
    return {
        "event_time": said.at,
        "validity_duration": "dpv:UntilEventDuration",
        "entity_id": said.principal_id if said.by == "self" else said.by,
        "event_type": "dpv:ExplicitlyExpressedConsent" if said.is_explicit else "dpv:ExpressedConsent",
        "event_state": STATES[said.action],
        "event_method": said.method,
        "wording_sha256": said.wording_sha256,
    }


def _wording(policy: Policy, lang: Language | str) -> Wording:
    if lang not in policy.languages:
        raise ValueError(f"expected one of {', '.join(policy.languages)}, {lang!r} came")
    return Wording(policy, Language(lang))


def _processing(
    w: Wording, purposes: Iterable[str], categories: tuple[str, ...], recipients: tuple[str, ...], *, notice: str
) -> Json:
    policy, residency = w.policy, w.policy.residency
    rights = policy.rights.requests if policy.rights else {}
    known = [name for name in purposes if name in policy.processing]
    return {
        "privacy_notice": notice or f"urn:upheld:{policy.policy}:{policy.version}:notice",
        "language": w.language.value,
        "purposes": [_purpose(w, name, categories, recipients) for name in known],
        "storage_locations": [residency.region.upper()] if residency else [],
        "geographic_restrictions": [w.say(passage.label) for passage in residency.abroad.values()] if residency else [],
        "jurisdiction": [law.upper() for law in policy.laws],
        "privacy_rights": [{"id": hyphened(right), "label": w.say(rule.label)} for right, rule in rights.items()],
        "authority_party": [w.say(body.label) for body in policy.regulators.values()],
    }


def _purpose(w: Wording, name: str, categories: tuple[str, ...], recipients: tuple[str, ...]) -> Json:
    policy, processing = w.policy, w.policy.processing[name]
    touched = [one for one in processing.categories if not categories or one in categories]
    collects = processing.collects if isinstance(processing, Function) else {}
    told = [one for one in recipients_of(policy, name) if not recipients or one in recipients]
    return {
        "purpose": w.say(processing.purpose),
        "purpose_id": name,
        "purpose_type": PURPOSES[processing.tier] if isinstance(processing, Function) else "dpv:Purpose",
        "lawful_basis": LEGAL_BASES[processing.basis],
        "pii_information": [_pii(w, one, collects.get(one)) for one in touched if one in policy.categories],
        "pii_controllers": ["controller"],
        "collection_method": w.value(processing.manner) if isinstance(processing, Function) else "",
        "processing_method": [OPERATIONS[act] for act in processing.acts],
        "retention_period": list(_periods(w, name, touched)),
        "service": w.say(processing.label),
        "recipient_third_parties": told,
        "withdrawal_method": _withdrawal(w),
    }


def _pii(w: Wording, name: str, need: Need | None) -> Json:
    category = w.policy.categories[name]
    return {
        "pii_type": category.dpv or "dpv:PersonalData",
        "pii_attribute_id": name,
        "pii_label": w.say(category.label),
        "pii_optional": need is Need.OPTIONAL,
        "sensitive_pii_category": category.sensitive,
    }


def _periods(w: Wording, purpose: str, categories: Iterable[str]) -> Iterator[Json]:
    for name in storage_of(w.policy, purpose, categories):
        period = w.policy.storage[name]
        yield {"duration": duration(period.keep), "from": period.from_.value, "then": period.then.value, "clause": name}


def _withdrawal(w: Wording) -> Json:
    rule = w.policy.rights.requests.get(Right.WITHDRAWAL) if w.policy.rights else None
    return [w.contacts([channel]) for channel in rule.channels] if rule else []


def _parties(w: Wording, purposes: Iterable[str], recipients: tuple[str, ...]) -> Json:
    told = (one for name in purposes for one in recipients_of(w.policy, name) if not recipients or one in recipients)
    return [*_controller(w), *(_recipient(w, name) for name in dict.fromkeys(told))]


def _controller(w: Wording) -> Iterator[Json]:
    controller = w.policy.controller
    if controller is None:
        return
    reach = dict.fromkeys(ContactKind, "")
    for contact in controller.contacts.values():
        reach[contact.kind] = reach[contact.kind] or contact.address or ""
    yield {
        "party_id": "controller",
        "party_name": w.say(controller.name),
        "party_role": "dpv:DataController",
        "party_type": "dpv:DataController",
        "party_address": w.say(controller.address),
        "party_email": reach[ContactKind.EMAIL],
        "party_phone": reach[ContactKind.PHONE],
        "party_url": reach[ContactKind.WEB],
        "party_contact": w.contacts(controller.contacts),
    }


def _recipient(w: Wording, name: str) -> Json:
    recipient = w.policy.recipients[name]
    return {
        "party_id": name,
        "party_name": w.say(recipient.name),
        "party_role": ROLES[recipient.role],
        "party_type": "dpv:Recipient",
        "party_address": w.region(recipient.region),
        "party_url": recipient.link or "",
        "party_contact": recipient.link or "",
    }
