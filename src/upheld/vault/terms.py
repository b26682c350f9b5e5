# SPDX-License-Identifier: Apache-2.0
"""What the policy says of one item: its kind, and how long it is kept under which storage clause."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.policy.model.spans import Span, Unit
from upheld.policy.model.storage import Start, StoragePeriod
from upheld.vault.rules import after, check_value, month_of

_CLAUSE: Final = "storage."


@dataclass(frozen=True, kw_only=True, slots=True)
class StorageTerm:
    """How long items of one category and purpose are kept; a period that starts later has no date yet."""

    clause: str
    start: Start
    keep: Span

    def expires_at(self, collected_at: datetime) -> datetime | None:
        """Return when an item collected then ends, or None while its period has not begun.

        A period from the last use begins with the collection, which is the first use, and each use begins it anew.
        """
        if self.start not in {Start.COLLECTION, Start.LAST_USE}:
            return None
        return span_after(collected_at, self.keep)

    def period(self, collected_at: datetime) -> str:
        """Name the month whose key seals the item; one key for all time where the period starts later."""
        return month_of(collected_at) if self.start is Start.COLLECTION else ""


def span_after(moment: datetime, span: Span) -> datetime:
    """Return the end of a storage period that begins at a moment.

    Raises:
        BadInput: the span is counted in working days, which no storage period is.
    """
    match span.unit:
        case Unit.YEAR:
            return after(moment, years=span.amount)
        case Unit.MONTH:
            return after(moment, months=span.amount)
        case Unit.DAY:
            return after(moment, days=span.amount)
        case Unit.HOUR:
            return after(moment, hours=span.amount)
        case Unit.WORKING_DAY:
            raise BadInput("a storage period is counted in hours, days, months or years, not in working days")


def policy(version: int) -> Policy:
    """Return a version's policy as it was compiled, which is kept in memory.

    Raises:
        BadInput: there is no such version.
    """
    found = facts.rulebook(version).policy
    if found is None:
        raise BadInput(f"there is no policy version {version}")
    return found


def storage_term(policy: Policy, *, purpose: str, category: str) -> StorageTerm:
    """Return the storage clause that an item of a version falls under.

    Raises:
        BadInput: the version keeps nothing of that category for that purpose.
    """
    term = term_for(policy, purpose=purpose, category=category)
    if term is None:
        raise BadInput(
            f"version {policy.version} declares no storage period for what {purpose!r} collects of this category"
        )
    return term


def term_for(policy: Policy, *, purpose: str, category: str) -> StorageTerm | None:
    """Return the storage clause that a category falls under for a purpose, or None where there is none."""
    name = policy.storage_of(category, purpose)
    return None if name is None else _term(name, policy.storage[name])


def term_of_clause(policy: Policy, clause: str) -> StorageTerm | None:
    """Return the term of a storage clause, or None where the version has no such clause."""
    name = clause.removeprefix(_CLAUSE)
    period = policy.storage.get(name)
    return None if period is None else _term(name, period)


def _term(name: str, period: StoragePeriod) -> StorageTerm:
    return StorageTerm(clause=_CLAUSE + name, start=period.from_, keep=period.keep)


def checked(policy: Policy, category: str, value: object) -> str:
    """Return a value as it will be sealed.

    Raises:
        BadInput: the version declares no such category, or the value is not what the category asks for.
    """
    declared = policy.categories.get(category)
    if declared is None:
        raise BadInput(f"version {policy.version} declares no such category")
    text = check_value(declared.value.value, value)
    if declared.choices and text not in declared.choices:
        raise BadInput(f"expected one of {len(declared.choices)} declared choices, another value came")
    return text
