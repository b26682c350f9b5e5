# SPDX-License-Identifier: Apache-2.0
"""Plan acts that hand data over: recipients and their papers, publication, and leaving the region."""

from typing import Final

from upheld.gate import clauses, topics
from upheld.gate.draft import Draft
from upheld.gate.grounds import cited, is_passage
from upheld.gate.rules import Gap
from upheld.gate.values import Ask, Duty, Obligation
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.model.recipients import Condition, Form, Recipient, RecipientKind, Role
from upheld.policy.model.storage import AllowedBy
from upheld.terms import Act, Actor, LawfulBasis

Processing = Function | Purpose

HANDING_OVER: Final = frozenset({Act.SHARE, Act.ENTRUST, Act.TRANSFER, Act.SEND_ABROAD})
BASES_OF_LAW: Final = frozenset({LawfulBasis.LEGAL_DUTY, LawfulBasis.VITAL_INTERESTS, LawfulBasis.PUBLIC_TASK})
"""Bases that rest on no will of the person, so that no separate consent is asked (PIPL art. 13(3)-(5))."""

_PAPERS: Final = {
    Condition.AGREEMENT: Gap.AGREEMENT_MISSING,
    Condition.ASSESSMENT: Gap.ASSESSMENT_MISSING,
    Condition.SECURITY_TEST: Gap.SECURITY_TEST_MISSING,
}
_OPENNESS: Final = {Form.AGGREGATE.value: 0, Form.DE_IDENTIFIED.value: 1, Form.IDENTIFIED.value: 2}
"""A recipient may get less than its form, never more; a form of any other name counts as the most open."""


def recipient_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """Only declared recipients take part in any act, and only in what is listed for them, under papers in force."""
    ask = draft.ask
    if ask.act not in HANDING_OVER and ask.recipient is None:
        return
    recipient = policy.recipients.get(ask.recipient) if ask.recipient is not None else None
    if recipient is None and _is_to_successor(policy, ask):
        _successor_rule(draft)
        return
    clause = clauses.recipient(ask.recipient, policy)
    ground = cited(policy, ask)
    if ask.recipient is None and ground is not None and not ground.for_children:
        return  # the ground's own evidence names who receives: an authority, an article
    draft.judge(Gap.RECIPIENT_UNDECLARED, clause, wrong=recipient is None)
    if recipient is None or ask.recipient is None:
        return
    draft.rest_on(clause)
    paper_rules(draft, recipient, ask.recipient, clause)
    _listed(draft, recipient, clause, by_ground=ground is not None)
    _form(draft, recipient, clause)
    _share_consent(draft, recipient, clause)
    _sensitive_consent(draft, policy, processing, recipient)


def paper_rules(draft: Draft, recipient: Recipient, name: str, clause: str) -> None:
    """A recipient that was stopped receives nothing, nor one whose papers are not in force."""
    draft.recipient = name
    draft.watch(Gap.RECIPIENT_STOPPED, clause, "resume")
    for paper in recipient.needs:
        draft.watch(_PAPERS[paper], clause, f"paper {paper.value} {name}")
        draft.papers.append((paper.value, int(_PAPERS[paper])))


def _is_to_successor(policy: Policy, ask: Ask) -> bool:
    return ask.act is Act.TRANSFER and ask.recipient == clauses.SUCCESSOR and policy.succession is not None


def _successor_rule(draft: Draft) -> None:
    """Whoever takes the product over is bound by the policy, or the person agreed (GB/T 35273-2020 9.3)."""
    draft.rest_on(clauses.SUCCESSION)
    draft.watch(Gap.SUCCESSOR_UNBOUND, clauses.SUCCESSION, f"bind_successor {topics.SUCCESSOR}")
    draft.to_successor = True
    draft.instead = draft.bits.get(topics.SUCCESSOR, 0)
    draft.oblige(Obligation(Duty.TELL, clauses.SUCCESSOR))


def _listed(draft: Draft, recipient: Recipient, clause: str, *, by_ground: bool) -> None:
    """An authority has no list: it receives what the ground's evidence names, and never without a ground."""
    ask = draft.ask
    if recipient.kind is RecipientKind.AUTHORITY:
        draft.judge(Gap.RECIPIENT_NOT_FOR_THIS, clause, wrong=not by_ground)
        return
    listed = ask.purpose in recipient.purposes and set(ask.categories) <= set(recipient.receives)
    entrusted = ask.act is not Act.ENTRUST or recipient.role is Role.PROCESSOR
    unseen = not ask.foreground and recipient.foreground_only
    draft.judge(Gap.RECIPIENT_NOT_FOR_THIS, clause, wrong=not (listed and entrusted))
    if unseen:
        draft.find(Gap.BACKGROUND_UNDECLARED, clause)


def _form(draft: Draft, recipient: Recipient, clause: str) -> None:
    declared = recipient.form.value
    asked = declared if draft.ask.form is None else draft.ask.form
    too_open = _OPENNESS.get(asked, len(_OPENNESS)) > _OPENNESS[declared]
    draft.judge(Gap.FORM_TOO_OPEN, clause, wrong=too_open)
    draft.observed["form"] = asked if asked in _OPENNESS else "unknown"
    if declared != Form.IDENTIFIED.value:
        draft.oblige(Obligation(Duty.MASK, declared))
    draft.oblige(Obligation(Duty.TELL, draft.ask.recipient or ""))


