# SPDX-License-Identifier: Apache-2.0
"""Every permission of the product on one alphabetical page, and which role has which.

A permission reads `scope:resource:action`. Scope `api` is for programs, `console` for staff. Staff have exactly the
permissions of their role; a program's key has exactly those it was issued with. There is no permission that opens
everything: looking at a person still needs a purpose, a reason and the gate's permit.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from upheld import controls
from upheld.errors import Forbidden


class Role(StrEnum):
    """What a member of staff is there for."""

    AUDITOR = "auditor"
    ENGINEER = "engineer"
    OFFICER = "officer"
    PUBLISHER = "publisher"
    SUPPORT = "support"


class Permission(StrEnum):
    """One thing that staff or a program may do."""

    API_BOARD_READ = "api:board:read"
    API_CONSENTS_READ = "api:consents:read"
    API_CONSENTS_WRITE = "api:consents:write"
    API_DECISIONS_ASK = "api:decisions:ask"
    API_DEVICES_LINK = "api:devices:link"
    API_DISCLOSURES_MAKE = "api:disclosures:make"
    API_DISCLOSURES_READ = "api:disclosures:read"
    API_ITEMS_LIST = "api:items:list"
    API_ITEMS_OPEN = "api:items:open"
    API_ITEMS_SEAL = "api:items:seal"
    API_PEOPLE_REGISTER = "api:people:register"
    API_PERMITS_TAKE = "api:permits:take"
    API_REQUESTS_FILE = "api:requests:file"
    API_REQUESTS_READ = "api:requests:read"
    API_TELEMETRY_COUNT = "api:telemetry:count"
    API_TELEMETRY_SEND = "api:telemetry:send"
    CONSOLE_API_KEYS_ISSUE = "console:api_keys:issue"
    CONSOLE_BOARD_READ = "console:board:read"
    CONSOLE_EVIDENCE_EXPORT = "console:evidence:export"
    CONSOLE_HOLDS_PLACE = "console:holds:place"
    CONSOLE_JOBS_REVIVE = "console:jobs:revive"
    CONSOLE_LOG_READ = "console:log:read"
    CONSOLE_MESSAGES_OPEN = "console:messages:open"
    CONSOLE_MESSAGES_READ = "console:messages:read"
    CONSOLE_PEOPLE_FIND = "console:people:find"
    CONSOLE_PEOPLE_OPEN = "console:people:open"
    CONSOLE_POLICY_APPROVE = "console:policy:approve"
    CONSOLE_POLICY_PROPOSE = "console:policy:propose"
    CONSOLE_RECIPIENTS_WRITE = "console:recipients:write"
    CONSOLE_REQUESTS_ANSWER = "console:requests:answer"
    CONSOLE_REQUESTS_ASSIGN = "console:requests:assign"
    CONSOLE_REQUESTS_READ = "console:requests:read"
    CONSOLE_REQUESTS_REFUSE = "console:requests:refuse"
    CONSOLE_STAFF_INVITE = "console:staff:invite"
    CONSOLE_STAFF_READ = "console:staff:read"


_EVERYONE: Final = frozenset({Permission.CONSOLE_BOARD_READ})
_REQUESTS: Final = frozenset(
    {
        Permission.CONSOLE_MESSAGES_READ,
        Permission.CONSOLE_PEOPLE_FIND,
        Permission.CONSOLE_PEOPLE_OPEN,
        Permission.CONSOLE_REQUESTS_ANSWER,
        Permission.CONSOLE_REQUESTS_ASSIGN,
        Permission.CONSOLE_REQUESTS_READ,
    }
)

PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.AUDITOR: _EVERYONE
    | {
        Permission.CONSOLE_EVIDENCE_EXPORT,
        Permission.CONSOLE_LOG_READ,
        Permission.CONSOLE_MESSAGES_READ,
        Permission.CONSOLE_REQUESTS_READ,
        Permission.CONSOLE_STAFF_READ,
    },
    Role.ENGINEER: _EVERYONE
    | {
        Permission.CONSOLE_API_KEYS_ISSUE,
        Permission.CONSOLE_JOBS_REVIVE,
        Permission.CONSOLE_LOG_READ,
        Permission.CONSOLE_MESSAGES_READ,
    },
    Role.OFFICER: _EVERYONE
    | _REQUESTS
    | {
        Permission.CONSOLE_API_KEYS_ISSUE,
        Permission.CONSOLE_EVIDENCE_EXPORT,
        Permission.CONSOLE_HOLDS_PLACE,
        Permission.CONSOLE_JOBS_REVIVE,
        Permission.CONSOLE_LOG_READ,
        Permission.CONSOLE_MESSAGES_OPEN,
        Permission.CONSOLE_POLICY_APPROVE,
        Permission.CONSOLE_POLICY_PROPOSE,
        Permission.CONSOLE_RECIPIENTS_WRITE,
        Permission.CONSOLE_REQUESTS_REFUSE,
        Permission.CONSOLE_STAFF_INVITE,
        Permission.CONSOLE_STAFF_READ,
    },
    Role.PUBLISHER: _EVERYONE
    | {
        Permission.CONSOLE_POLICY_APPROVE,
        Permission.CONSOLE_POLICY_PROPOSE,
    },
    Role.SUPPORT: _EVERYONE | _REQUESTS,
}


def is_allowed(role: Role, permission: Permission) -> bool:
    """Say whether a role has a permission."""
    return permission in PERMISSIONS[role]


def require(role: Role, permission: Permission) -> None:
    """Refuse what the role does not allow.

    Raises:
        Forbidden: the role lacks the permission.
    """
    if controls.in_force("people.staff_role") and not is_allowed(role, permission):
        msg = f"the role {role.value} lacks the permission {permission.value}"
        raise Forbidden(msg)
