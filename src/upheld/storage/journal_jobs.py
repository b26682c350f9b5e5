# SPDX-License-Identifier: Apache-2.0
"""What the worker does for the restore journal: settle what crashes left, forget what no backup could revive."""

from datetime import timedelta

from upheld.storage import journal
from upheld.storage.jobs.registry import Next, Step, done, every, job


@job("storage.reconcile_journal", outside=True)
def reconcile_journal(step: Step) -> Next:
    """Settle what crashes left in the journal."""
    journal.reconcile(now=step.now)
    return done()


every("storage.reconcile_journal", timedelta(minutes=10))


@job("storage.forget_journal", outside=True)
def forget_journal(step: Step) -> Next:
    """Forget what no backup that may still live could revive."""
    journal.forget(before=step.now - journal.BACKUPS_LIVE)
    return done()


every("storage.forget_journal", timedelta(days=1))
