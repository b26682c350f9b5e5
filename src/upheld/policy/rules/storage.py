# SPDX-License-Identifier: Apache-2.0
"""Rules on storage periods: every collected category has exactly one that applies, within the law's bounds."""

from collections.abc import Iterator
from itertools import combinations

from upheld.policy.model import Policy
from upheld.policy.model.storage import StoragePeriod
from upheld.policy.rules.data import collected
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E601",
    "Whatever is collected has a storage period.",
    remedy="add it to a period under 'storage'",
    source="PIPL art. 17(2), 19",
)
def kept_for_ever(policy: Policy) -> Iterator[Fault]:
    """Find data that nobody promises to erase."""
    for name, function in policy.functions.items():
        for category in function.collects:
            if policy.storage_of(category, name) is None:
                path = f"functions.{name}.collects.{category}"
                yield Fault(path, f"no storage period covers '{category}' as '{name}' collects it")
    for name, tracker in policy.trackers.items():
        for category in tracker.collects:
            if policy.storage_of(category, "") is None:
                yield Fault(f"trackers.{name}.collects", f"no storage period covers '{category}'")


@rule("E602", "One storage period applies, not two.", remedy="separate them by 'functions', or remove one")
def two_periods(policy: Policy) -> Iterator[Fault]:
    """Find data with two promises of how long it is kept."""
    for (first, one), (second, other) in combinations(policy.storage.items(), 2):
        if not _meet(one, other):
            continue
        for category in one.of:
            if category in other.of:
                yield Fault(f"storage.{second}.of", f"'{category}' has a period under '{first}' already")


def _meet(one: StoragePeriod, other: StoragePeriod) -> bool:
    """Say whether both are general, or both are for one same function."""
    if not one.functions and not other.functions:
        return True
    return bool(set(one.functions) & set(other.functions))


@rule("E603", "A storage period is within the bounds of the law it names.", remedy="correct 'keep' or 'law'")
def outside_the_law(policy: Policy) -> Iterator[Fault]:
    """Find periods shorter or longer than their own law allows."""
    for name, period in policy.storage.items():
        least = period.law.at_least if period.law else None
        most = period.law.at_most if period.law else None
        if least and period.keep.days_at_most < least.days_at_most:
            yield Fault(f"storage.{name}.keep", f"{period.keep} is shorter than the law's {least}")
        if most and period.keep.days_at_most > most.days_at_most:
            yield Fault(f"storage.{name}.keep", f"{period.keep} is longer than the law's {most}")


@rule("E604", "A storage period covers data that is collected.", remedy="remove the category from the period")
def period_of_nothing(policy: Policy) -> Iterator[Fault]:
    """Find periods for data that nobody collects."""
    known = collected(policy)
    for name, period in policy.storage.items():
        for category in period.of:
            if category in policy.categories and category not in known:
                yield Fault(f"storage.{name}.of", f"nobody collects '{category}'")
        for function in period.functions:
            if function in policy.functions and not set(period.of) & set(policy.functions[function].collects):
                yield Fault(f"storage.{name}.functions", f"'{function}' collects nothing that the period covers")
