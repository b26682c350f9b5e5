# SPDX-License-Identifier: Apache-2.0
"""What every request of ours carries beside Django's own: its times, its peer, and whether this is a demonstration."""

from datetime import datetime

from django.http import HttpRequest


class HouseRequest(HttpRequest):
    """A request after `config.middleware.RequestTime`; a type for views, never constructed.

    Attributes:
        now: policy time.
        security_now: the system's time: codes and sessions live by it.
        peer: the network address that asks, past the operator's own proxies.
        demo: whether this process serves a demonstration.
    """

    now: datetime
    security_now: datetime
    peer: str
    demo: bool
