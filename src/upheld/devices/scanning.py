# SPDX-License-Identifier: Apache-2.0
"""Look through everything that is kept as pointing to nobody, for what points to somebody.

The scan trusts neither the rules that took the rows in nor the policy of that day: categories are judged anew under the
version that each row names, values by their shape, references against the links to people.
"""

from collections import defaultdict
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.devices import rules
from upheld.devices.events import DeviceEvent
from upheld.devices.models import DayCount, DeviceLink, TelemetryRow
from upheld.devices.values import Scanned
from upheld.facts import queries as facts
from upheld.gate.identifiability import is_personal
from upheld.policy import Policy
from upheld.policy.model.data import Value
from upheld.storage.acts import act

_MANY: Final = 2_000


def scan(*, now: datetime) -> Scanned:
    """Look through rows and counts, and leave what was found in the log.

    One pass over a day's rows; of them the references, categories and versions are held in memory at once.
    """
    held: dict[UUID, set[str]] = defaultdict(set)
    versions: dict[UUID, int] = {}
    identifiers = rows = 0
    for row in TelemetryRow.objects.iterator(_MANY):
        rows += 1
        held[row.installation_id].add(row.category)
        versions[row.installation_id] = row.version
        identifiers += _is_identifier(facts.policy(row.version), row.category, row.value)
    counted = [(row.category, row.value) for row in DayCount.objects.iterator(_MANY)]
    found = Scanned(
        rows=rows + len(counted),
        personal=sum(_is_personal(facts.policy(versions[one]), names) for one, names in held.items()),
        identifiers=identifiers + sum(rules.looks_like_identifier(value) for _, value in counted),
        joined=DeviceLink.objects.filter(installation_id__in=list(held), unlinked_at=None).count(),
        small=DayCount.objects.filter(installations__lt=rules.GROUP_AT_LEAST).count(),
    )
    with act() as acting:
        acting.record(
            DeviceEvent.SCANNED,
            now=now,
            subject=None,
            clause=None,
            control="devices.unlinked_identifies_nobody",
            facts={
                "rows": found.rows,
                "personal": found.personal,
                "identifiers": found.identifiers,
                "joined": found.joined,
                "small": found.small,
            },
        )
    return found


def _is_personal(policy: Policy, names: set[str]) -> bool:
    return is_personal(policy, names, joined=False)


def _is_identifier(policy: Policy, category: str, value: str) -> bool:
    declared = policy.categories.get(category)
    named = declared is None or declared.value is Value.IDENTIFIER
    return named or rules.looks_like_identifier(value)
