# SPDX-License-Identifier: Apache-2.0
"""What follows a restore that lost the log's tail.

A witness will not sign a shorter log, and rightly so. A new generation of the log says openly what happened: it keeps
the entries that the restore kept, its first new entry commits to the last checkpoint known outside, and its
checkpoints have an origin of their own, `<name>/generation/<n>`. Receipts of the lost tail still verify against the
old generation's checkpoint, which everyone has who needs one.
"""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from upheld.errors import Conflict
from upheld.ledger.checkpoint import Checkpoint, verify
from upheld.ledger.merkle import EMPTY_ROOT
from upheld.storage.evidence import Evidence, Fact
from upheld.storage.ledger_models import LedgerHead
from upheld.storage.log_keys import own_keyring
from upheld.storage.sequencer import take_in
from upheld.storage.stored_log import root_at


class LogEvent(StrEnum):
    """What happens to the log itself."""

    RESTORED = "storage.restore.replayed"
    """A backup was put back, and what people had narrowed since was carried out again."""
    GENERATION_BEGUN = "ledger.generation.begun"
    """After a restore lost the tail of the log, a new generation began; it commits to the last checkpoint known."""


def begin_generation(known: bytes, *, now: datetime) -> int:
    """Begin a new generation after a restore, and return its number.

    Args:
        known: the last checkpoint known outside, from the witness's folder or a receipt.
        now: the present moment.

    Raises:
        CheckpointBroken: the checkpoint is not signed by this log's key.
        Conflict: nothing was lost, so there is nothing to begin; or the head moved meanwhile.
    """
    lost = verify(known, own_keyring()).checkpoint
    with transaction.atomic():
        head, _ = LedgerHead.objects.get_or_create(only=1, defaults={"size": 0, "root": EMPTY_ROOT, "generation": 0})
        generation, size = head.generation, head.size
        if lost.size <= size and root_at(lost.size) == lost.root:
            raise Conflict(f"the log still has all {lost.size} entries of that checkpoint; nothing was lost")
        moved = LedgerHead.objects.filter(only=1, generation=generation, size=size).update(generation=generation + 1)
        if not moved:
            raise Conflict("the log's head moved meanwhile", hint="stop `upheld work`, then try again")
        take_in(_begun(lost, kept=size, now=now))
    return generation + 1


def _begun(lost: Checkpoint, *, kept: int, now: datetime) -> Evidence:
    facts: dict[str, Fact] = {"origin": lost.origin, "size": lost.size, "root": lost.root.hex(), "kept": kept}
    return Evidence(event=LogEvent.GENERATION_BEGUN.value, at=now, subject=None, clause=None, control=None, facts=facts)
