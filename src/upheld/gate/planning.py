# SPDX-License-Identifier: Apache-2.0
"""Plan an ask: what it needs, by the policy alone.

Each `_..._rule` below reads one promise of the policy and says what the act then needs. A rule says it whether or not
its control is in force, so that what is missing is observed; whether it denies is `Rulebook.enforced`. The rules for
handing data over are in `upheld.gate.planning_sharing`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from upheld.gate import clauses, topics
from upheld.gate.draft import Draft
from upheld.gate.grounds import ground_rule
from upheld.gate.plan import Plan
from upheld.gate.planning_ages import age_cases
from upheld.gate.planning_rights import right_plan, staff_rule
from upheld.gate.planning_sharing import BASES_OF_LAW, HANDING_OVER, abroad_rule, publication_rule, recipient_rule
from upheld.gate.planning_sources import source_rule, subject_rule
from upheld.gate.planning_trackers import is_tracking, tracker_plan
from upheld.gate.rules import Gap
from upheld.gate.values import Ask, Duty, Obligation
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Manner, Purpose
from upheld.terms import Act, LawfulBasis, Tier

Processing = Function | Purpose
PolicyRule = Callable[[Draft, Policy, Processing], None]

_LEARNING: Final = frozenset({Act.COLLECT, Act.PERMISSION, Act.INFER})
"""Acts that learn something new of a person, so that the notice must come first."""
_SERVING: Final = frozenset({Act.COLLECT, Act.PERMISSION})
"""Acts that no duty of law excuses once an account is cancelled: nothing new is gathered."""
_AFTER_CESSATION: Final = frozenset({Act.KEEP, Act.MESSAGE, Act.STAFF_OPEN})
"""What a service that ended still does: it keeps what law demands, tells each person, and answers requests."""
_ANY_PURPOSE: Final = frozenset({Act.KEEP, Act.STAFF_OPEN, Act.PUBLISH}) | HANDING_OVER
"""Acts that any purpose may involve; recipients, publication and staff have rules of their own."""


def plan_of(policy: Policy | None, ask: Ask, *, bits: Mapping[str, int], enforced: int) -> Plan:
    """Say what an ask needs.

    Args:
        policy: the version that is to judge; None for one that nobody knows.
        ask: what someone wants to do.
        bits: topic -> the mask of its bit.
        enforced: the gaps that deny.
    """
    draft = Draft(ask=ask, bits=bits, enforced=enforced)
    _person_rule(draft)
    if policy is None:
        draft.find(Gap.VERSION_NOT_IN_FORCE, clauses.VERSIONS)
        draft.find(Gap.PURPOSE_UNDECLARED, clauses.PURPOSES)
        return draft.plan()
    right = clauses.right_of(policy, ask.purpose)
    if right is not None:
        return right_plan(draft, policy, right)
    _version_rule(draft)
    if is_tracking(ask.act, ask.purpose):
        _stops_rule(draft, None)
        return tracker_plan(draft, policy)
    staff_rule(draft, clauses.purpose(ask.purpose, policy))
    processing = policy.functions.get(ask.purpose) or policy.purposes.get(ask.purpose)
    _stops_rule(draft, processing)
    if processing is None:
        _unknown_purpose(draft, policy)
    else:
        for rule in _RULES:
            rule(draft, policy, processing)
    return draft.plan()


def _person_rule(draft: Draft) -> None:
    draft.watch(Gap.PERSON_UNKNOWN, clauses.purpose(draft.ask.purpose, None), "admit")
    draft.watch(Gap.PERSON_ERASED, clauses.ERASURE)


def _version_rule(draft: Draft) -> None:
    if draft.ask.act is not Act.KEEP:
        draft.watch(Gap.VERSION_OTHER, clauses.VERSIONS, "admit")
        draft.watch(Gap.VERSION_NOT_IN_FORCE, clauses.VERSIONS, "wait_until_effective")


def _stops_rule(draft: Draft, processing: Processing | None) -> None:
    """Restricted data is kept and nothing else; a cancelled account is served no more, though duties of law go on."""
    if draft.ask.act is Act.KEEP:
        return
    draft.watch(Gap.PERSON_RESTRICTED, clauses.RESTRICTION, "unrestrict")
    draft.watch(Gap.PERSON_CANCELLED, clauses.CANCELLATION)
    if processing is not None and processing.basis is LawfulBasis.LEGAL_DUTY and draft.ask.act not in _SERVING:
        draft.excuse(Gap.PERSON_CANCELLED)
    if draft.ask.act not in _AFTER_CESSATION:
        draft.watch(Gap.SERVICE_CEASED, clauses.CESSATION)


def _unknown_purpose(draft: Draft, policy: Policy) -> None:
    """An unknown purpose declares no categories: only whether they exist at all is asked besides."""
    draft.find(Gap.PURPOSE_UNDECLARED, clauses.PURPOSES)
    draft.watch(Gap.CATEGORY_UNDECLARED, clauses.CATEGORIES)
    if any(name not in policy.categories for name in draft.ask.categories):
        draft.find(Gap.CATEGORY_UNDECLARED, clauses.CATEGORIES)


def _act_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """A purpose does only the acts it declares."""
    draft.rest_on(clauses.purpose(draft.ask.purpose, policy))
    draft.watch(Gap.PURPOSE_UNDECLARED, clauses.PURPOSES)
    may = set(processing.acts) | _ANY_PURPOSE
    if isinstance(processing, Function):
        may.add(Act.PERMISSION)
    draft.judge(Gap.ACT_UNDECLARED, clauses.purpose(draft.ask.purpose, policy), wrong=draft.ask.act not in may)


def _category_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """A purpose touches only the categories it declares; what is handed over is the recipient's list."""
    clause = clauses.purpose(draft.ask.purpose, policy)
    draft.watch(Gap.CATEGORY_UNDECLARED, clause)
    declared = set(processing.categories)
    if draft.ask.act is Act.COLLECT and isinstance(processing, Function):
        declared = set(processing.collects)
    if draft.ask.act in HANDING_OVER:
        declared = set(policy.categories)
    for name in draft.ask.categories:
        if name not in declared:
            draft.find(Gap.CATEGORY_UNDECLARED, clause)
        elif name not in policy.categories:
            draft.find(Gap.CATEGORY_UNDECLARED, clauses.CATEGORIES)


