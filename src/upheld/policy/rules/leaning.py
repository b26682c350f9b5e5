# SPDX-License-Identifier: Apache-2.0
"""Rules on what leans on what: a basic function leans on nothing that a person may refuse."""

from collections.abc import Iterator

from upheld import controls
from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Tier


@rule(
    "E557",
    ("A basic function works without any tracker that can be refused.", "基本功能不依赖可以拒绝的追踪技术。"),
    remedy=(
        "leave it out of 'functions' of the tracker, or say why the product cannot work without it",
        "从追踪技术的“functions”中删除，或说明产品为何离不开它",
    ),
    source="GB/T 35273-2020, 5.3",
)
def basic_leans_on_tracker(policy: Policy) -> Iterator[Fault]:
    """Find basic functions that stop for whoever clears or refuses a cookie of convenience."""
    if not controls.in_force("policy.basic_stands_alone"):
        return
    for name, tracker in policy.trackers.items():
        for function in tracker.functions:
            basic = function in policy.functions and policy.functions[function].tier is Tier.BASIC
            if basic and not tracker.essential:
                what = f"'{function}' is basic, yet relies on '{name}', which can be refused"
                yield Fault(f"trackers.{name}.functions", (what, f"“{function}”为基本功能，却依赖可拒绝的“{name}”"))
