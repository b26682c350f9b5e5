# SPDX-License-Identifier: Apache-2.0
"""What setting a cookie or another tracker needs.

`tracker.<id>` is a purpose that the gate knows by itself, for every tracker of the policy. One that the product cannot
work without is set for whoever the policy lets it be set; every other waits for a consent of its own. No ground stands
in for that consent.
"""

from upheld.gate import clauses, topics
from upheld.gate.draft import Draft
from upheld.gate.grounds import is_passage
from upheld.gate.plan import Plan
from upheld.gate.planning_ages import age_cases
from upheld.gate.planning_sharing import leave_region, paper_rules
from upheld.gate.rules import Gap
from upheld.policy import Policy
from upheld.policy.model.processing import Tracker
from upheld.terms import Act


def is_tracking(ask_act: Act, purpose: str) -> bool:
    """Say whether an ask is about a tracker."""
    return ask_act is Act.SET_TRACKER or purpose.startswith(clauses.TRACKER_PREFIX)


def tracker_plan(draft: Draft, policy: Policy) -> Plan:
    """Plan an ask to set a tracker."""
    ask = draft.ask
    name = clauses.tracker_of(policy, ask.purpose)
    clause = clauses.tracker(name)
    draft.judge(Gap.TRACKER_UNDECLARED, clause, wrong=name is None)
    draft.judge(Gap.ACT_UNDECLARED, clause, wrong=ask.act is not Act.SET_TRACKER)
    if name is None:
        return draft.plan()
    tracker = policy.trackers[name]
    draft.rest_on(clause)
    unlisted = not set(ask.categories) <= set(tracker.collects)
    draft.judge(Gap.CATEGORY_UNDECLARED, clause, wrong=unlisted)
    draft.judge(Gap.SOURCE_UNDECLARED, clause, wrong=ask.source is not None)
    draft.judge(Gap.SCENE_UNDECLARED, clause, wrong=ask.permission is not None)
    _party_rule(draft, policy, tracker)
    _no_ground(draft, policy)
    if not tracker.essential:
        draft.need(Gap.NOT_TOLD, clause, topics.NOTICE, verb="tell")
        draft.need(Gap.TRACKER_CONSENT_MISSING, clause, topics.tracker(name))
    age_cases(draft, clause, topics.tracker(name), child=tracker.child, unknown=tracker.unknown_age)
    return draft.plan()


def _party_rule(draft: Draft, policy: Policy, tracker: Tracker) -> None:
    """A tracker of another's hands over what it learns: that recipient's papers and stops hold, and its region."""
    ask = draft.ask
    recipient = policy.recipients.get(tracker.party)
    stranger = ask.recipient is not None and ask.recipient != tracker.party
    undeclared = tracker.party != "controller" and recipient is None
    clause = clauses.recipient(tracker.party, policy)
    draft.judge(Gap.RECIPIENT_UNDECLARED, clause, wrong=stranger or undeclared)
    if recipient is not None:
        paper_rules(draft, recipient, tracker.party, clause)
        leave_region(draft, policy, ask.destination or recipient.region, tracker.party)
    elif ask.destination is not None:
        leave_region(draft, policy, ask.destination, None)


def _no_ground(draft: Draft, policy: Policy) -> None:
    """No ground lets a tracker be set; a listed case may still let what it learns go abroad."""
    ask = draft.ask
    if ask.ground is not None and not (draft.goes_abroad and is_passage(policy, ask)):
        draft.observed["ground"] = "unlisted"
        draft.find(Gap.GROUND_UNLISTED, clauses.ground(ask.act, None))
