# SPDX-License-Identifier: Apache-2.0
"""What is kept longer because another storage period applies to it now, which no field by itself shows."""

from collections.abc import Iterator

from upheld.policy.binding.wording import Wording
from upheld.policy.comparing import words
from upheld.policy.comparing.change import Change, Direction
from upheld.policy.comparing.weighing import is_longer
from upheld.policy.model import Policy
from upheld.policy.model.governance import Trigger
from upheld.policy.model.storage import StoragePeriod
from upheld.terms import Language


def kept_longer(old: Policy, new: Policy) -> Iterator[Change]:
    """List what another period now keeps longer, by function and pair of periods."""
    for name, after in new.functions.items():
        before = old.functions.get(name)
        moved: dict[tuple[str, str], list[str]] = {}
        for category in after.collects if before is not None else ():
            was, now = old.storage_of(category, name), new.storage_of(category, name)
            if was is None or now is None or was == now:
                continue
            if is_longer(old.storage[was], new.storage[now]):
                moved.setdefault((was, now), []).append(category)
        for (was, now), categories in moved.items():
            yield _longer(new, name, categories, now, (old.storage[was], new.storage[now]))


def _longer(
    new: Policy, function: str, categories: list[str], now: str, periods: tuple[StoragePeriod, StoragePeriod]
) -> Change:
    said = []
    for language, sentence in zip((Language.EN, Language.ZH_HANS), words.KEPT_LONGER, strict=True):
        wording = Wording(new, language)
        text = sentence.format(
            things=wording.categories(categories),
            function=wording.processing((function,)),
            before=wording.span(periods[0].keep),
            after=wording.span(periods[1].keep),
            start_before=wording.value(periods[0].from_),
            start_after=wording.value(periods[1].from_),
        )
        said.append(text[:1].upper() + text[1:])
    return Change(
        path=f"storage.{now}",
        direction=Direction.CHANGED,
        said=(said[0], said[1]),
        trigger=Trigger.RIGHTS,
        cuts_rights=True,
    )
