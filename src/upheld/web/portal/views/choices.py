# SPDX-License-Identifier: Apache-2.0
"""Choose functions, permissions and recipients one by one; see and take back what was chosen."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upheld.consent import queries, service
from upheld.consent.values import Action, Choice, Method, State, TopicKind
from upheld.errors import BadInput, Conflict
from upheld.web.portal import choosing, names, pages
from upheld.web.portal.denials import anchor
from upheld.web.portal.visitor import PortalRequest, Who, signed_in

LONGEST_TOPIC = 200


@require_safe
@signed_in
def choices(request: PortalRequest, who: Who) -> HttpResponse:
    """Show every choice as it stands."""
    found = queries.state_of(who.data_subject_id, language=who.language, now=request.now)
    context = {"groups": list(choosing.groups(found, who))}
    return pages.show(request, "choices", context)


@require_POST
@signed_in
def choose(request: PortalRequest, who: Who) -> HttpResponse:
    """Take one choice down: yes, no, or taken back."""
    topic, decision = request.POST.get("topic", "")[:LONGEST_TOPIC], request.POST.get("decision", "")
    standing = _standing(request, who, topic)
    said = who.said(Method.BUTTON)
    if decision == Action.GIVEN:
        wording = request.POST.get("wording", "")
        if not wording:
            raise BadInput("a consent names the wording that was shown")
        service.give(
            data_subject_id=who.data_subject_id, topic=topic, said=said, now=request.now, wording_sha256=wording
        )
        return pages.go("choices", said="agreed", at=anchor(topic))
    if decision != Action.WITHDRAWN:
        raise BadInput("expected a decision: given or withdrawn")
    if standing.state in {State.GIVEN, State.ALWAYS_ON}:
        service.withdraw(data_subject_id=who.data_subject_id, topic=topic, said=said, now=request.now)
        return pages.go("choices", said="withdrawn", at=anchor(topic))
    service.refuse(data_subject_id=who.data_subject_id, topic=topic, said=said, now=request.now)
    return pages.go("choices", said="declined", at=anchor(topic))


def _standing(request: PortalRequest, who: Who, topic: str) -> Choice:
    for one in queries.state_of(who.data_subject_id, language=who.language, now=request.now):
        if one.topic == topic:
            if not one.can_change:
                raise Conflict("basic functions or law need this")
            return one
    raise BadInput("there is no such choice")


@require_safe
@signed_in
def consents(request: PortalRequest, who: Who) -> HttpResponse:
    """Show what was agreed to, refused and taken back, when, and in which version."""
    labels = {
        one.topic: one.label for one in queries.state_of(who.data_subject_id, language=who.language, now=request.now)
    }
    history = [
        {
            "label": labels.get(one.topic) or names.purpose(who.policy, one.topic.partition(":")[2], who.language),
            "kind": TopicKind(one.topic.partition(":")[0]),
            "said": one,
            "action": one.action.value,
        }
        for one in queries.history(who.data_subject_id)
    ]
    return pages.show(request, "consents", {"history": history, "title": _("What you agreed to, and when")})
