# SPDX-License-Identifier: Apache-2.0
"""Erase an item, a category or everything; close the account. Each says first what will happen and what stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from upheld.errors import BadInput, NotFound, TooMany
from upheld.gate import Denied
from upheld.policy.model.base import say
from upheld.policy.model.storage import Start
from upheld.retention import erasing
from upheld.retention import queries as retention
from upheld.retention.values import Because
from upheld.terms import Right
from upheld.web.portal import confirming, filing, holding, pages, stopping, telling
from upheld.web.portal.forms import CaseForm
from upheld.web.portal.holding import Held
from upheld.web.portal.visitor import PortalRequest, Who, for_oneself, sign_out_browser, signed_in

ERASE_ALL = "erase-all"
CANCEL = "cancel"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stays:
    """What a law or the policy keeps for a while, and until when."""

    label: str
    span: str
    law: str
    after: str


@require_safe
@signed_in
def erase(request: PortalRequest, who: Who) -> HttpResponse:
    """Offer what can be erased: category by category, or everything."""
    held = holding.items(who, now=request.now)
    labels = {one.item.category: one.label for one in held}
    counts = {name: sum(one.item.category == name for one in held) for name in labels}
    rows = [(name, label, counts[name], _is_own(held, name)) for name, label in labels.items()]
    return pages.show(request, "erase", {"rows": rows, "erasures": retention.erasures(who.data_subject_id)})


def _is_own(held: list[Held], category: str) -> bool:
    return all(one.is_mine_to_erase for one in held if one.item.category == category)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase_item(request: PortalRequest, who: Who, item_id: UUID) -> HttpResponse:
    """Confirm and erase one item; where a contract or law needs it, take the request in."""
    held = holding.item(who, item_id, now=request.now)
    if not held.is_mine_to_erase:
        return pages.go("erase_category", held.item.category)
    warned = _warning(who, [held])
    if request.method == "POST" and stopping.was_warned(request, who.policy, warned["stops"]):
        erasing.begin(
            data_subject_id=who.data_subject_id, because=Because.OWN_CHOICE, now=request.now, item_ids=[item_id]
        )
        return pages.go("my_data", said="erasing")
    context = {"what": held.label, "held": [held], "back": f"/my-data/{item_id}", **warned}
    return pages.show(request, "erase_confirm", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase_category(request: PortalRequest, who: Who, name: str) -> HttpResponse:
    """Confirm and erase one category; where a contract or law needs any of it, take the request in."""
    held = [one for one in holding.items(who, now=request.now) if one.item.category == name]
    if not held:
        raise NotFound("nothing of this kind is held")
    if not all(one.is_mine_to_erase for one in held):
        return _ask(request, who, name, held)
    warned = _warning(who, held)
    if request.method == "POST" and stopping.was_warned(request, who.policy, warned["stops"]):
        erasing.begin(
            data_subject_id=who.data_subject_id, because=Because.OWN_CHOICE, now=request.now, categories=[name]
        )
        return pages.go("my_data", said="erasing")
    context = {"what": held[0].label, "held": held, "back": "/my-data/erase", **warned}
    return pages.show(request, "erase_confirm", context, status=_status(request))


class Warned(TypedDict):
    """What a page shows of what may stop, and what its form carries back."""

    stops: tuple[stopping.Stop, ...]
    warned: str


def _warning(who: Who, held: list[Held]) -> Warned:
    found = stopping.stops(who.policy, {one.item.category for one in held}, who.language)
    return {"stops": found, "warned": stopping.warning(who.policy, found)}


def _status(request: PortalRequest) -> int:
    """Answer 200 to who asks for the page, and 400 to who sent it without having been warned of what stands there."""
    return 400 if request.method == "POST" else 200


def _ask(request: PortalRequest, who: Who, name: str, held: list[Held]) -> HttpResponse:
    cases = filing.cases_of(who.policy, Right.ERASURE, who.language)
    form = CaseForm(request.POST if request.method == "POST" else None, cases=cases)
    warned = _warning(who, held)
    if request.method == "POST" and form.is_valid() and stopping.was_warned(request, who.policy, warned["stops"]):
        filed = filing.file(
            who,
            Right.ERASURE,
            now=request.now,
            case=form.cleaned_data.get("case", ""),
            categories=(name,),
            statement=form.cleaned_data["statement"],
        )
        return pages.go("request", filed.id, said="filed")
    context = {"what": held[0].label, "held": held, "form": form, "stays": _stays(who), **warned}
    return pages.show(request, "erase_ask", context, status=_status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase_everything(request: PortalRequest, who: Who) -> HttpResponse:
    """Take the reason for erasing everything, say what happens, and send a code."""
    cases = filing.cases_of(who.policy, Right.ERASURE, who.language)
    form = CaseForm(request.POST if request.method == "POST" else None, cases=cases)
    limit, held = "", holding.items(who, now=request.now)
    warned = _warning(who, held)
    if request.method == "POST" and form.is_valid() and stopping.was_warned(request, who.policy, warned["stops"]):
        case = form.cleaned_data.get("case", "")
        if not confirming.is_reachable(request, who):
            return _filed_everything(request, who, case)
        try:
            return confirming.send(request, who, ERASE_ALL, to="erase_everything_code", case=case)
        except TooMany as reached:
            limit = telling.too_many(reached)
    context = {"form": form, "stays": _stays(who), "limit": limit, "held": held, **warned}
    return pages.show(request, "erase_everything", context, status=429 if limit else _status(request))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase_everything_code(request: PortalRequest, who: Who) -> HttpResponse:
    """Take the code, and file the request."""
    context: dict[str, object] = {"back": "/my-data/erase/everything"}

    def do(more: Mapping[str, str]) -> HttpResponse:
        return _filed_everything(request, who, more["case"])

    return confirming.take(request, who, ERASE_ALL, "confirm_code", context, do)


def _filed_everything(request: PortalRequest, who: Who, case: str) -> HttpResponse:
    filed = filing.file(who, Right.ERASURE, now=request.now, case=case)
    return pages.go("request", filed.id, said="filed")


def _stays(who: Who) -> list[Stays]:
    """List what is kept after an account is closed or everything is erased, by which law and for how long."""
    return [
        Stays(
            label=say(period.label, who.language),
            span=holding.span(period.keep),
            law=_law(period.law.source, who) if period.law else "",
            after=period.from_.value,
        )
        for period in who.policy.storage.values()
        if period.law is not None or period.from_ in {Start.CANCELLATION, Start.ERASURE}
    ]


def _law(source: object, who: Who) -> str:
    return source if isinstance(source, str) else say(source, who.language)  # type: ignore[arg-type]


@require_http_methods(["GET", "HEAD"])
@for_oneself
def cancel(request: PortalRequest, who: Who) -> HttpResponse:
    """Say what closing the account does."""
    if Right.CANCELLATION not in filing.offered(who.policy):
        raise BadInput("the policy does not offer to close an account here")
    return pages.show(request, "cancel", {"stays": _stays(who), "held": holding.items(who, now=request.now)})


@require_POST
@for_oneself
def cancel_begin(request: PortalRequest, who: Who) -> HttpResponse:
    """Send the code that confirms closing the account."""
    try:
        return confirming.send(request, who, CANCEL, to="cancel_code")
    except TooMany as limit:
        context = {"stays": _stays(who), "limit": telling.too_many(limit), "held": holding.items(who, now=request.now)}
        return pages.show(request, "cancel", context, status=429)
    except (NotFound, Denied):  # no number is held, or it may not be used: the session alone proves who asks
        return _cancelled(request, who)


@require_http_methods(["GET", "HEAD", "POST"])
@for_oneself
def cancel_code(request: PortalRequest, who: Who) -> HttpResponse:
    """Take the code, and close the account."""
    context: dict[str, object] = {"back": "/account/close"}
    return confirming.take(request, who, CANCEL, "confirm_code", context, lambda _more: _cancelled(request, who))


def _cancelled(request: PortalRequest, who: Who) -> HttpResponse:
    """File the request; it is carried out at once, and the browser is signed out when the account is closed."""
    filed = filing.file(who, Right.CANCELLATION, now=request.now)
    request.who = None
    response = pages.show(request, "cancelled", {"filed": filed, "stays": _stays(who)})
    sign_out_browser(response)
    return response
