# SPDX-License-Identifier: Apache-2.0
"""The log itself: rows and entries agree, and no restore waits for its replay."""

from collections.abc import Iterator

from upheld.promises.inspectors.base import Finding, Now, looks
from upheld.storage import journal, reconciling, stored_log


@looks("storage.evidence_with_act")
def log(now: Now) -> Iterator[Finding]:
    """Rows and entries of the log agree both ways."""
    head = stored_log.head()
    faults = reconciling.reconcile(deep=False)
    now.details.extend(f"log: {fault.code} at {fault.place}" for fault in faults)
    if faults or (head is not None and head.size):
        yield Finding(control="storage.evidence_with_act", kept=not faults, why="log_disagrees")


@looks("storage.restore_revives_nothing")
def restored(_: Now) -> Iterator[Finding]:
    """No restored data is served before the journal was replayed."""
    if journal.is_restored_unreplayed():
        yield Finding(control="storage.restore_revives_nothing", at_risk=True, why="replay_waits")
