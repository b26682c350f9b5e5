# SPDX-License-Identifier: Apache-2.0
"""Whether rows and log agree: every waiting row is not in the log yet, every entry is under the head, and all hashes fit."""

from collections.abc import Iterator

from django.db import transaction

from upheld.errors import Broken
from upheld.ledger.checkpoint import verify
from upheld.ledger.faults import EntryMalformed, Fault, LogBroken
from upheld.ledger.verify import verify_log
from upheld.storage.ledger_models import EvidenceIntake, LedgerEntry
from upheld.storage.log_keys import own_keyring
from upheld.storage.stored_log import LogFiles, LogHead, StoredCheckpoint, checkpoints, head, root_at


def reconcile(*, deep: bool = True) -> list[Fault]:
    """Compare rows and log in both directions, and say all that does not agree.

    Args:
        deep: also rebuild the whole tree from the entries and compare it with tiles, head and every checkpoint.
    """
    with transaction.atomic():
        present = head()
        newest = next(iter(checkpoints(limit=1)), None)
        size = present.size if present else 0
        faults = [*_entry_faults(size), *_head_faults(present, newest)]
    return faults or (_tree_faults() if deep and newest else [])


def _entry_faults(size: int) -> Iterator[Fault]:
    count = LedgerEntry.objects.count()
    if count != size:
        yield Fault(code="entry_missing", place="entries", message=f"the head says {size} entries, there are {count}")
    last = LedgerEntry.objects.order_by("-index").values_list("index", flat=True).first()
    if last is not None and last != size - 1:
        yield Fault(code="entry_beyond_head", place=f"entry {last}", message=f"the head says the last is {size - 1}")
    twice = EvidenceIntake.objects.filter(evidence_id__in=LedgerEntry.objects.values("evidence_id")).count()
    if twice:
        yield Fault(code="entry_twice", place="intake", message=f"{twice} waiting rows are in the log already")


def _head_faults(present: LogHead | None, newest: StoredCheckpoint | None) -> Iterator[Fault]:
    size = present.size if present else 0
    if newest is not None and newest.size > size:
        message = f"a checkpoint of {newest.size} was published, the log has {size}: its tail is missing"
        yield Fault(code="tail_missing", place=f"checkpoint {newest.size}", message=message)
        return
    try:
        if present is not None and root_at(size) != present.root:
            yield Fault(code="root_differs", place="head", message="its root is not the one that the tiles give")
        if newest is not None and verify(newest.note, own_keyring()).checkpoint.root != root_at(newest.size):
            message = "its root is not the one that the tiles give"
            yield Fault(code="root_differs", place=f"checkpoint {newest.size}", message=message)
    except (Broken, EntryMalformed) as broken:
        yield Fault(code="checkpoint_altered", place="head and newest checkpoint", message=broken.message)


def _tree_faults() -> list[Fault]:
    files = LogFiles()
    try:
        verify_log(files.read, files.names(), own_keyring())
    except LogBroken as broken:
        return list(broken.faults)
    return []
