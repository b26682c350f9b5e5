# SPDX-License-Identifier: Apache-2.0
"""What is held of a person, who looked at it and who received it, as that person reads it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from upheld.errors import NotFound
from upheld.facts import queries as facts
from upheld.policy.model.processing import Function
from upheld.policy.model.spans import Span, Unit
from upheld.policy.model.storage import Start, StoragePeriod
from upheld.sharing import queries as sharing
from upheld.sharing.values import DisclosureState
from upheld.terms import LawfulBasis
from upheld.vault import queries as vault
from upheld.vault.values import AccessMade, ItemMetadata, ReaderKind
from upheld.web.kit import formats, labels
from upheld.web.portal import names
from upheld.web.portal.visitor import Who


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """One item."""

    item: ItemMetadata
    label: str
    purpose: str
    why: str
    basis: str | Promise
    sensitive: bool
    until: str
    clause_address: str
    is_mine_to_erase: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One look at a person's data."""

    at: datetime
    who: str | Promise
    kind: str
    purpose: str
    reason: str
    why: str | Promise
    categories: tuple[str, ...]
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """One disclosure."""

    at: datetime
    recipient: str
    purpose: str
    categories: tuple[str, ...]
    state: str | Promise
    ground: str


def items(who: Who, *, now: datetime) -> list[Held]:
    """List what is held, newest first."""
    return [_held(one, who) for one in vault.metadata(who.data_subject_id, now=now)]


def item(who: Who, item_id: UUID, *, now: datetime) -> Held:
    """Return one item.

    Raises:
        NotFound: there is none, or it is another person's.
    """
    for one in vault.metadata(who.data_subject_id, now=now):
        if one.item_id == item_id:
            return _held(one, who)
    raise NotFound("there is no such item")


def _held(one: ItemMetadata, who: Who) -> Held:
    policy = facts.policy(one.version)
    processing = policy.processing.get(one.purpose)
    period = policy.storage.get(one.clause.removeprefix("storage."))
    declared = policy.categories.get(one.category)
    return Held(
        item=one,
        label=names.category(policy, one.category, who.language),
        purpose=names.purpose(policy, one.purpose, who.language),
        why=names.why(policy, one.purpose, who.language),
        basis=labels.label(processing.basis) if processing else "",
        sensitive=bool(declared and declared.sensitive),
        until=_until(one, period),
        clause_address=names.clause_address(one.clause, one.version),
        is_mine_to_erase=_is_own_choice(processing, period),
    )


def _is_own_choice(processing: object, period: StoragePeriod | None) -> bool:
    """Say whether the item rests on the person's own choice alone, and no law keeps it."""
    by_consent = isinstance(processing, Function) and processing.basis is LawfulBasis.CONSENT
    return by_consent and period is not None and period.law is None


def _until(one: ItemMetadata, period: StoragePeriod | None) -> str:
    if one.expires_at is not None:
        return formats.day(one.expires_at)
    if period is None:
        return ""
    after = {
        Start.CANCELLATION: _("%(span)s after your account is closed"),
        Start.CASE_CLOSED: _("%(span)s after the case is closed"),
        Start.ERASURE: _("%(span)s after the erasure"),
    }
    return after.get(period.from_, "%(span)s") % {"span": span(period.keep)}


def span(keep: Span) -> str:
    """Write a span of the policy in words."""
    units = {
        Unit.HOUR: _("%(n)s hours"),
        Unit.DAY: _("%(n)s days"),
        Unit.WORKING_DAY: _("%(n)s working days"),
        Unit.MONTH: _("%(n)s months"),
        Unit.YEAR: _("%(n)s years"),
    }
    return units[keep.unit] % {"n": keep.amount}


def looks(who: Who) -> list[Look]:
    """List who looked, newest first."""
    return [_look(one, who) for one in vault.accesses(who.data_subject_id)]


def _look(one: AccessMade, who: Who) -> Look:
    return Look(
        at=one.at,
        who=labels.label(one.reader),
        kind=one.reader.value,
        purpose=names.purpose(who.policy, one.purpose, who.language),
        reason=one.reason,
        why=labels.label(one.reason_code, "StaffReason") if one.reason_code else "",
        categories=tuple(names.categories(who.policy, one.categories, who.language)),
        items=one.items,
    )


def disclosures(who: Who) -> list[Given]:
    """List who received what, newest first."""
    states = {
        DisclosureState.MADE: _("Handed over"),
        DisclosureState.INTENDED: _("Being handed over"),
        DisclosureState.UNCERTAIN: _("May have been handed over"),
    }
    return [
        Given(
            at=one.at,
            recipient=names.recipient(who.policy, one.recipient, who.language),
            purpose=names.purpose(who.policy, one.purpose, who.language),
            categories=tuple(names.categories(who.policy, one.categories, who.language)),
            state=states.get(one.state, one.state.value),
            ground=one.ground,
        )
        for one in sharing.disclosures(who.data_subject_id)
    ]


READERS = tuple(kind.value for kind in ReaderKind)
"""Classes of readers that the list of looks can be narrowed to."""
