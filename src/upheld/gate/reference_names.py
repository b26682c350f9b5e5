# SPDX-License-Identifier: Apache-2.0
"""What the names in an ask stand for under a policy; the first third of the slow gate, see `upheld.gate.reference`."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.processing import ChildRule, Function, Purpose, Tracker, UnknownAgeRule
from upheld.policy.model.recipients import Recipient
from upheld.policy.model.sources import Source
from upheld.policy.model.storage import Ground, Passage

HANDING_OVER: Final = frozenset({"share", "entrust", "transfer", "send_abroad"})
GATHERING: Final = frozenset({"collect", "permission"})
LAW: Final = frozenset({"legal_duty", "vital_interests", "public_task"})
_OPERATION: Final = {
    "collect": "collect", "permission": "collect", "share": "share", "entrust": "share", "send_abroad": "share",
    "transfer": "transfer", "publish": "publish",
}  # fmt: skip
_USUAL_GROUNDS: Final = {"legal-duty": "legal_duty", "emergency": "emergency", "vital-interests": "emergency"}


class Named:
    """What an ask names: a purpose, a right or a tracker; a recipient, a source, a ground, a place.

    Args:
        policy: the version that is to judge.
        ask: what someone wants to do.
    """

    def __init__(self, policy: Policy, ask: Ask) -> None:
        """Look every name up."""
        self.policy, self.ask, self.act = policy, ask, ask.act.value
        self.right = self._right()
        self.is_tracking = self.right is None and (self.act == "set_tracker" or ask.purpose.startswith("tracker."))
        self.tracker: Tracker | None = None
        self.fn: Function | None = None
        self.pr: Function | Purpose | None = None
        if self.is_tracking:
            self.tracker = policy.trackers.get(ask.purpose[8:]) if ask.purpose.startswith("tracker.") else None
        elif self.right is None:
            self.fn = policy.functions.get(ask.purpose)
            self.pr = self.fn or policy.purposes.get(ask.purpose)
        self.source: Source | None = policy.sources.get(ask.source or "")
        self.taker = self.tracker.party if self.tracker is not None else ask.recipient
        self.recipient: Recipient | None = policy.recipients.get(self.taker or "")
        self.listed = self._listed_ground()
        self.passage = self._passage()
        self.childs = self._childs_ground()

    @cached_property
    def topic(self) -> str:
        """Name what a person grants to let this purpose, or this tracker, be."""
        tracked = self.tracker is not None
        return f"tracker:{self.ask.purpose[8:]}" if tracked else f"purpose:{self.ask.purpose}"

    @cached_property
    def ages(self) -> tuple[ChildRule, UnknownAgeRule | None] | None:
        """Say what holds for a child and for an unknown age; nothing where neither purpose nor tracker is known."""
        known = self.pr or self.tracker
        return None if known is None else (known.child, known.unknown_age)

    @cached_property
    def to_successor(self) -> bool:
        """Say whether the data goes to whoever takes the product over."""
        named = self.pr is not None and self.recipient is None and self.ask.recipient == "successor"
        return named and self.act == "transfer" and self.policy.succession is not None

    @cached_property
    def takes_part(self) -> bool:
        """Say whether somebody receives; a listed ground names by its evidence who does."""
        if self.pr is None or self.to_successor or (self.ask.recipient is None and self.listed is not None):
            return False
        return self.act in HANDING_OVER or self.ask.recipient is not None

    @cached_property
    def leaves(self) -> bool:
        """Say whether data leaves its region."""
        return self.place != self.home

    @property
    def home(self) -> str:
        """Name the region that data stays in."""
        if self.policy.residency is not None:
            return self.policy.residency.region
        return self.policy.controller.region if self.policy.controller is not None else ""

    @property
    def place(self) -> str:
        """Name the region that data goes to."""
        if self.ask.destination is not None:
            return self.ask.destination
        carried = self.act in HANDING_OVER or self.tracker is not None
        return self.recipient.region if self.recipient is not None and carried else self.home

    def passes_before_guardian(self) -> bool:
        """Say whether the ground that is cited passes before a guardian is verified."""
        if self.childs is not None:
            return True
        children = self.policy.children
        if self.listed is None or children is None:
            return False
        before = {one.value for one in children.before_guardian}
        return _USUAL_GROUNDS.get(self.ask.ground or "") in before or self.ask.ground in children.grounds

    def case_by_consent(self) -> bool:
        """Say whether a case that rests on the person's consent is cited, for what it is a case of."""
        name = self.ask.ground or ""
        public = self.policy.publication.get(name) if self.act == "publish" else None
        abroad = self._cases().get(name) if self.leaves else None
        return (public is not None and public.by == "explicit_consent") or (
            abroad is not None and abroad.by.value == "separate_consent"
        )

    def by_consent(self) -> tuple[Passage, ...]:
        """Return the cases in which a person's consent lets data leave, the one that is cited first."""
        cases = {name: case for name, case in self._cases().items() if case.by.value == "separate_consent"}
        return tuple(cases[name] for name in sorted(cases, key=lambda name: name != self.ask.ground))

    def filled(self, fields: Iterable[str]) -> bool:
        """Say whether the ask brings these fields of evidence."""
        return all(self.ask.evidence.get(name, "").strip() for name in fields)

    def _cases(self) -> Mapping[str, Passage]:
        return self.policy.residency.abroad if self.policy.residency is not None else {}

    def _right(self) -> str | None:
        rights = self.policy.rights.requests if self.policy.rights is not None else {}
        return next((one.value for one in rights if f"right.{one.value}" == self.ask.purpose), None)

    def _listed_ground(self) -> Ground | None:
        name, lists = self.ask.ground or "", self.policy.grounds
        found: Mapping[str, Ground] = getattr(lists, _OPERATION.get(self.act, "use"))
        if name in found:
            return found[name]
        case = self.policy.publication.get(name)
        if self.act == "publish" and case is not None and case.by == "law":
            return Ground.model_construct(label=case.label, evidence=case.evidence)
        return None

    def _childs_ground(self) -> Ground | None:
        """Return the ground for children's data; what leaves the region cites the case of leaving it instead."""
        if self.listed is not None or self.policy.children is None or (self.passage is not None and self.leaves):
            return None
        return self.policy.children.grounds.get(self.ask.ground or "")

    def _passage(self) -> Passage | None:
        case = self._cases().get(self.ask.ground or "")
        return case if self.listed is None and case is not None and case.by.value != "separate_consent" else None
