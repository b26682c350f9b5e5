# SPDX-License-Identifier: Apache-2.0
"""Ask for a fresh code before what cannot be undone: erasing everything, closing the account."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from upheld.errors import NotFound, TooMany
from upheld.gate import Denied
from upheld.people import identifying
from upheld.people.codes import CodeRefused
from upheld.web.portal import pages, pending, telling
from upheld.web.portal.forms import CodeForm
from upheld.web.portal.visitor import PortalRequest, Who


def send(request: PortalRequest, who: Who, deed: str, *, to: str, **more: str) -> HttpResponse:
    """Send a code to the person's own number, bound to one deed, and lead to where it is entered.

    Raises:
        TooMany: a limit is reached.
        NotFound: no number is held.
    """
    sent = identifying.begin_confirmation(
        data_subject_id=who.own_id,
        bound_to=_bound(who, deed),
        peer=request.peer,
        language=who.language,
        now=request.now,
        security_now=request.security_now,
    )
    return pending.wait_for(pages.go(to), deed, sent, **more)


def is_reachable(request: PortalRequest, who: Who) -> bool:
    """Say whether a number is held that a code could go to."""
    try:
        identifying.shown(data_subject_id=who.own_id, now=request.now)
    except (NotFound, Denied):
        return False
    return True


def take(
    request: PortalRequest,
    who: Who,
    deed: str,
    template: str,
    context: dict[str, object],
    do: Callable[[Mapping[str, str]], HttpResponse],
) -> HttpResponse:
    """Show where the code is entered; do the deed once it is right."""
    waits = pending.waiting(request, deed)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if waits is None:
        return pages.show(request, template, {**context, "form": None})
    if request.method == "POST" and form.is_valid():
        try:
            identifying.finish_confirmation(
                data_subject_id=who.own_id,
                challenge_id=waits.challenge_id,
                code=form.cleaned_data["code"],
                bound_to=_bound(who, deed),
                peer=request.peer,
                now=request.now,
                security_now=request.security_now,
            )
        except CodeRefused:
            form.add_error("code", telling.code_refused())
        except TooMany as limit:
            form.add_error(None, telling.too_many(limit))
        else:
            response = do(waits.more)
            pending.forget(response, pending.CODE)
            return response
    return pages.show(request, template, {**context, "form": form}, status=400 if form.errors else 200)


def _bound(who: Who, deed: str) -> str:
    return f"{deed}:{who.data_subject_id}"
