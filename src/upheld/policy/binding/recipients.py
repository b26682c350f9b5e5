# SPDX-License-Identifier: Apache-2.0
"""Clauses on recipients and SDKs."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.model.recipients import Condition, Recipient
from upheld.terms import LawfulBasis


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `recipients`."""
    region = policy.residency.region if policy.residency else None
    for name, recipient in policy.recipients.items():
        yield Draft(
            id=f"recipients.{name}",
            phrase="recipient",
            terms=of(recipient, _terms),
            controls=_controls(recipient, abroad=region is not None and recipient.region != region),
            chapter=Chapter.SHARE,
            own=recipient.text,
        )


def _terms(w: Wording, recipient: Recipient) -> dict[str, str]:
    off = recipient.off_by_default
    return {
        "name": w.say(recipient.name),
        "things": w.categories(recipient.receives),
        "form": w.value(recipient.form),
        "purpose": w.say(recipient.purpose),
        "scene": w.say(recipient.scene) or w.phrase("part.unstated"),
        "region": w.region(recipient.region),
        "purposes": w.processing(recipient.purposes),
        "group": w.phrase("part.group", number=str(recipient.group_at_least)) if recipient.group_at_least else "",
        "off": w.phrase("part.off", things=_first_capital(w.categories(off))) if off else "",
        "needs": w.phrase("part.needs", needs=w.values(recipient.needs)) if recipient.needs else "",
        "foreground": w.phrase("part.foreground") if recipient.foreground_only else "",
        "supervised": w.phrase("part.supervised", span=w.every(recipient.supervised)) if recipient.supervised else "",
    }


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _controls(recipient: Recipient, *, abroad: bool) -> Iterator[str]:
    yield "gate.recipient_declared"
    yield "sharing.directory_complete"
    yield "sharing.disclosure_recorded"
    yield "gate.recipient_stopped"
    if recipient.basis is LawfulBasis.CONSENT:
        yield "gate.consent_needed"
    if Condition.AGREEMENT in recipient.needs:
        yield "sharing.agreement_in_force"
    if {Condition.ASSESSMENT, Condition.SECURITY_TEST} & set(recipient.needs):
        yield "sharing.assessment_in_force"
    if recipient.foreground_only:
        yield "gate.background_declared"
    if recipient.supervised:
        yield "duties.attested"
    if abroad:
        yield "gate.residency"
