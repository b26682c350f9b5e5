# SPDX-License-Identifier: Apache-2.0
"""Take in what a device sends: of a linked one into the vault, of any other only what points to nobody.

1. While the device is linked, and its link still allowed, everything is a person's: the gate decides, the vault seals.
2. Else nothing is kept that has an identifier, free text or more than one thing that points to somebody when combined.
3. What is left is kept under a reference that ends at midnight, without a time and without an order.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from upheld import controls
from upheld.devices import installations, linking, rules
from upheld.devices.events import DeviceEvent
from upheld.devices.models import DeviceLink, Installation, TelemetryRow
from upheld.devices.values import EndedBy, Taken
from upheld.errors import BadInput, Unavailable
from upheld.facts import queries as facts
from upheld.gate import Ask, Denial, Denied, Reason
from upheld.gate.identifiability import is_personal
from upheld.policy import Policy
from upheld.storage import journal
from upheld.storage.acts import Fact, act
from upheld.terms import Act, DataSubjectId
from upheld.vault import service as vault
from upheld.vault.deciding import UNDECLARED, named
from upheld.vault.values import Source

UNLINKED: Final = "devices.unlinked_identifies_nobody"
JOINED: Final = linking.JOINED


def record(*, purpose: str, values: Mapping[str, str], now: datetime, installation: UUID | None = None) -> Taken:
    """Take in what a device sent for one function.

    Args:
        purpose: the function, whose data comes from the device or from its use.
        values: by category: of an unlinked device short codes, of a linked one whatever the category asks for.
        now: the moment; of an unlinked device only the day (UTC) is kept.
        installation: the reference that was given before; without one, or with one not in force, a new one is given.

    Raises:
        BadInput: there are no values or too many, or a linked device's value is not what its category asks for.
        Denied: something points to a person while the device is linked to nobody, or the gate refused the person's
            data; nothing is kept, the refusal is recorded.
        Unavailable: no policy is in force, or a restored journal waits for its replay.
    """
    if not 1 <= len(values) <= rules.VALUES_AT_ONCE:
        raise BadInput(f"expected 1 to {rules.VALUES_AT_ONCE} values, {len(values)} came")
    journal.refuse_until_replayed()
    with transaction.atomic():  # the reference stays locked, so that nobody links it meanwhile
        try:
            answer: Taken | Denied = _take(installation, purpose, values, now)
        except Denied as denied:  # what recorded the refusal is kept
            answer = denied
    if isinstance(answer, Denied):
        raise answer
    return answer


def _take(reference: UUID | None, purpose: str, values: Mapping[str, str], now: datetime) -> Taken:
    found = installations.in_force(reference, now=now)
    link = installations.link_of(reference)
    if link is not None and not linking.is_allowed(link, now=now):
        linking.end(link, by=EndedBy.POLICY, now=now)
        found = link = None
    if link is not None and controls.in_force("devices.joined_is_personal"):
        return _seal(link, purpose, values, now=now)
    return _keep(found, purpose, values, now=now, is_joined=link is not None)


def _seal(link: DeviceLink, purpose: str, values: Mapping[str, str], *, now: datetime) -> Taken:
    subject = DataSubjectId(link.data_subject_id)
    ask = Ask(act=Act.COLLECT, purpose=purpose, categories=tuple(values))
    made = vault.collect(ask=ask, data_subject_id=subject, values=values, now=now, source=Source.DEVICE)
    with act() as acting:
        acting.record(
            DeviceEvent.SEALED,
            now=now,
            subject=subject,
            clause=linking.clause_of(link),
            control=JOINED,
            facts={"linked": link.unlinked_at is None, "purpose": link.purpose, "items": len(made.items)},
        )
    return Taken(installation=link.installation_id, until=None, is_personal=True, kept=len(made.items))


def _keep(
    found: Installation | None, purpose: str, values: Mapping[str, str], *, now: datetime, is_joined: bool
) -> Taken:
    policy = policy_now(now)
    beside = _sent_before(found)
    reasons = [
        Reason(code=code, control=UNLINKED, clause=clause)
        for code, clause in dict.fromkeys(rules.in_the_way(policy, purpose, values, beside))
    ]
    seen: dict[str, Fact] = {
        "purpose": purpose if purpose in policy.functions else UNDECLARED,
        "categories": named(name if name in policy.categories else UNDECLARED for name in values),
        "personal": is_personal(policy, {*values, *beside}, joined=is_joined),
        "identifiers": sum(map(rules.looks_like_identifier, values.values())),
        "linked": is_joined,
        "version": policy.version,
    }
    refused = bool(reasons) and controls.in_force("devices.unlinked_identifies_nobody")
    with act() as acting:
        event, clause = DeviceEvent.REFUSED, next((one.clause for one in reasons), "") or None
        kept = 0
        if not refused:
            event, clause = DeviceEvent.RECORDED, f"functions.{purpose}.collects"
            found = found or installations.begin(now=now)
            kept = _add_rows(found, purpose, values, policy.version, now=now)
        seen["reasons"] = named(one.code for one in reasons)
        acting.record(event, now=now, subject=None, clause=clause, control=UNLINKED, facts=seen)
    if refused or found is None:
        raise Denied(Denial(reasons=tuple(reasons)))
    return Taken(installation=found.id, until=found.ends_at, is_personal=False, kept=kept)


def policy_now(now: datetime) -> Policy:
    """Return the policy in force for whoever comes now: an unlinked device is bound by no other.

    Raises:
        Unavailable: none is in force.
    """
    version = facts.current_version(now)
    if not version:
        raise Unavailable("no policy is in force")
    return facts.policy(version)


def _sent_before(found: Installation | None) -> set[str]:
    if found is None:
        return set()
    return set(TelemetryRow.objects.filter(installation_id=found.id).values_list("category", flat=True))


def _add_rows(found: Installation, purpose: str, values: Mapping[str, str], version: int, *, now: datetime) -> int:
    rows = [
        TelemetryRow(
            id=installations.random_id(),
            installation_id=found.id,
            on=now.astimezone(UTC).date(),
            purpose=purpose,
            category=category,
            value=value[: rules.VALUE_CHARACTERS],  # longer ones were refused as free text
            version=version,
        )
        for category, value in values.items()
    ]
    TelemetryRow.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
