# SPDX-License-Identifier: Apache-2.0
"""One's own account: sessions and recovery codes."""

from uuid import UUID

from django.http import HttpResponse

from upheld.people import sessions, staff, staff_records
from upheld.people.values import SessionKind
from upheld.web.console import pages
from upheld.web.console.desk import StaffRequest


def account(request: StaffRequest) -> HttpResponse:
    """Show what the house holds of oneself, and where one is signed in."""
    live = sessions.live_sessions(
        data_subject_id=request.member.data_subject_id, kind=SessionKind.STAFF, security_now=request.security_now
    )
    context = {"me": staff_records.one(request.member.staff_id), "sessions": live}
    return pages.show(request, "account", context)


def end_session(request: StaffRequest, session_id: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    sessions.end(
        session_id=session_id,
        data_subject_id=request.member.data_subject_id,
        now=request.now,
        security_now=request.security_now,
    )
    return pages.go("account", said="session-ended")


def renew_codes(request: StaffRequest) -> HttpResponse:
    """Show ten new recovery codes, once; the former are worthless."""
    codes = staff.renew_recovery_codes(
        staff_id=request.member.staff_id, now=request.now, security_now=request.security_now
    )
    return pages.show(request, "codes", {"codes": codes})
