# SPDX-License-Identifier: Apache-2.0
"""What a restore must not revive in this room: the keys of a person who was erased, and the end of a hold.

An older copy of the key store brings back keys whose rows the restored data may not even have, and the way from an
identifier to the person; so both are ended here by person, not by row.
"""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from upheld.keys import service as keys
from upheld.retention.models import LegalHold
from upheld.storage import journal
from upheld.terms import DataSubjectId

ENDED: Final = "retention.person_ended"
HELD: Final = "retention.hold_placed"
LIFTED: Final = "retention.hold_lifted"
_REINSTATED: Final = "reinstated after a restore; the order is on file with the officer"
"""The journal holds ids alone, so the law's name is not in it."""


def end_keys(data_subject_id: DataSubjectId, *, held: frozenset[str], now: datetime) -> int:
    """Destroy every key of a person but those of held clauses; the one that links to the log goes too."""
    mine = keys.places(data_subject_id=data_subject_id)
    doomed = [place.key_id for place in mine if not place.is_destroyed and place.clause not in held]
    return keys.destroy(key_ids=doomed, now=now)


def journal_end(data_subject_id: DataSubjectId, *, held: frozenset[str], now: datetime) -> None:
    """Write down, inside the erasure's transaction, that a person is erased whole."""
    facts: journal.JournalFacts = {"subject": str(data_subject_id), "held": sorted(held)}
    journal.narrow(ENDED, facts=facts, now=now)


def journal_hold(hold: LegalHold, *, now: datetime) -> None:
    """Write down, inside the act that places a hold, that it was placed."""
    facts = {"hold": str(hold.id), "subject": str(hold.data_subject_id), "clause": hold.clause}
    journal.narrow(HELD, facts=facts | {"until": int(hold.until.timestamp())}, now=now)


def journal_lifted(hold: LegalHold, *, now: datetime) -> None:
    """Write down, inside the act that lifts a hold, that it was lifted."""
    journal.narrow(LIFTED, facts={"hold": str(hold.id)}, now=now)


@journal.replays(ENDED)
def _end_again(facts: journal.JournalFacts, at: datetime) -> None:
    subject, named = DataSubjectId(UUID(str(facts["subject"]))), facts["held"]
    held = frozenset(named) if isinstance(named, list) else frozenset[str]()
    end_keys(subject, held=held, now=at)
    keys.unbind(data_subject_id=subject)


@journal.replays(HELD)
def _hold_again(facts: journal.JournalFacts, at: datetime) -> None:
    LegalHold.objects.get_or_create(
        id=UUID(str(facts["hold"])),
        defaults={
            "data_subject_id": UUID(str(facts["subject"])),
            "clause": str(facts["clause"]),
            "law": _REINSTATED,
            "placed_at": at,
            "until": datetime.fromtimestamp(int(str(facts["until"])), UTC),
        },
    )


@journal.replays(LIFTED)
def _lift_again(facts: journal.JournalFacts, at: datetime) -> None:
    LegalHold.objects.filter(id=UUID(str(facts["hold"])), lifted_at=None).update(lifted_at=at)
