# SPDX-License-Identifier: Apache-2.0
"""Rules on what must be kept: a period is not shorter than a law that names such data."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.spans import Span
from upheld.policy.packs import Law
from upheld.policy.rules.kinds import names, speaks_of
from upheld.policy.rules.registry import Fault, law_rule


@law_rule(
    "E605",
    ("What a law wants kept is kept that long.", "法律要求留存的信息按期留存。"),
    remedy=("lengthen the period, or keep a log of its own for it", "延长期限，或另设专门日志"),
)
def gone_too_soon(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find laws whose least time no period reaches, though data of that kind is kept; one that does is enough."""
    for item in law.items("keep-at-least"):
        least = Span.parse(item.text)
        about = {name for name, one in policy.categories.items() if speaks_of(names(one), item.about)}
        periods = {name: one for name, one in policy.storage.items() if about & set(one.of)}
        if any(one.keep.days_at_most >= least.days_at_most for one in periods.values()):
            continue
        for name, period in periods.items():
            what = f"{period.keep} is shorter than the {least} that {item.short} wants"
            yield Fault(f"storage.{name}.keep", (what, f"{period.keep} 短于 {item.short} 要求的 {least}"), item.source)
