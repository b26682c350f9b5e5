# SPDX-License-Identifier: Apache-2.0
"""Durable steps on our own tables: killed at any line, a job resumes and ends once.

    @job("retention.sweep")
    def sweep(step: Step) -> Next:
        '''Remove one batch of expired items.'''
        with act() as acting:
            ...
        return then("start") if more else done()

    every("retention.sweep", timedelta(minutes=10))
    enqueue("retention.sweep", key=f"sweep:{clause}", arguments={"clause": clause}, now=now)

A step runs in one transaction of the default database together with its checkpoint, so it happened and is remembered,
or neither. What takes long or leaves the database is an `outside` step; see `registry`.
"""

from upheld.storage.jobs.engine import Worker
from upheld.storage.jobs.queue import enqueue, revive
from upheld.storage.jobs.registry import Done, Next, Step, Then, done, every, job, then

__all__ = ["Done", "Next", "Step", "Then", "Worker", "done", "enqueue", "every", "job", "revive", "then"]
