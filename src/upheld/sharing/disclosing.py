# SPDX-License-Identifier: Apache-2.0
"""Hand a person's data to a recipient: decided, intended, opened, delivered, and shown to the person.

1. *decide*: the gate (consent, papers, recipient, form, region) and the directory; refused, the refusal is evidence.
2. *intend*: an intent and the disclosure's row commit before anything leaves.
3. *open*: the vault decides again and records a look by the recipient.
4. *deliver*: handed over, idempotently under the disclosure's id.
5. *settle*: made or failed. A process that died in between leaves it uncertain, and the person reads that too.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NoEvidence
from upheld.gate import Ask, Denied, Reason
from upheld.sharing import queries, rules
from upheld.sharing.events import SharingEvent
from upheld.sharing.models import Disclosure
from upheld.sharing.values import Deliver, Disclosed, DisclosureState
from upheld.storage import intents
from upheld.storage.acts import Act as Acting
from upheld.storage.acts import Fact, act
from upheld.terms import Act, DataSubjectId
from upheld.vault import service as vault
from upheld.vault.deciding import Decision, decide, policy_of
from upheld.vault.values import OpenedItems, Reader, ReaderKind

HAND_OVER: Final = "sharing.hand_over"
"""Kind of the intents to hand data over."""

HANDING_OVER: Final = frozenset({Act.SHARE, Act.ENTRUST, Act.TRANSFER, Act.SEND_ABROAD})


def disclose(
    *,
    ask: Ask,
    data_subject_id: DataSubjectId,
    now: datetime,
    caller_id: UUID | None = None,
    deliver: Deliver | None = None,
) -> Disclosed:
    """Hand the asked categories of one person to one recipient.

    Args:
        ask: act share, entrust, transfer or send_abroad, with recipient, purpose and categories.
        data_subject_id: whose data.
        now: when.
        caller_id: the program that asked, if one did.
        deliver: hands the items over; without it the caller receives them, which counts as handed over.

    Raises:
        BadInput: the ask hands nothing over, or names no recipient or category.
        Denied: consent, paper, directory, form or region stands in the way; the refusal is recorded.
        Exception: whatever `deliver` raised; the disclosure is then recorded as failed.
    """
    _check_shape(ask)
    row: Disclosure | None = None
    with act() as acting:
        decision = decide(ask, data_subject_id=data_subject_id, now=now).and_also(_incomplete(ask, data_subject_id))
        if decision.denial is None:
            row = _intend(acting, decision, data_subject_id, caller_id, now)
        else:
            _record(acting, SharingEvent.REFUSED, decision, data_subject_id, now)
    if decision.denial is not None:
        raise Denied(decision.denial)
    if row is None:
        raise NoEvidence("a disclosure was neither intended nor refused")
    items = _hand_over(row, decision, data_subject_id, now, deliver)
    return Disclosed(disclosure_id=row.id, recipient=row.recipient, items=items)


def _check_shape(ask: Ask) -> None:
    if ask.act not in HANDING_OVER:
        raise BadInput(f"a disclosure is an act that hands data over, {ask.act.value} came")
    if not ask.recipient or not ask.categories:
        raise BadInput("a disclosure names one recipient and at least one category")


def _incomplete(ask: Ask, data_subject_id: DataSubjectId) -> Reason | None:
    policy = policy_of(data_subject_id)
    recipient = ask.recipient or ""
    if policy is None or recipient not in policy.recipients:
        return None  # the gate says so
    if not controls.in_force("sharing.directory_complete") or not rules.missing_columns(policy, recipient):
        return None
    return Reason(code="directory_incomplete", control="sharing.directory_complete", clause=f"recipients.{recipient}")


def _intend(
    acting: Acting, decision: Decision, data_subject_id: DataSubjectId, caller_id: UUID | None, now: datetime
) -> Disclosure:
    ask = decision.ask
    row = Disclosure(
        id=uuid7(now),
        data_subject_id=data_subject_id,
        recipient=ask.recipient or "",
        purpose=ask.purpose,
        categories=sorted(set(ask.categories)),
        form=str(decision.answer.observed.get("form", "")),
        ground=ask.ground or "",
        caller_id=caller_id,
        state=DisclosureState.INTENDED.value,
        at=now,
    )
    if controls.in_force("sharing.disclosure_recorded"):
        row.save(force_insert=True)
        facts = {"disclosure": str(row.id), "subject": str(data_subject_id)}
        intents.intend(HAND_OVER, row.id, facts=facts, now=now)
    _record(acting, SharingEvent.INTENDED, decision, data_subject_id, now)
    return row


def _hand_over(
    row: Disclosure, decision: Decision, data_subject_id: DataSubjectId, now: datetime, deliver: Deliver | None
) -> OpenedItems:
    reader = Reader(kind=ReaderKind.RECIPIENT, id=row.id)
    try:
        items = vault.open_items(ask=decision.ask, data_subject_id=data_subject_id, now=now, by=reader)
        if deliver is not None:
            deliver(row.id, items)
    except Exception:
        _settle(row, decision, data_subject_id, DisclosureState.FAILED, now)
        raise
    _settle(row, decision, data_subject_id, DisclosureState.MADE, now)
    return items


def _settle(
    row: Disclosure, decision: Decision, data_subject_id: DataSubjectId, state: DisclosureState, now: datetime
) -> None:
    event = SharingEvent.DISCLOSED if state is DisclosureState.MADE else SharingEvent.FAILED
    with act() as acting:
        waiting = Disclosure.objects.filter(id=row.id, state=DisclosureState.INTENDED.value)
        if waiting.update(state=state.value, settled_at=now):
            intents.settle(row.id, outcome=state.value, now=now)
        _record(acting, event, decision, data_subject_id, now, recorded=queries.is_listed(row.id))


def _record(
    acting: Acting,
    event: SharingEvent,
    decision: Decision,
    data_subject_id: DataSubjectId,
    now: datetime,
    **more: Fact,
) -> None:
    """Leave evidence that judges the act alone: what the gate observed, papers on file, the row, the person's list."""
    policy, recipient = policy_of(data_subject_id), decision.ask.recipient or ""
    declared = policy is not None and recipient in policy.recipients
    missing = rules.missing_columns(policy, recipient) if policy is not None else ("policy",)
    lacking = queries.papers_lacking(policy, recipient, now=now) if policy is not None else ()
    facts = decision.evidence(
        recipient=recipient if declared else "undeclared",
        declared=declared,
        directory_complete=not missing,
        row_missing=[*missing],
        papers_lacking=[*lacking],
        **more,
    )
    acting.record(event, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)


@intents.resumes(HAND_OVER)
def _resume(intent: intents.Intent, now: datetime) -> str:
    """Say of a disclosure whose process died that nobody knows: handing over once more could hand over twice."""
    row_id, subject = UUID(str(intent.facts["disclosure"])), DataSubjectId(UUID(str(intent.facts["subject"])))
    with act() as acting:
        waiting = Disclosure.objects.filter(id=row_id, state=DisclosureState.INTENDED.value)
        waiting.update(state=DisclosureState.UNCERTAIN.value, settled_at=now)
        acting.record(
            SharingEvent.UNCERTAIN,
            now=now,
            subject=subject,
            clause=None,
            control="sharing.disclosure_recorded",
            facts={"recorded": queries.is_listed(row_id)},
        )
    return DisclosureState.UNCERTAIN.value
