# SPDX-License-Identifier: Apache-2.0
"""Staff: who is there for what; inviting, changing a role, ending an account."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from upheld.people import staff_invites, staff_records
from upheld.people.permissions import Role
from upheld.terms import StaffId
from upheld.web.console import pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.staff import RoleForm


def staff(request: StaffRequest) -> HttpResponse:
    """Show all staff, former ones too."""
    return _show(request, RoleForm())


def _show(request: StaffRequest, form: RoleForm) -> HttpResponse:
    context = {
        "rows": [(one, one.id == request.member.staff_id) for one in staff_records.everyone()],
        "form": form,
        "roles": [(role, words.of(words.ROLES, role.value)) for role in Role],
    }
    return pages.show(request, "staff", context, status=422 if form.errors else 200)


def invite(request: StaffRequest) -> HttpResponse:
    """Make a one-time link, and show it once."""
    form = RoleForm(request.POST)
    if form.is_valid():
        with refusing.On(form):
            made = staff_invites.invite(
                role=Role(form.cleaned_data["role"]),
                now=request.now,
                security_now=request.security_now,
                invited_by=request.member.staff_id,
            )
            link = request.build_absolute_uri(reverse("console:invite", args=[made.token]))
            return pages.show(request, "invited", {"invited": made, "link": link})
    return _show(request, form)


def change_role(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Change what a member of staff is there for."""
    form = RoleForm(request.POST)
    if form.is_valid():
        with refusing.On(form):
            staff_records.change_role(
                staff_id=StaffId(staff_id),
                role=Role(form.cleaned_data["role"]),
                changed_by=request.member.staff_id,
                now=request.now,
            )
            return pages.go("staff", said="role-changed")
    return _show(request, form)


def forget(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """Erase the name of former staff; what they did stays under an opaque id."""
    staff_records.forget(staff_id=StaffId(staff_id), now=request.now)
    return pages.go("staff", said="staff-forgotten")


def end(request: StaffRequest, staff_id: UUID) -> HttpResponse:
    """End a member of staff."""
    form = RoleForm(request.POST, use_required_attribute=False)
    form.errors.clear()
    with refusing.On(form):
        staff_records.end(staff_id=StaffId(staff_id), ended_by=request.member.staff_id, now=request.now)
        return pages.go("staff", said="staff-ended")
    return _show(request, form)
