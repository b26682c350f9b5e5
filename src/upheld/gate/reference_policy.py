# SPDX-License-Identifier: Apache-2.0
"""What a policy says of one ask before anyone is looked at; the second third of the slow gate."""

from collections.abc import Iterator
from typing import Final

from upheld.gate.reference_names import GATHERING, HANDING_OVER, LAW, Named
from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose, Tracker

_OPEN: Final = ("aggregate", "de_identified", "identified")

Will = tuple[str, tuple[str, ...]]
"""The code of what is missing, and the topics of which one is enough."""


class Asked(Named):
    """What is in the way whoever the person is, and what the person must have granted.

    Args:
        policy: the version that is to judge.
        ask: what someone wants to do.
    """

    def __init__(self, policy: Policy, ask: Ask) -> None:
        """Answer what the policy and the ask alone decide."""
        super().__init__(policy, ask)
        self.wills: tuple[Will, ...] = tuple(self._wills())
        """Every will of the person that a ground may stand in for."""
        self.others: tuple[Will, ...] = tuple(self._other_wills())
        """What a person must have granted whatever ground is cited."""
        self.willed_away = self._brings_others_data()
        """Whether somebody else's will is missing, for which a ground may stand in."""
        self.always = frozenset(self._always())
        """What is in the way whoever the person is."""

    @property
    def topics(self) -> frozenset[str]:
        """Name every topic whose grant may matter."""
        if self.pr is None and self.tracker is None:
            return frozenset()
        named = {self.topic}.union(*(options for _, options in (*self.wills, *self.others)))
        if self.source is not None and self.source.authorised_by_person:
            named.add(f"source:{self.ask.source}")
        if self.to_successor:
            named.add("transfer:successor")
        return frozenset(named)

    # --- in the way whoever the person is
    def _always(self) -> Iterator[str]:
        if self.tracker is not None:
            yield from self._wrong_tracking(self.tracker)
            yield from self._wrong_ground()
        elif self.is_tracking:
            yield "tracker_undeclared"
            if self.act != "set_tracker":
                yield "act_undeclared"
        else:
            yield from self._always_of_a_purpose()

    def _always_of_a_purpose(self) -> Iterator[str]:
        if self.act == "staff_open" and not self.filled(("reason", "case")):
            yield "staff_reason_missing"
        if any(name not in self.policy.categories for name in self.ask.categories):
            yield "category_undeclared"
        if self.right is not None:
            yield from self._always_for_a_right(self.right)
        elif self.pr is None:
            yield "purpose_undeclared"
        else:
            yield from self._undeclared(self.pr)
            yield from self._wrong_recipient()
            yield from self._wrong_source()
            yield from self._wrong_scene()
            yield from self._wrong_ground()

    def _wrong_tracking(self, tracker: Tracker) -> Iterator[str]:
        if self.act != "set_tracker":
            yield "act_undeclared"
        if not set(self.ask.categories) <= set(tracker.collects):
            yield "category_undeclared"
        if self.ask.source is not None:
            yield "source_undeclared"
        if self.ask.permission is not None:
            yield "scene_undeclared"
        if self.ask.recipient not in {None, tracker.party} or (tracker.party != "controller" and not self.recipient):
            yield "recipient_undeclared"

    def _always_for_a_right(self, right: str) -> Iterator[str]:
        """An answer goes to the person: it names nobody and nothing else."""
        ask = self.ask
        acts = {"use", "staff_open", "collect"} if right == "correction" else {"use", "staff_open"}
        if self.act not in acts:
            yield "act_undeclared"
        guardian = self.policy.children.guardian if self.policy.children is not None else None
        may = guardian is not None and right in {one.value for one in guardian.may}
        if ask.actor.value == "guardian" and not may:
            yield "guardian_may_not"
        named = ((ask.recipient, "recipient_undeclared"), (ask.source, "source_undeclared"),
                 (ask.permission, "scene_undeclared"), (ask.ground, "ground_unlisted"))  # fmt: skip
        yield from (code for name, code in named if name is not None)

    def _undeclared(self, pr: Function | Purpose) -> Iterator[str]:
        acts = {"keep", "staff_open", "publish"} | HANDING_OVER
        acts |= {"collect", "use", "permission"} if isinstance(pr, Function) else {act.value for act in pr.acts}
        if self.act not in acts:
            yield "act_undeclared"
        if self.act in HANDING_OVER:
            return
        touched = set(pr.uses) | (set(pr.collects) if isinstance(pr, Function) else set())
        if isinstance(pr, Function) and self.act == "collect":
            touched = set(pr.collects)
        if not set(self.ask.categories) <= touched:
            yield "category_undeclared"

    def _wrong_recipient(self) -> Iterator[str]:
        ask, to = self.ask, self.recipient
        if not self.takes_part:
            return
        if to is None:
            yield "recipient_undeclared"
            return
        if to.kind.value == "authority":
            if self.listed is None and self.childs is None:
                yield "recipient_not_for_this"
        else:
            listed = ask.purpose in to.purposes and set(ask.categories) <= set(to.receives)
            if not listed or (self.act == "entrust" and to.role.value != "processor"):
                yield "recipient_not_for_this"
            if to.foreground_only and not ask.foreground:
                yield "background_undeclared"
        form = to.form.value if ask.form is None else ask.form
        if form not in _OPEN or _OPEN.index(form) > _OPEN.index(to.form.value):
            yield "form_too_open"

    def _wrong_source(self) -> Iterator[str]:
        ask, source = self.ask, self.source
        if ask.source is None:
            if self.act == "collect" and self.fn is not None and self.fn.manner.value == "received":
                serving = [one for one in self.policy.sources.values() if ask.purpose in one.purposes]
                if not serving or any(set(ask.categories) & set(one.gives) for one in serving):
                    yield "source_undeclared"
            return
        listed = source is not None and ask.purpose in source.purposes and set(ask.categories) <= set(source.gives)
        if not listed or self.act not in {"collect", "infer"}:
            yield "source_undeclared"

    def _wrong_scene(self) -> Iterator[str]:
        permissions = self.policy.permissions
        if self.ask.permission is not None or self.act == "permission":
            permission = permissions.get(self.ask.permission or "")
            asked = self.fn is not None and self.ask.permission in self.fn.permissions
            if permission is None or not asked or self.ask.purpose not in permission.scenes:
                yield "scene_undeclared"
            if permission is not None and not self.ask.foreground and not permission.background:
                yield "background_undeclared"
        elif self.act == "collect" and self.fn is not None and self.fn.manner.value == "device":
            for category in self.ask.categories:
                behind = [name for name, one in permissions.items() if category in one.gives]
                if behind and not set(behind) & set(self.fn.permissions):
                    yield "scene_undeclared"
        unseen = self.act in GATHERING and not self.ask.foreground
        if unseen and not (self.fn is not None and self.fn.background):
            yield "background_undeclared"

    def _wrong_ground(self) -> Iterator[str]:
        """What is cited is listed for this; it, and the case that a consent makes, bring their evidence."""
        demanded: list[str] = []
        if self.leaves and self.passage is not None:
            demanded += self.passage.evidence
            if self.passage.by.value == "own_act" and self.ask.actor.value not in {"self", "guardian"}:
                yield "abroad"
        elif self.leaves and self.by_consent():
            demanded += self.by_consent()[0].evidence
        ground = None if self.tracker is not None else self.listed or self.childs
        if self.act == "publish" and self.tracker is None and self.listed is None and self.childs is None:
            cases = {n: one for n, one in self.policy.publication.items() if one.by == "explicit_consent"}
            case = cases.get(self.ask.ground or "") or next(iter(cases.values()), None)
            demanded += case.evidence if case is not None else ()
        if ground is not None:
            demanded += ground.evidence
        elif self.ask.ground is not None and not self._is_case():
            yield "ground_unlisted"
        if not self.filled(demanded):
            yield "evidence_missing"

    def _is_case(self) -> bool:
        """Say whether a case is cited, and no ground: of leaving the region, or one that a consent makes."""
        return (self.leaves and self.passage is not None) or (self.tracker is None and self.case_by_consent())

    def _brings_others_data(self) -> bool:
        """Say whether what is about another person is brought without a word that this person agreed."""
        known = (self.policy.categories.get(name) for name in self.ask.categories)
        others = any(category is not None and category.about.value == "other" for category in known)
        return self.pr is not None and self.act == "collect" and others and not self.ask.declared

    # --- what the person must have granted
    def _wills(self) -> Iterator[Will]:
        if self.tracker is not None and not self.tracker.essential:
            yield "not_told", ("told:notice",)
            yield "tracker_consent_missing", (self.topic,)
        if self.pr is not None:
            yield from self._wills_of_a_purpose(self.pr)
            yield from self._wills_for_others()

    def _wills_of_a_purpose(self, pr: Function | Purpose) -> Iterator[Will]:
        if self.act in GATHERING or self.act == "infer":
            yield "not_told", ("told:notice",)
        chosen = isinstance(pr, Function) and pr.tier.value == "extended"
        if self.act != "keep" and (chosen or pr.basis.value == "consent"):
            yield "consent_missing", (self.topic,)
        declared = [self.policy.categories[name] for name in self.ask.categories if name in self.policy.categories]
        sensitive = any(category.sensitive for category in declared) and pr.basis.value not in LAW
        if sensitive and self.act != "keep" and not self._asks_elsewhere():
            yield "separate_consent_missing", (f"sensitive:{self.ask.purpose}",)

    def _asks_elsewhere(self) -> bool:
        """Say whether a consent to this recipient, or none at all, is asked in place of a separate consent."""
        to = self.recipient
        if self.act not in HANDING_OVER:
            return False
        if to is None or to.basis.value == "consent" or to.form.value == "aggregate":
            return True
        return to.role.value == "processor" and self.act != "transfer"

    def _wills_for_others(self) -> Iterator[Will]:
        """Name the wills that somebody else's part in the act takes: a recipient's, the public's, a source's."""
        ask, to, source = self.ask, self.recipient, self.source
        decides = to is not None and (to.role.value != "processor" or self.act == "transfer")
        if decides and to is not None and to.form.value != "aggregate" and to.basis.value == "consent":
            yield "share_consent_missing", (f"share:{ask.recipient}",)
        if to is not None and set(ask.categories) & set(to.off_by_default):
            yield "share_more_consent_missing", (f"share-more:{ask.recipient}",)
        if self.act == "publish":
            by_consent = any(case.by == "explicit_consent" for case in self.policy.publication.values())
            yield "publication_consent_missing", (f"publish:{ask.purpose}",) if by_consent else ()
        if source is not None and "lawful_origin" not in {paper.value for paper in source.needs}:
            yield "source_unlawful", (f"source:{ask.source}",) if source.authorised_by_person else ()

    def _other_wills(self) -> Iterator[Will]:
        if (self.pr is not None or self.tracker is not None) and self.leaves and self.passage is None:
            named = self.taker if self.recipient is not None else self.place
            yield "abroad", (f"abroad:{named}",) if self.by_consent() else ()
        if self.act == "collect" and self.pr is not None and self.ask.permission is not None:
            yield "permission_missing", (f"permission:{self.ask.permission}",)
        elif self.act == "collect" and self.fn is not None:
            for category in self.ask.categories:
                behind = [n for n, one in self.policy.permissions.items() if category in one.gives]
                if usable := [name for name in behind if name in self.fn.permissions]:
                    yield "permission_missing", tuple(f"permission:{name}" for name in usable)
        if self.act in GATHERING and not self.ask.foreground and self.fn is not None and self.fn.background:
            yield "background_undeclared", (self.topic,)
