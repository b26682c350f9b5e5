# SPDX-License-Identifier: Apache-2.0
"""The worker process: jobs in one thread, the evidence log in another, until it is told to stop.

While a restored database waits for its replay no job runs: what people took back since the backup comes first. The log
goes on, since it only writes down what has happened.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import close_old_connections, connections

# Loading a room's jobs, resumers and replayers registers them.
from upheld.children import service as _children  # noqa: F401
from upheld.clock import Clock
from upheld.consent import service as _consent  # noqa: F401
from upheld.devices import jobs as _devices  # noqa: F401
from upheld.errors import Unavailable, UpheldError
from upheld.keys import jobs as _keys  # noqa: F401
from upheld.keys import rotation as _rotation  # noqa: F401
from upheld.messages import gateways, transports
from upheld.messages import jobs as _messages  # noqa: F401
from upheld.messages.values import Channel
from upheld.notices import service as _notices  # noqa: F401
from upheld.people import jobs as _people  # noqa: F401
from upheld.people import restoring as _accounts  # noqa: F401
from upheld.promises import history as _promises  # noqa: F401
from upheld.retention import jobs as _retention  # noqa: F401
from upheld.rights import deadlines as _deadlines  # noqa: F401
from upheld.rights import fulfilment as _fulfilment  # noqa: F401
from upheld.sharing import service as _sharing  # noqa: F401
from upheld.storage import journal, sequencer, witness_client
from upheld.storage import journal_jobs as _journal  # noqa: F401
from upheld.storage.errors import StoreFault
from upheld.storage.jobs import Next, Step, Worker, done, every, job
from upheld.vault import jobs as _vault  # noqa: F401

LOG_EVERY: Final = timedelta(seconds=1)
"""How often what waits gets its index and a checkpoint; the lag that the board shows stays under two of these."""
IDLE_SECONDS: Final = 0.5
HEARTBEAT: Final = "work.heartbeat"
BEATS_EVERY: Final = timedelta(minutes=1)


@job(HEARTBEAT)
def _beat(step: Step) -> Next:  # noqa: ARG001 - that it ran is what it says
    """Show that a worker takes jobs up and ends them; `doctor` and readiness look for the last one that ended."""
    return done()


def work(clock: Clock, stop: threading.Event, *, demo: bool = False) -> None:
    """Work until told to stop."""
    every(HEARTBEAT, BEATS_EVERY)  # here, not above: a simulation's clock would beat half a million times a year
    transports.wire(transports.demo() if demo else _gateways())
    log = threading.Thread(target=_keep_log, args=(clock, stop), name="evidence-log")
    log.start()
    try:
        _serve(Worker(clock), clock, stop)
    finally:
        stop.set()
        log.join()


def _gateways() -> Mapping[Channel, transports.Transport]:
    return gateways.configured(sms_url=str(settings.UPHELD["SMS_URL"]), smtp_url=str(settings.UPHELD["SMTP_URL"]))


def _serve(worker: Worker, clock: Clock, stop: threading.Event) -> None:
    """Take up what a crash left, then whatever is due; a database that is away is waited for."""
    settled = False
    while not stop.is_set():
        was_busy = False
        try:
            journal.refuse_until_replayed()
            if not settled:
                journal.reconcile(now=clock.now())
                settled = True
            was_busy = worker.run_once()
        except StoreFault:
            close_old_connections()
        except Unavailable:  # restored and not replayed yet
            settled = False
        if not was_busy:
            stop.wait(IDLE_SECONDS)


def _keep_log(clock: Clock, stop: threading.Event) -> None:
    """Step the sequencer; whatever is in its way now is tried again in a second, and shows as lag on the board."""
    try:
        post = witness_client.configured_post()
        while not stop.is_set():
            with suppress(UpheldError):
                sequencer.step(now=clock.now(), post=post)
            close_old_connections()
            stop.wait(LOG_EVERY.total_seconds())
    finally:
        connections.close_all()
