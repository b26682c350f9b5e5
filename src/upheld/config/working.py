# SPDX-License-Identifier: Apache-2.0
"""The worker process: jobs in one thread, the evidence log in another, until it is told to stop."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from upheld.clock import Clock
from upheld.messages import gateways, transports

# Loading a room's jobs registers them.
from upheld.messages import jobs as _messages  # noqa: F401
from upheld.messages.values import Channel
from upheld.people import jobs as _people  # noqa: F401
from upheld.promises import history as _promises  # noqa: F401
from upheld.retention import jobs as _retention  # noqa: F401
from upheld.rights import deadlines as _deadlines  # noqa: F401
from upheld.rights import fulfilment as _fulfilment  # noqa: F401
from upheld.storage import journal, sequencer, witness_client
from upheld.storage.errors import StoreFault
from upheld.storage.jobs import Worker
from upheld.vault import jobs as _vault  # noqa: F401

LOG_EVERY: Final = timedelta(seconds=1)
"""How often what waits gets its index and a checkpoint; the lag that the board shows stays under two of these."""


def work(clock: Clock, stop: threading.Event, *, demo: bool = False) -> None:
    """Work until told to stop."""
    transports.wire(transports.demo() if demo else _gateways())
    log = threading.Thread(target=_keep_log, args=(clock, stop), name="evidence-log")
    log.start()
    try:
        journal.reconcile(now=clock.now())
        Worker(clock).serve(stop)
    finally:
        stop.set()
        log.join()


def _gateways() -> Mapping[Channel, transports.Transport]:
    return gateways.configured(sms_url=str(settings.UPHELD["SMS_URL"]), smtp_url=str(settings.UPHELD["SMTP_URL"]))


def _keep_log(clock: Clock, stop: threading.Event) -> None:
    post = witness_client.configured_post()
    while not stop.is_set():
        try:
            sequencer.step(now=clock.now(), post=post)
        except StoreFault:  # the database is away; what waits stays waiting
            close_old_connections()
        stop.wait(LOG_EVERY.total_seconds())