def _share_consent(draft: Draft, recipient: Recipient, clause: str) -> None:
    """To provide to another who decides takes a consent of its own (PIPL art. 23); to instruct a processor does not."""
    ask = draft.ask
    name = ask.recipient or ""
    provided = recipient.role is not Role.PROCESSOR or ask.act is Act.TRANSFER
    singles_out = recipient.form is not Form.AGGREGATE
    if provided and singles_out and recipient.basis is LawfulBasis.CONSENT:
        draft.need(Gap.SHARE_CONSENT_MISSING, clause, topics.share(name))
    if set(ask.categories) & set(recipient.off_by_default):
        draft.need(Gap.SHARE_MORE_CONSENT_MISSING, clause, topics.share_more(name))


def _sensitive_consent(draft: Draft, policy: Policy, processing: Processing, recipient: Recipient) -> None:
    """Where a recipient who decides receives by no consent of its own, sensitive data waits for its own (PIPL art. 29).

    Every act that hands nothing over has this from the rule on sensitive categories.
    """
    asked = recipient.basis is LawfulBasis.CONSENT or recipient.form is Form.AGGREGATE
    instructed = recipient.role is Role.PROCESSOR and draft.ask.act is not Act.TRANSFER
    if draft.ask.act not in HANDING_OVER or asked or instructed or processing.basis in BASES_OF_LAW:
        return
    if any(name in policy.categories and policy.categories[name].sensitive for name in draft.ask.categories):
        clause = clauses.recipient(draft.ask.recipient, policy)
        draft.need(Gap.SEPARATE_CONSENT_MISSING, clause, topics.sensitive(draft.ask.purpose))


def publication_rule(draft: Draft, policy: Policy, _processing: Processing) -> None:
    """Nothing is made public without a consent to just that, with what the case demands on record, or a listed ground."""
    if draft.ask.act is not Act.PUBLISH:
        return
    by_consent = {name: case for name, case in policy.publication.items() if case.by == "explicit_consent"}
    if not by_consent:
        draft.find(Gap.PUBLICATION_CONSENT_MISSING, clauses.PUBLICATION)
        return
    name = draft.ask.ground if draft.ask.ground in by_consent else next(iter(by_consent))
    case = by_consent[name]
    clause = f"publication.{name}"
    draft.rest_on(clause)
    draft.need(Gap.PUBLICATION_CONSENT_MISSING, clause, topics.publish(draft.ask.purpose))
    if case.evidence and cited(policy, draft.ask) is None:
        draft.demand(clause, case.evidence)


def abroad_rule(draft: Draft, policy: Policy, _processing: Processing) -> None:
    """Data stays in its region unless a listed case lets this act carry it out."""
    recipient = policy.recipients.get(draft.ask.recipient or "")
    leave_region(draft, policy, _place(draft, recipient, home_of(policy)), draft.ask.recipient if recipient else None)


def leave_region(draft: Draft, policy: Policy, place: str, recipient: str | None) -> None:
    """Let data go to a place only where it is home, or a listed case covers it.

    Args:
        draft: the plan so far.
        policy: the version that is to judge.
        place: the region that the data goes to.
        recipient: the declared recipient that takes it there, if one does.
    """
    ask = draft.ask
    if place == home_of(policy):
        if ask.act in HANDING_OVER:
            draft.watch(Gap.ABROAD, clauses.RESIDENCY)
        return
    draft.goes_abroad = True
    cases = policy.residency.abroad if policy.residency is not None else {}
    if is_passage(policy, ask):
        passage = cases[ask.ground or ""]
        clause = f"residency.abroad.{ask.ground}"
        draft.rest_on(clause)
        draft.observed["passage"] = passage.by.value
        own = passage.by is not AllowedBy.OWN_ACT or ask.actor in {Actor.SELF, Actor.GUARDIAN}
        draft.judge(Gap.ABROAD, clause, wrong=not own)
        draft.demand(clause, passage.evidence)
        return
    by_consent = {name: case for name, case in cases.items() if case.by is AllowedBy.SEPARATE_CONSENT}
    if not by_consent:
        draft.find(Gap.ABROAD, clauses.RESIDENCY)
        return
    name = ask.ground if ask.ground in by_consent else next(iter(by_consent))
    case = by_consent[name]
    clause = f"residency.abroad.{name}"
    draft.rest_on(clause)
    draft.need(Gap.ABROAD, clause, topics.abroad(recipient or place))
    if case.evidence:
        draft.demand(clause, case.evidence)


def home_of(policy: Policy) -> str:
    """Return the region that data stays in."""
    if policy.residency is not None:
        return policy.residency.region
    return policy.controller.region if policy.controller is not None else ""


def _place(draft: Draft, recipient: Recipient | None, home: str) -> str:
    """Return the region that the data goes to: what the ask says, then where its recipient is, then home."""
    if draft.ask.destination is not None:
        return draft.ask.destination
    return recipient.region if recipient is not None and draft.ask.act in HANDING_OVER else home
