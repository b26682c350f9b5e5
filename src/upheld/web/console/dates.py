# SPDX-License-Identifier: Apache-2.0
"""The dates that staff type, as the moments that papers hold from and until, where the controller is."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from upheld import calendars
from upheld.policy import Policy


def held(policy: Policy, given: Mapping[str, date | None]) -> tuple[datetime, datetime | None]:
    """Return the moments from and until which a paper holds: from the start of one day to the end of another."""
    region = policy.controller.region.partition("-")[0] if policy.controller else "cn"
    starts_on, until_on = given["starts_on"], given["until_on"]
    assert starts_on is not None
    starts_at = calendars.end_of(starts_on - timedelta(days=1), region)
    return starts_at, calendars.end_of(until_on, region) if until_on else None