def _told_rule(draft: Draft, policy: Policy, _processing: Processing) -> None:
    """Nothing new is learnt of a person before the notice was accepted."""
    if draft.ask.act in _LEARNING:
        draft.need(Gap.NOT_TOLD, clauses.purpose(draft.ask.purpose, policy), topics.NOTICE, verb="tell")


def needs_consent(processing: Processing) -> bool:
    """Say whether a purpose rests on consent; an extended function is always a choice."""
    extended = isinstance(processing, Function) and processing.tier is Tier.EXTENDED
    return extended or processing.basis is LawfulBasis.CONSENT


def _consent_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """What rests on consent, and every extended function, needs it; basic functions ask for nobody's choice."""
    if draft.ask.act is not Act.KEEP and needs_consent(processing):
        topic = topics.purpose(draft.ask.purpose)
        draft.need(Gap.CONSENT_MISSING, clauses.purpose(draft.ask.purpose, policy), topic)


def _separate_consent_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """Sensitive categories need a consent of their own (PIPL art. 29); handing over has its own (art. 23)."""
    act_needs = draft.ask.act is not Act.KEEP and draft.ask.act not in HANDING_OVER
    sensitive = [n for n in draft.ask.categories if n in policy.categories and policy.categories[n].sensitive]
    draft.observed["sensitive"] = bool(sensitive)
    if act_needs and sensitive and processing.basis not in BASES_OF_LAW:
        topic = topics.sensitive(draft.ask.purpose)
        draft.need(Gap.SEPARATE_CONSENT_MISSING, clauses.purpose(draft.ask.purpose, policy), topic)
    for name in sensitive:
        draft.oblige(Obligation(Duty.MASK, name))


def _objection_rule(draft: Draft, policy: Policy, _processing: Processing) -> None:
    if draft.ask.act is not Act.KEEP:
        draft.watch(Gap.OBJECTED, clauses.purpose(draft.ask.purpose, policy), "lift_objection")
        draft.objection = draft.bits.get(topics.purpose(draft.ask.purpose), 0)


def _age_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """Children, and people whose age is not known, as each function says."""
    if draft.ask.act is not Act.KEEP:
        age_cases(
            draft,
            clauses.purpose(draft.ask.purpose, policy),
            topics.purpose(draft.ask.purpose),
            child=processing.child,
            unknown=processing.unknown_age,
        )


def _permission_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """Data behind a device permission needs that permission, at a scene the policy declares."""
    if draft.ask.act is Act.PERMISSION or (draft.ask.permission is not None):
        _scene(draft, policy, processing)
    if draft.ask.act is not Act.COLLECT:
        return
    if draft.ask.permission is not None:
        clause = clauses.permission(draft.ask.permission, policy)
        draft.need(Gap.PERMISSION_MISSING, clause, topics.permission(draft.ask.permission), verb="grant")
        return
    for category in draft.ask.categories:
        behind = [name for name, permission in policy.permissions.items() if category in permission.gives]
        usable = [name for name in behind if isinstance(processing, Function) and name in processing.permissions]
        if usable:
            topic = [topics.permission(name) for name in usable]
            draft.need(Gap.PERMISSION_MISSING, clauses.permission(usable[0], policy), *topic, verb="grant")
        elif behind and isinstance(processing, Function) and processing.manner is Manner.DEVICE:
            draft.find(Gap.SCENE_UNDECLARED, clauses.permission(behind[0], policy))


def _scene(draft: Draft, policy: Policy, processing: Processing) -> None:
    name = draft.ask.permission
    permission = policy.permissions.get(name) if name is not None else None
    declared = (
        permission is not None
        and isinstance(processing, Function)
        and draft.ask.purpose in permission.scenes
        and name in processing.permissions
    )
    draft.judge(Gap.SCENE_UNDECLARED, clauses.permission(name, policy), wrong=not declared)
    if permission is not None and not draft.ask.foreground and not permission.background:
        draft.find(Gap.BACKGROUND_UNDECLARED, clauses.permission(name, policy))


def _background_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """Nothing is gathered unseen unless the function says so and the person chose it."""
    if draft.ask.foreground or draft.ask.act not in {Act.COLLECT, Act.PERMISSION}:
        return
    clause = clauses.purpose(draft.ask.purpose, policy)
    if isinstance(processing, Function) and processing.background:
        draft.need(Gap.BACKGROUND_UNDECLARED, clause, topics.purpose(draft.ask.purpose))
    else:
        draft.find(Gap.BACKGROUND_UNDECLARED, clause)


_RULES: Final[tuple[PolicyRule, ...]] = (
    _act_rule,
    _category_rule,
    _told_rule,
    _consent_rule,
    _separate_consent_rule,
    _objection_rule,
    recipient_rule,
    publication_rule,
    abroad_rule,
    _permission_rule,
    _background_rule,
    source_rule,
    subject_rule,
    ground_rule,  # after every rule that needs a consent, which a ground stands in for
    _age_rule,  # last: a child's guardian gives every consent that was needed
)
