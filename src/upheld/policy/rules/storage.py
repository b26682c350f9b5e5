# SPDX-License-Identifier: Apache-2.0
"""Rules on storage periods: every collected category has exactly one that applies, within the law's bounds."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.rules.data import collected
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E601",
    ("Whatever is collected has a storage period.", "所收集的信息均有保存期限。"),
    remedy=("add it to a period under 'storage'", "在 storage 的某一期限中补充"),
    source="PIPL art. 17(2), 19",
)
def kept_for_ever(policy: Policy) -> Iterator[Fault]:
    """Find data that nobody promises to erase."""
    covered = {covering for _, covering in _coverings(policy)}
    for name, function in policy.functions.items():
        for category in function.collects:
            if not {(category, name), (category, "")} & covered:
                path = f"functions.{name}.collects.{category}"
                yield Fault(
                    path,
                    (
                        f"no storage period covers '{category}' as '{name}' collects it",
                        f"“{name}”收集的“{category}”没有保存期限",
                    ),
                )
    for name, tracker in policy.trackers.items():
        for category in tracker.collects:
            if (category, "") not in covered:
                yield Fault(
                    f"trackers.{name}.collects", (f"no storage period covers '{category}'", f"“{category}”没有保存期限")
                )


def _coverings(policy: Policy) -> Iterator[tuple[str, tuple[str, str]]]:
    """List what each period covers: a category, of a function or (with no name) of all others."""
    for name, period in policy.storage.items():
        for category in dict.fromkeys(period.of):
            for function in period.functions or ("",):
                yield name, (category, function)


@rule(
    "E602",
    ("One storage period applies, not two.", "同一信息只适用一个保存期限。"),
    remedy=("separate them by 'functions', or remove one", "以 functions 区分，或删除其一"),
)
def two_periods(policy: Policy) -> Iterator[Fault]:
    """Find data with two promises of how long it is kept."""
    first: dict[tuple[str, str], str] = {}
    for name, covering in _coverings(policy):
        before = first.setdefault(covering, name)
        if before != name:
            yield Fault(
                f"storage.{name}.of",
                (f"'{covering[0]}' has a period under '{before}' already", f"“{covering[0]}”在“{before}”下已有期限"),
            )


@rule(
    "E603",
    ("A storage period is within the bounds of the law it names.", "保存期限在所引法律的范围内。"),
    remedy=("correct 'keep' or 'law'", "更正 keep 或 law"),
)
def outside_the_law(policy: Policy) -> Iterator[Fault]:
    """Find periods shorter or longer than their own law allows."""
    for name, period in policy.storage.items():
        least = period.law.at_least if period.law else None
        most = period.law.at_most if period.law else None
        if least and period.keep.days_at_most < least.days_at_most:
            yield Fault(
                f"storage.{name}.keep",
                (f"{period.keep} is shorter than the law's {least}", f"{period.keep} 短于法律的 {least}"),
            )
        if most and period.keep.days_at_most > most.days_at_most:
            yield Fault(
                f"storage.{name}.keep",
                (f"{period.keep} is longer than the law's {most}", f"{period.keep} 长于法律的 {most}"),
            )


@rule(
    "E604",
    ("A storage period covers data that is collected.", "保存期限所涉信息确有收集。"),
    remedy=("remove the category from the period", "从该期限中删除此类别"),
)
def period_of_nothing(policy: Policy) -> Iterator[Fault]:
    """Find periods for data that nobody collects."""
    known = collected(policy)
    for name, period in policy.storage.items():
        for category in period.of:
            if category in policy.categories and category not in known:
                yield Fault(f"storage.{name}.of", (f"nobody collects '{category}'", f"没有功能收集“{category}”"))
        for function in period.functions:
            if function in policy.functions and not set(period.of) & set(policy.functions[function].collects):
                yield Fault(
                    f"storage.{name}.functions",
                    (f"'{function}' collects nothing that the period covers", f"“{function}”不收集该期限所涉的信息"),
                )
