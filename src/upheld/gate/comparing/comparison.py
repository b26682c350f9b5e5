# SPDX-License-Identifier: Apache-2.0
"""Two versions of a policy compared: what is said otherwise, what is decided otherwise, and what follows from it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from upheld.gate.comparing import consequences
from upheld.gate.comparing.decisions import Changed, Decision, Kind, decisions
from upheld.gate.comparing.needs import Pair
from upheld.gate.comparing.saying import Sayer, clauses_of
from upheld.policy import Change, Direction, Policy, Weight, diff
from upheld.policy.comparing import listed_triggers, words
from upheld.policy.model.governance import Telling, Trigger
from upheld.policy.model.spans import Span
from upheld.terms import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Everything that a new version changes.

    Args:
        old, new: the versions compared.
        changes: what the policy says otherwise, in the order of the file.
        decisions: what the gate decides otherwise: each statement is about many asks.
        asks: the asks, one by one.
        major: of both, those that are major under the old version's own list; why the version is a major one.
        marked_major: a reviewer calls it major whatever was found.
        cuts: of both, those that take something from people; such a version binds only who expressly agree.
        ask_again: topics that people granted and that would now grant more, or something else.
        tell: the ways in which people must be told of it; none for a minor one.
        lead: how long before it applies they must be told.
    """

    old: Policy
    new: Policy
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    asks: tuple[Changed, ...]
    major: tuple[Change | Decision, ...]
    marked_major: bool
    cuts: tuple[Change | Decision, ...]
    ask_again: tuple[str, ...]
    tell: tuple[Telling, ...]
    lead: Span | None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing changes for anyone."""
        return not self.changes and not self.decisions

    @property
    def weight(self) -> Weight:
        """Say how much it changes; a reviewer can raise it, and nobody can lower it."""
        if self.major or self.marked_major:
            return Weight.MAJOR
        return Weight.NONE if self.is_empty else Weight.MINOR

    @property
    def is_major(self) -> bool:
        """Say whether people must be told prominently before it applies."""
        return self.weight is Weight.MAJOR

    @property
    def cuts_rights(self) -> bool:
        """Say whether it takes something from people, and so binds only who expressly agree."""
        return bool(self.cuts)


def compare(old: Policy, new: Policy, *, high_risk: tuple[str, ...] = (), marked_major: bool = False) -> Comparison:
    """Compare two versions of a policy: what they say, and what the gate decides under them.

    Args:
        old: the version that binds people now; what is major, and how it is told, is as this one promised.
        new: the next version.
        high_risk: names of the impact assessments on record that show a high risk of this version.
        marked_major: a reviewer calls it major whatever is found.

    Raises:
        BadInput: they are versions of different policies.
    """
    listed = listed_triggers(old)
    changes = tuple(change.weighed(listed) for change in (*diff(old, new).changes, *_risks(high_risk)))
    asks, found = decisions(Pair(old, new))
    decided = tuple(_weighed(decision, old, new, listed) for decision in found)
    both: tuple[Change | Decision, ...] = (*changes, *decided)
    major = tuple(one for one in both if one.major)
    told = old.changes if major or marked_major else None
    return Comparison(
        old=old,
        new=new,
        changes=changes,
        decisions=decided,
        asks=asks,
        major=major,
        marked_major=marked_major,
        cuts=tuple(one for one in both if one.cuts_rights),
        ask_again=consequences.ask_again(old, new, asks),
        tell=told.tell if told is not None else (),
        lead=told.lead if told is not None else None,
    )


def _risks(high_risk: tuple[str, ...]) -> Iterator[Change]:
    """Make a change of each assessment that shows a high risk: whoever reads the new version should know of it."""
    for name in high_risk:
        said = words.HIGH_RISK[0].format(name=name), words.HIGH_RISK[1].format(name=name)
        yield Change(path="changes.major", direction=Direction.CHANGED, said=said, trigger=Trigger.HIGH_RISK)


def _weighed(decision: Decision, old: Policy, new: Policy, listed: frozenset[Trigger]) -> Decision:
    served = consequences.processors(old) | consequences.processors(new)
    trigger = consequences.trigger_of(decision)
    en, zh = (Sayer(old, new, language).sentence(decision) for language in (Language.EN, Language.ZH_HANS))
    return replace(
        decision,
        said=(en, zh),
        clauses=clauses_of(decision, old if decision.kind is Kind.NEWLY_REFUSED else new),
        trigger=trigger,
        cuts_rights=consequences.cuts(decision, served),
        major=trigger in listed,
    )
