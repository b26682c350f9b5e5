# SPDX-License-Identifier: Apache-2.0
"""What changed within a function, a purpose, a recipient or a storage period."""

from collections.abc import Iterable, Iterator

from upheld.policy.comparing.change import Change, Direction
from upheld.policy.model.base import Part
from upheld.policy.model.governance import Trigger
from upheld.policy.model.processing import Function, Processing, Purpose
from upheld.policy.model.recipients import Recipient
from upheld.policy.model.storage import StoragePeriod


def names(path: str, before: Iterable[str], after: Iterable[str], trigger: Trigger) -> Iterator[Change]:
    """Compare two lists of names."""
    old, new = list(before), list(after)
    for name in new:
        if name not in old:
            yield Change(path=path, direction=Direction.ADDED, what=f"{path} gains {name}", trigger=trigger)
    for name in old:
        if name not in new:
            yield Change(path=path, direction=Direction.REMOVED, what=f"{path} loses {name}")


def field(path: str, key: str, before: object, after: object, trigger: Trigger) -> Iterator[Change]:
    """Compare one value."""
    if before != after:
        where = f"{path}.{key}"
        what = f"{where} was {_shown(before)} and is {_shown(after)}"
        yield Change(path=where, direction=Direction.CHANGED, what=what, trigger=trigger)


def _shown(value: object) -> str:
    return value.replace("_", "-") if isinstance(value, str) else str(value) if value is not None else "not stated"


def function(path: str, before: Part, after: Part) -> Iterator[Change]:
    """Compare two states of a function."""
    assert isinstance(before, Function)
    assert isinstance(after, Function)
    model = Trigger.BUSINESS_MODEL
    yield from names(f"{path}.collects", before.collects, after.collects, model)
    for category, need in after.collects.items():
        if category in before.collects:
            yield from field(f"{path}.collects", category, before.collects[category], need, model)
    yield from names(f"{path}.permissions", before.permissions, after.permissions, model)
    yield from field(path, "tier", before.tier, after.tier, model)
    yield from field(path, "background", before.background, after.background, model)
    yield from _processing(path, before, after)


def purpose(path: str, before: Part, after: Part) -> Iterator[Change]:
    """Compare two states of a further purpose."""
    assert isinstance(before, Purpose)
    assert isinstance(after, Purpose)
    yield from names(f"{path}.acts", before.acts, after.acts, Trigger.BUSINESS_MODEL)
    if before.refusable and not after.refusable:
        where = f"{path}.refusable"
        what = f"{where}: people could refuse it and no longer can"
        yield Change(path=where, direction=Direction.CHANGED, what=what, trigger=Trigger.RIGHTS, cuts_rights=True)
    else:
        yield from field(path, "refusable", before.refusable, after.refusable, Trigger.RIGHTS)
    yield from _processing(path, before, after)


def _processing(path: str, before: Processing, after: Processing) -> Iterator[Change]:
    model = Trigger.BUSINESS_MODEL
    yield from names(f"{path}.uses", before.uses, after.uses, model)
    yield from field(path, "basis", before.basis, after.basis, model)
    yield from field(path, "child", before.child, after.child, model)
    yield from field(path, "unknown-age", before.unknown_age, after.unknown_age, model)
    yield from field(path, "decided-by", before.decided_by, after.decided_by, model)
    if before.purpose != after.purpose:
        where = f"{path}.purpose"
        yield Change(path=where, direction=Direction.CHANGED, what=f"{where} is another", trigger=model)


def recipient(path: str, before: Part, after: Part) -> Iterator[Change]:
    """Compare two states of a recipient."""
    assert isinstance(before, Recipient)
    assert isinstance(after, Recipient)
    trigger = Trigger.RECIPIENTS
    yield from names(f"{path}.receives", before.receives, after.receives, trigger)
    yield from names(f"{path}.purposes", before.purposes, after.purposes, trigger)
    for key in ("name", "kind", "role", "form", "basis", "region", "foreground_only"):
        old, new = getattr(before, key), getattr(after, key)
        if key == "name" and old != new:
            where = f"{path}.name"
            yield Change(path=where, direction=Direction.CHANGED, what=f"{where} is another", trigger=trigger)
        elif key != "name":
            yield from field(path, key.replace("_", "-"), old, new, trigger)
    for key, old_names, new_names in (
        ("needs", before.needs, after.needs),
        ("off-by-default", before.off_by_default, after.off_by_default),
    ):
        for lost in [one for one in old_names if one not in new_names]:
            where = f"{path}.{key}"
            what = f"{where} loses {lost.replace('_', '-')}"
            yield Change(path=where, direction=Direction.REMOVED, what=what, trigger=trigger, cuts_rights=True)


def period(path: str, before: Part, after: Part) -> Iterator[Change]:
    """Compare two states of a storage period; to keep longer takes from people."""
    assert isinstance(before, StoragePeriod)
    assert isinstance(after, StoragePeriod)
    if before.keep != after.keep:
        longer = after.keep.days_at_most > before.keep.days_at_most
        where = f"{path}.keep"
        yield Change(
            path=where,
            direction=Direction.CHANGED,
            what=f"{where} was {before.keep} and is {after.keep}",
            trigger=Trigger.RIGHTS if longer else None,
            cuts_rights=longer,
        )
    yield from names(f"{path}.of", before.of, after.of, Trigger.BUSINESS_MODEL)
    yield from field(path, "from", before.from_, after.from_, Trigger.RIGHTS)
    yield from field(path, "then", before.then, after.then, Trigger.RIGHTS)
