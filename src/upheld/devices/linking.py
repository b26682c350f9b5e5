# SPDX-License-Identifier: Apache-2.0
"""Link a device to its person, and undo it.

A link is made for a purpose of which the policy says that it links devices, and the gate decides it like any other act
on the person. What the device sent that day as nobody's is the person's from that instant: the gate decides on each
value as if it were collected then, the vault seals what passes, and the rest is dropped (decision 19). Days before are
counts already and lead to no device.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.devices import installations
from upheld.devices.events import DeviceEvent
from upheld.devices.models import DeviceLink, Installation, TelemetryRow
from upheld.devices.values import DeviceKind, EndedBy, Linked
from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.gate import Ask, Denied, Reason
from upheld.policy import Policy
from upheld.policy.model.data import Value
from upheld.storage import journal
from upheld.storage.acts import Fact, act
from upheld.terms import Act, DataSubjectId
from upheld.vault import service as vault
from upheld.vault.deciding import Decision, decide
from upheld.vault.values import Source

JOINED: Final = "devices.joined_is_personal"
UNDO: Final = "devices.link_can_be_undone"
LINK_ENDED: Final = "devices.link_ended"
"""Kind of the entry in the restore journal: a backup revives no link that was undone."""


def link(
    *,
    data_subject_id: DataSubjectId,
    purpose: str,
    kind: DeviceKind,
    now: datetime,
    installation: UUID | None = None,
) -> Linked:
    """Link the device of a reference to a person, who signed in on it.

    Args:
        data_subject_id: who signed in.
        purpose: a function or purpose that links devices.
        kind: what the person will know the device by.
        now: from this instant what the device sends is this person's.
        installation: the device's reference; without one, or with one that is over, a new one is given.

    Raises:
        Denied: the gate said no, or the policy does not link devices for this; the refusal is recorded.
    """
    with transaction.atomic():
        try:
            answer: Linked | Denied = _link(data_subject_id, purpose, kind, installation, now)
        except Denied as denied:  # what recorded the refusal is kept
            answer = denied
    if isinstance(answer, Denied):
        raise answer
    return answer


def _link(
    data_subject_id: DataSubjectId, purpose: str, kind: DeviceKind, reference: UUID | None, now: datetime
) -> Linked:
    found = installations.in_force(reference, now=now)
    decision = _decide(data_subject_id, purpose, now)
    if decision.denial is not None:
        with act() as acting:
            acting.record(
                DeviceEvent.LINK_REFUSED, now=now, subject=data_subject_id, facts=decision.evidence(),
                **decision.bears_on,
            )  # fmt: skip
        raise Denied(decision.denial)
    before = installations.link_of(reference)
    if before is not None:
        end(before, by=EndedBy.ANOTHER, now=now)
        found = None
    found = found or installations.begin(now=now)
    sealed, dropped = (
        _take_over(found, data_subject_id, now) if controls.in_force("devices.joined_is_personal") else (0, 0)
    )
    row = _write(found, data_subject_id, purpose, kind, decision.version, now)
    with act() as acting:
        seen: dict[str, Fact] = {"kind": kind.value, "sealed": sealed, "dropped": dropped, "left": _left(found)}
        acting.record(
            DeviceEvent.LINKED,
            now=now,
            subject=data_subject_id,
            clause=decision.clause,
            control=JOINED,
            facts=decision.evidence(**seen),
        )
    return Linked(link_id=row.id, installation=found.id, linked_at=now, sealed=sealed, dropped=dropped)


def _write(
    found: Installation, subject: DataSubjectId, purpose: str, kind: DeviceKind, version: int, now: datetime
) -> DeviceLink:
    Installation.objects.filter(id=found.id).update(ends_at=None)
    return DeviceLink.objects.create(
        id=uuid7(now),
        data_subject_id=subject,
        installation_id=found.id,
        purpose=purpose,
        kind=kind.value,
        version=version,
        linked_at=now,
    )


def _left(found: Installation) -> int:
    return TelemetryRow.objects.filter(installation_id=found.id).count()


def _take_over(found: Installation, data_subject_id: DataSubjectId, now: datetime) -> tuple[int, int]:
    """Seal under the person what the gate lets be collected of them, and drop the rest; say how many of each."""
    rows = list(TelemetryRow.objects.filter(installation_id=found.id))
    sealed = 0
    for row in rows:
        ask = Ask(act=Act.COLLECT, purpose=row.purpose, categories=(row.category,))
        try:
            vault.collect(
                ask=ask,
                data_subject_id=data_subject_id,
                values={row.category: row.value},
                now=now,
                source=Source.DEVICE,
            )
            sealed += 1
        except Denied:
            continue
    TelemetryRow.objects.filter(installation_id=found.id).delete()
    return sealed, len(rows) - sealed


def is_allowed(row: DeviceLink, *, now: datetime) -> bool:
    """Say whether a link may go on: not after a consent was withdrawn, or the person's data restricted."""
    return _decide(DataSubjectId(row.data_subject_id), row.purpose, now).denial is None


