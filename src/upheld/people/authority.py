# SPDX-License-Identifier: Apache-2.0
"""Whether a member of staff may do something: the role read anew, so that a change or an end holds at once."""

from upheld.errors import Unauthenticated
from upheld.people import permissions
from upheld.people.models import Staff
from upheld.people.permissions import Permission, Role
from upheld.people.values import StaffStatus
from upheld.terms import StaffId

COMMAND_LINE = "command-line"
"""Who acts when nobody of the staff does: whoever has the server's shell."""


def require(staff_id: StaffId, permission: Permission) -> Role:
    """Return the role of an active member of staff, if it has a permission.

    Raises:
        Unauthenticated: this member of staff has ended, or never was.
        Forbidden: the role lacks the permission.
    """
    active = Staff.objects.filter(id=staff_id, status=StaffStatus.ACTIVE.value)
    role = active.values_list("role", flat=True).first()
    if role is None:
        raise Unauthenticated("this account of staff has ended")
    permissions.require(Role(role), permission)
    return Role(role)


def role_or_shell(staff_id: StaffId | None, permission: Permission) -> str:
    """Return the role of who acts, for evidence; None is the command line, which needs no role.

    Raises:
        Unauthenticated: this member of staff has ended, or never was.
        Forbidden: the role lacks the permission.
    """
    return COMMAND_LINE if staff_id is None else require(staff_id, permission).value
