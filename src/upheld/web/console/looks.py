# SPDX-License-Identifier: Apache-2.0
"""A look at one person: begun with a purpose and a reason, over in a quarter of an hour.

Which person it is stands in a signed cookie and in no address. The look was recorded where the person sees it when it
began; within it the list of what is held may be read again, and each opening of values is a look of its own.
"""

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpResponse

from upheld.errors import Conflict
from upheld.terms import DataSubjectId
from upheld.vault.values import Reader
from upheld.web.console import desk
from upheld.web.console.desk import StaffRequest

COOKIE: Final = "look"
LASTS: Final = 15 * 60
"""Seconds: long enough to answer a request, too short to leave open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """Whom staff look at, for what, and why; the reason in words is told anew for each opening."""

    data_subject_id: DataSubjectId
    purpose: str
    reason_code: str
    case: str

    def reader(self, request: StaffRequest, reason: str) -> Reader:
        """As whom, and why, the vault takes the member of staff."""
        return request.member.reader(reason_code=self.reason_code, case=self.case, reason=reason)


def begin(request: StaffRequest, response: HttpResponse, look: Look) -> HttpResponse:
    """Let this browser read the list, until the look is over."""
    said = [str(look.data_subject_id), look.purpose, look.reason_code, look.case]
    response.set_signed_cookie(
        COOKIE,
        json.dumps(said),
        salt=str(request.member.session.id),
        max_age=LASTS,
        path=desk.PATH,
        httponly=True,
        samesite="Strict",
        secure=desk.is_secure(),
    )
    return response


def end(response: HttpResponse) -> HttpResponse:
    """End a look."""
    response.delete_cookie(COOKIE, path=desk.PATH, samesite="Strict")
    return response


def of(request: StaffRequest) -> Look | None:
    """Return the look under way in this browser."""
    salt = str(request.member.session.id)
    said = request.get_signed_cookie(COOKIE, default="", salt=salt, max_age=LASTS)
    if not said:
        return None
    subject, purpose, reason_code, case = json.loads(said)
    return Look(data_subject_id=DataSubjectId(UUID(subject)), purpose=purpose, reason_code=reason_code, case=case)


def needed(request: StaffRequest) -> Look:
    """Return the look under way.

    Raises:
        Conflict: none is.
    """
    look = of(request)
    if look is None:
        raise Conflict("no look is under way", hint="say again whom you look at, and why")
    return look