def _decide(data_subject_id: DataSubjectId, purpose: str, now: datetime) -> Decision:
    policy = facts.rulebook(facts.of(data_subject_id).person.version).policy
    ask = Ask(act=Act.USE, purpose=purpose, categories=_identifiers(policy, purpose))
    decision = decide(ask, data_subject_id=data_subject_id, now=now)
    return decision.and_also(_not_for_linking(policy, purpose))


def _identifiers(policy: Policy | None, purpose: str) -> tuple[str, ...]:
    """Name what a link uses: the identifiers of its purpose."""
    processing = policy.processing.get(purpose) if policy else None
    if policy is None or processing is None:
        return ()
    return tuple(name for name in processing.categories if policy.categories[name].value is Value.IDENTIFIER)


def _not_for_linking(policy: Policy | None, purpose: str) -> Reason | None:
    processing = policy.processing.get(purpose) if policy else None
    if processing is not None and processing.links_devices:
        return None
    return Reason(code="links_no_device", control="gate.purpose_declared", clause=clause_in(policy, purpose))


def clause_in(policy: Policy | None, purpose: str) -> str:
    """Return the clause of a function or purpose; empty where the policy knows none."""
    if policy is None or purpose not in policy.processing:
        return ""
    return f"functions.{purpose}" if purpose in policy.functions else f"purposes.{purpose}"


def clause_of(row: DeviceLink) -> str | None:
    """Return the clause that a link rests on."""
    return clause_in(facts.rulebook(row.version).policy, row.purpose) or None


def unlink(*, data_subject_id: DataSubjectId, link_id: UUID, now: datetime, by: EndedBy = EndedBy.PERSON) -> None:
    """End a link: what the device sends from now on is nobody's again, under a new reference.

    What it sent while it was linked stays the person's, as sealed as before. A link that has ended stays so.

    Raises:
        NotFound: the person has no such link.
    """
    with transaction.atomic():
        row = DeviceLink.objects.select_for_update().filter(id=link_id, data_subject_id=data_subject_id).first()
        if row is None:
            raise NotFound("there is no such device")
        if row.unlinked_at is None:
            end(row, by=by, now=now)


def end(row: DeviceLink, *, by: EndedBy, now: datetime) -> None:
    """End a link that holds, in the caller's transaction."""
    with act() as acting:
        subject = DataSubjectId(row.data_subject_id)
        DeviceLink.objects.filter(id=row.id).update(unlinked_at=now, ended_by=by.value)
        Installation.objects.filter(id=row.installation_id).delete()
        journal.narrow(LINK_ENDED, facts={"link": str(row.id)}, now=now)
        seen: dict[str, Fact] = {"ended_by": by.value, "purpose": row.purpose}
        acting.record(DeviceEvent.UNLINKED, now=now, subject=subject, clause=clause_of(row), control=UNDO, facts=seen)


@journal.replays(LINK_ENDED)
def _end_again(found: journal.JournalFacts, at: datetime) -> None:
    links = DeviceLink.objects.filter(id=UUID(str(found["link"])), unlinked_at=None)
    Installation.objects.filter(id__in=list(links.values_list("installation_id", flat=True))).delete()
    links.update(unlinked_at=at, ended_by=EndedBy.RESTORE.value)


def forget(*, data_subject_id: DataSubjectId) -> None:
    """Remove every link of a person who is erased, with its reference; the caller's act carries the evidence."""
    links = DeviceLink.objects.filter(data_subject_id=data_subject_id)
    Installation.objects.filter(id__in=list(links.values_list("installation_id", flat=True))).delete()
    links.delete()
