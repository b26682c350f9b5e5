# SPDX-License-Identifier: Apache-2.0
"""The policy's half of the slow gate: what it says of one ask before anyone is looked at; see `upheld.gate.reference`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.model.storage import Ground, Passage

HANDING_OVER: Final = frozenset({"share", "entrust", "transfer", "send_abroad"})
GATHERING: Final = frozenset({"collect", "permission"})
_LAW: Final = frozenset({"legal_duty", "vital_interests", "public_task"})
_OPERATION: Final = {
    "collect": "collect", "permission": "collect", "share": "share", "entrust": "share", "send_abroad": "share",
    "transfer": "transfer", "publish": "publish",
}  # fmt: skip
_OPEN: Final = ("aggregate", "de_identified", "identified")
_USUAL_GROUNDS: Final = {"legal-duty": "legal_duty", "emergency": "emergency", "vital-interests": "emergency"}

Will = tuple[str, tuple[str, ...]]
"""The code of what is missing, and the topics of which one is enough."""


class Asked:
    """What a policy says of one ask.

    Args:
        policy: the version that is to judge.
        ask: what someone wants to do.
    """

    def __init__(self, policy: Policy, ask: Ask) -> None:
        """Answer what the policy and the ask alone decide."""
        self.policy, self.ask = policy, ask
        self.act = ask.act.value
        self.fn: Function | None = policy.functions.get(ask.purpose)
        self.pr: Function | Purpose | None = self.fn or policy.purposes.get(ask.purpose)
        self.recipient = policy.recipients.get(ask.recipient or "")
        self.listed = self._listed_ground()
        self.childs = self._childs_ground()
        self.passage = self._passage()
        self.right = self._right()
        self.wills: tuple[Will, ...] = () if self.pr is None else tuple(self._wills(self.pr))
        self.others: tuple[Will, ...] = () if self.pr is None else tuple(self._other_wills())
        self.always = frozenset(self._always())
        """What is in the way whoever the person is."""

    @property
    def topics(self) -> frozenset[str]:
        """Name every topic whose grant may matter."""
        if self.right is not None or self.pr is None:
            return frozenset()
        return frozenset(
            {f"purpose:{self.ask.purpose}"}.union(*(options for _, options in (*self.wills, *self.others)))
        )

    def _always(self) -> Iterator[str]:
        """Name what is in the way whoever the person is."""
        if self.act == "staff_open" and not self._filled(("reason", "case")):
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
            yield from self._wrong_scene()
            yield from self._wrong_ground()

    def _always_for_a_right(self, right: str) -> Iterator[str]:
        acts = {"use", "staff_open", "collect"} if right == "correction" else {"use", "staff_open"}
        if self.act not in acts:
            yield "act_undeclared"
        guardian = self.policy.children.guardian if self.policy.children is not None else None
        may = guardian is not None and right in {one.value for one in guardian.may}
        if self.ask.actor.value == "guardian" and not may:
            yield "guardian_may_not"

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
        if not self.takes_part():
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

    def takes_part(self) -> bool:
        """Say whether somebody receives; a listed ground names by its evidence who does."""
        if self.ask.recipient is None and self.listed is not None:
            return False
        return self.act in HANDING_OVER or self.ask.recipient is not None

    def _wrong_scene(self) -> Iterator[str]:
        name, permissions = self.ask.permission, self.policy.permissions
        if name is not None or self.act == "permission":
            asked = self.fn is not None and name in self.fn.permissions
            if name not in permissions or not asked or self.ask.purpose not in permissions[name].scenes:
                yield "scene_undeclared"
            if name in permissions and not self.ask.foreground and not permissions[name].background:
                yield "background_undeclared"
        elif self.act == "collect" and self.fn is not None and self.fn.manner.value == "device":
            for category in self.ask.categories:
                behind = [one for one, permission in permissions.items() if category in permission.gives]
                if behind and not set(behind) & set(self.fn.permissions):
                    yield "scene_undeclared"
        unseen = self.act in GATHERING and not self.ask.foreground
        if unseen and not (self.fn is not None and self.fn.background):
            yield "background_undeclared"

    def _wrong_ground(self) -> Iterator[str]:
        if self.passage is not None and self._place() != self._home():
            if self.passage.by.value == "own_act" and self.ask.actor.value not in {"self", "guardian"}:
                yield "abroad"
            if not self._filled(self.passage.evidence):
                yield "evidence_missing"
        elif self.ask.ground is not None:
            ground = self.listed or self.childs
            if ground is None:
                yield "ground_unlisted"
            elif not self._filled(ground.evidence):
                yield "evidence_missing"

    def _wills(self, pr: Function | Purpose) -> Iterator[Will]:
        """Name every will of the person that a ground may stand in for."""
        ask, to = self.ask, self.recipient
        if self.act in GATHERING or self.act == "infer":
            yield "not_told", ("told:notice",)
        chosen = isinstance(pr, Function) and pr.tier.value == "extended"
        if self.act != "keep" and (chosen or pr.basis.value == "consent"):
            yield "consent_missing", (f"purpose:{ask.purpose}",)
        declared = [self.policy.categories[name] for name in ask.categories if name in self.policy.categories]
        sensitive = any(category.sensitive for category in declared) and self.act not in HANDING_OVER
        if sensitive and self.act != "keep" and pr.basis.value not in _LAW:
            yield "separate_consent_missing", (f"sensitive:{ask.purpose}",)
        decides = to is not None and (to.role.value != "processor" or self.act == "transfer")
        if decides and to is not None and to.form.value != "aggregate" and to.basis.value == "consent":
            yield "share_consent_missing", (f"share:{ask.recipient}",)
        if to is not None and set(ask.categories) & set(to.off_by_default):
            yield "share_more_consent_missing", (f"share-more:{ask.recipient}",)
        if self.act == "publish":
            by_consent = any(case.by == "explicit_consent" for case in self.policy.publication.values())
            yield "publication_consent_missing", (f"publish:{ask.purpose}",) if by_consent else ()

    def _other_wills(self) -> Iterator[Will]:
        """Name what a person must have granted whatever ground is cited."""
        if self._place() != self._home() and self.passage is None:
            named = self.ask.recipient if self.recipient is not None else self._place()
            cases = self.policy.residency.abroad.values() if self.policy.residency is not None else ()
            by_consent = any(case.by.value == "separate_consent" for case in cases)
            yield "abroad", (f"abroad:{named}",) if by_consent else ()
        if self.act == "collect" and self.ask.permission is not None:
            yield "permission_missing", (f"permission:{self.ask.permission}",)
        elif self.act == "collect" and self.fn is not None:
            for category in self.ask.categories:
                behind = [n for n, one in self.policy.permissions.items() if category in one.gives]
                if usable := [name for name in behind if name in self.fn.permissions]:
                    yield "permission_missing", tuple(f"permission:{name}" for name in usable)
        if self.act in GATHERING and not self.ask.foreground and self.fn is not None and self.fn.background:
            yield "background_undeclared", (f"purpose:{self.ask.purpose}",)

    # --- grounds and places
    def _right(self) -> str | None:
        rights = self.policy.rights.requests if self.policy.rights is not None else {}
        return next((one.value for one in rights if f"right.{one.value}" == self.ask.purpose), None)

    def _listed_ground(self) -> Ground | None:
        name = self.ask.ground or ""
        lists = self.policy.grounds
        found: Mapping[str, Ground] = getattr(lists, _OPERATION.get(self.act, "use"))
        if name in found:
            return found[name]
        case = self.policy.publication.get(name)
        if self.act == "publish" and case is not None and case.by == "law":
            return Ground.model_construct(label=case.label, evidence=case.evidence)
        return None

    def _childs_ground(self) -> Ground | None:
        listed = self.policy.children.grounds if self.policy.children is not None else {}
        found = listed.get(self.ask.ground or "") if self.listed is None else None
        if found is not None and self._passage() is not None and self._place() != self._home():
            return None  # what leaves the region cites the case of leaving it
        return found

    def _passage(self) -> Passage | None:
        cases = self.policy.residency.abroad if self.policy.residency is not None else {}
        case = cases.get(self.ask.ground or "")
        return case if self.listed is None and case is not None and case.by.value != "separate_consent" else None

    def passes_before_guardian(self) -> bool:
        """Say whether the ground that is cited passes before a guardian is verified."""
        if self.childs is not None:
            return True
        children = self.policy.children
        if self.listed is None or children is None:
            return False
        before = {one.value for one in children.before_guardian}
        return _USUAL_GROUNDS.get(self.ask.ground or "") in before or self.ask.ground in children.grounds

    def _home(self) -> str:
        if self.policy.residency is not None:
            return self.policy.residency.region
        return self.policy.controller.region if self.policy.controller is not None else ""

    def _place(self) -> str:
        if self.ask.destination is not None:
            return self.ask.destination
        return self.recipient.region if self.recipient is not None and self.act in HANDING_OVER else self._home()

    def _filled(self, fields: Iterable[str]) -> bool:
        return all(self.ask.evidence.get(name, "").strip() for name in fields)
