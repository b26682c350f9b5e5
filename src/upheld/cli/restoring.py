# SPDX-License-Identifier: Apache-2.0
"""The steps of a restore, in the order in which nothing can come back that should not.

1. Copies are checked whole, and against the epochs that were given up, before anything is touched.
2. The last checkpoint of the log that is about to be overwritten is kept in hand.
3. The data is put back before the keys: from that moment on the journal stands ahead of it and the gate denies all.
4. What narrowed since is carried out again, oldest first, and the restore is recorded.
5. If the log is shorter than the checkpoint in hand, a new generation of it says so.
"""

from datetime import datetime
from pathlib import Path

from django.db.utils import DatabaseError

from upheld.cli import house
from upheld.config import working as _rooms  # noqa: F401 - every room's jobs and replayers register themselves
from upheld.errors import BadInput, Conflict
from upheld.keys import epochs
from upheld.storage import copies, generations, journal, stored_log
from upheld.storage.acts import act
from upheld.storage.copies import Manifest


def put_back(data: Path, keys: Path, *, known: Path | None) -> bytes | None:
    """Put the copies of data and keys back; return the last checkpoint known of the log as it was, if any.

    Raises:
        NotFound: a folder holds no finished copy.
        Broken: a copy was changed since it was made.
        Conflict: the copy of the keys is dead: the provider key of its epoch was given up.
    """
    folders = {data: ("default",), keys: ("keys",)}
    manifests = {folder: copies.read_manifest(folder) for folder in folders}
    for folder, manifest in manifests.items():
        if tuple(one.store for one in manifest.copies) != folders[folder]:
            raise BadInput(f"the folder {folder.name} holds another store than {folders[folder][0]!r}")
        copies.check_copies(folder, manifest)
    _refuse_dead(manifests[keys])
    last = known.read_bytes() if known else _newest_checkpoint()
    for folder, manifest in manifests.items():
        copies.copy_in(folder, manifest)
        journal.look_again()
    house.migrate()  # a copy may be older than the code
    return last


def _refuse_dead(manifest: Manifest) -> None:
    gone = {epoch.number for epoch in epochs.epochs() if epoch.is_retired} & set(manifest.epochs)
    if gone:
        raise Conflict(
            f"this copy of the key store is dead: the provider key of epoch {min(gone)} was given up",
            hint="restore a younger copy; what an older one held was promised to be gone",
        )


def _newest_checkpoint() -> bytes | None:
    try:
        found = stored_log.checkpoints(limit=1)
    except DatabaseError:
        return None
    return found[0].note if found else None


def journal_back(folder: Path) -> None:
    """Put a lost restore journal back from its copy.

    Raises:
        Conflict: the journal that is here is not lost.
    """
    if journal.standing() is not journal.Standing.JOURNAL_LOST and journal.JournalEntry.objects.exists():
        raise Conflict("the restore journal is here and whole; it is never put back over itself")
    manifest = copies.read_manifest(folder)
    copies.check_copies(folder, manifest)
    copies.copy_in(folder, manifest)
    journal.look_again()


def replay(*, now: datetime) -> int:
    """Carry out again what narrowed since the copy, and record it; return how much."""
    count = journal.replay()
    if count:
        with act() as acting:
            acting.record(
                generations.LogEvent.RESTORED, now=now, subject=None, clause=None, control="storage.restore_revives_nothing",
                facts={"narrowings": count},
            )  # fmt: skip
    return count


def begin_generation(last: bytes | None, *, now: datetime) -> bool:
    """Begin a new generation of the log if the one put back is shorter than the last checkpoint known."""
    if last is None:
        return False
    try:
        generations.begin_generation(last, now=now)
    except Conflict:
        return False
    return True
