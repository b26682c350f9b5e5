# SPDX-License-Identifier: Apache-2.0
"""Receipts: a person's own entries of the evidence log, each as a file that anyone can check offline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upheld.consent import queries as consent
from upheld.consent.values import Recorded
from upheld.errors import Conflict
from upheld.ledger import entries
from upheld.ledger.canonical import Json
from upheld.ledger.receipts import Disclosed
from upheld.storage import own_evidence, stored_log
from upheld.storage.log_keys import log_signer
from upheld.storage.own_evidence import OwnEntry
from upheld.terms import DataSubjectId


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """One receipt as the list shows it."""

    evidence_id: UUID
    at: datetime
    title: str | Promise
    clause: str
    number: int | None


TITLES: Final[dict[str, Promise]] = {
    "children.age.stated": _("You said your age"),
    "children.guardian.asked": _("A guardian was asked"),
    "children.guardian.ended": _("A guardian's office ended"),
    "children.guardian.verified": _("A guardian was verified"),
    "consent.objection.lifted": _("You took an objection back"),
    "consent.objection.made": _("You objected"),
    "consent.permission.granted": _("You granted a device permission"),
    "consent.permission.revoked": _("You took a device permission back"),
    "consent.prompt.shown": _("You were asked for a choice"),
    "consent.prompt.withheld": _("You were not asked again"),
    "consent.record.given": _("You agreed"),
    "consent.record.refused": _("You did not agree"),
    "consent.record.withdrawn": _("You took a consent back"),
    "notices.version.acknowledged": _("You accepted the policy"),
    "people.account.cancelled": _("Your account was closed"),
    "people.account.opened": _("Your account was opened"),
    "people.identifier.changed": _("Your number was changed"),
    "retention.account.cancelled": _("What follows your closed account was set going"),
    "retention.erasure.begun": _("An erasure began"),
    "retention.erasure.done": _("An erasure was carried out and read back"),
    "rights.request.answered": _("Your request was answered"),
    "rights.request.assigned": _("Your request was given to somebody"),
    "rights.request.carried_out": _("Your request was carried out"),
    "rights.request.filed": _("You filed a request"),
    "rights.request.overdue": _("Your request became late"),
    "rights.request.refused": _("Your request was refused"),
    "rights.request.taken_back": _("You took a request back"),
    "rights.request.verified": _("You were verified for a request"),
    "rights.restriction.lifted": _("You lifted the restriction of your data"),
    "sharing.disclosure.failed": _("A disclosure failed"),
    "sharing.disclosure.intended": _("A disclosure was about to be made"),
    "sharing.disclosure.made": _("Something was disclosed"),
    "sharing.disclosure.refused": _("A disclosure was refused"),
    "sharing.disclosure.uncertain": _("Something may have been disclosed"),
    "vault.item.collected": _("Something was collected"),
    "vault.item.copied": _("A copy or an item was shown to you"),
    "vault.item.corrected": _("Something was corrected"),
}
"""What the events that people get receipts of are called."""


def receipts(data_subject_id: DataSubjectId) -> list[Proof]:
    """List a person's receipts, newest first."""
    return [_proof(one) for one in own_evidence.entries_of(data_subject_id)]


def receipt(data_subject_id: DataSubjectId, evidence_id: UUID) -> Proof:
    """Return one receipt.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    return _proof(own_evidence.entry_of(data_subject_id, evidence_id))


def _proof(one: OwnEntry) -> Proof:
    return Proof(
        evidence_id=one.evidence_id,
        at=one.at,
        title=TITLES.get(one.entry.kind, one.entry.kind),
        clause=one.entry.clause or "",
        number=one.index,
    )


def receipt_file(data_subject_id: DataSubjectId, evidence_id: UUID) -> bytes | None:
    """Return a receipt as a file; None until a checkpoint covers it, which takes a second or two.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    one = own_evidence.entry_of(data_subject_id, evidence_id)
    try:
        return stored_log.receipt_for(evidence_id, _disclosed(data_subject_id, one))
    except Conflict:
        return None


def log_key() -> str:
    """Return the public key of the log, to pin."""
    return log_signer().verifier.to_text()


def choice_of(data_subject_id: DataSubjectId, evidence_id: UUID) -> Recorded | None:
    """Return the choice that a receipt is about; None where it is about something else.

    Raises:
        NotFound: there is no such receipt, or it is another person's.
    """
    return _choice(data_subject_id, own_evidence.entry_of(data_subject_id, evidence_id))


def _choice(data_subject_id: DataSubjectId, one: OwnEntry) -> Recorded | None:
    if one.entry.record is None:
        return None
    return next((made for made in consent.history(data_subject_id) if made.digest == one.entry.record), None)


def _disclosed(data_subject_id: DataSubjectId, one: OwnEntry) -> Disclosed | None:
    """Give the person the record that the entry commits to, where it is one of their choices."""
    made = _choice(data_subject_id, one)
    if made is None:
        return None
    record, salt = _as_json(made), bytes.fromhex(made.salt)
    return Disclosed(salt=salt, record=record) if entries.commit(salt, record) == made.digest else None


def _as_json(made: Recorded) -> Mapping[str, Json]:
    """Spell a choice as the consent room commits to it."""
    return {
        "record": str(made.record_id),
        "subject": str(made.data_subject_id),
        "topic": made.topic,
        "action": made.action.value,
        "version": made.version,
        "language": made.language.value,
        "wording_sha256": made.wording_sha256,
        "method": made.method.value,
        "actor": made.actor.value,
        "at": made.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
