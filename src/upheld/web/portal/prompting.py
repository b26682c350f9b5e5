# SPDX-License-Identifier: Apache-2.0
"""What pages show of a newer version without being asked: a window and a red dot to its person, a line to visitors.

All of it is in the page itself and works without scripts. Whoever was shown the window or the dot was told, and that is
on record before the page leaves. "Later" puts the window away until the browser closes; the dot stays until the person
has answered, or until the version binds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse

from upheld.notices import changes
from upheld.notices import service as notice_verbs
from upheld.notices.refusing import prompt
from upheld.notices.values import PendingChange
from upheld.policy.model.governance import Telling
from upheld.web.portal.visitor import PortalRequest, Who, is_secure

LATER: Final = "policy-later"
ANNOUNCED_FOR: Final = timedelta(days=30)
"""How long after it began to apply a version is still announced to visitors."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What a page shows of a version that waits: the dot always, the window until it was answered to."""

    pending: PendingChange
    window: bool


def of(request: PortalRequest) -> Mapping[str, Any]:
    """Return what the page of this request shows, and record that it was told."""
    if request.who is None:
        return {"announced": _announced(request)}
    return {"prompt": _prompt(request, request.who)}


def _prompt(request: PortalRequest, who: Who) -> Shown | None:
    found = prompt(who.data_subject_id, now=request.now)
    if found is None:
        return None
    pending = found.pending
    put_away = request.COOKIES.get(LATER, "") == str(pending.version)
    window = not found.is_read and not put_away
    for way in pending.ways_left:
        if way == Telling.BADGE.value or (way == Telling.POPUP.value and window):
            notice_verbs.told(
                data_subject_id=who.data_subject_id, version=pending.version, way=Telling(way), now=request.now
            )
    return Shown(pending=pending, window=window)


def _announced(request: PortalRequest) -> Mapping[str, Any] | None:
    """Return the newest version if it is still to apply, or began to apply a short while ago; never the first."""
    known = changes.standing(request.now)
    if len(known) < 2 or known[0].effective_at <= request.now - ANNOUNCED_FOR:
        return None
    return {"version": known[0].seq, "before": known[1].seq, "effective_at": known[0].effective_at}


def put_away(response: HttpResponse, version: int) -> HttpResponse:
    """Keep the window of a version away until the browser closes."""
    response.set_cookie(LATER, str(version), httponly=True, samesite="Lax", secure=is_secure())
    return response
