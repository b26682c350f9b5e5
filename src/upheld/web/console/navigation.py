# SPDX-License-Identifier: Apache-2.0
"""The rail of the console: what a member of staff may open, and nothing else."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upheld.people.permissions import Permission
from upheld.web.console.desk import Member


@dataclass(frozen=True, slots=True)
class Link:
    """One page of the rail."""

    view: str
    label: str | Promise
    icon: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together."""

    label: str | Promise
    links: tuple[Link, ...]


_RAIL: Final = (
    Group("", (Link("console:home", _("Overview"), "home", Permission.CONSOLE_BOARD_READ),)),
    Group(
        _("People"),
        (
            Link("console:requests", _("Requests"), "inbox", Permission.CONSOLE_REQUESTS_READ),
            Link("console:find", _("Look a person up"), "search", Permission.CONSOLE_PEOPLE_FIND),
            Link("console:holds", _("Legal holds"), "lock", Permission.CONSOLE_HOLDS_PLACE),
            Link("console:messages", _("Outgoing messages"), "mail", Permission.CONSOLE_MESSAGES_READ),
        ),
    ),
    Group(
        _("Promises"),
        (
            Link("console:board", _("Promise board"), "board", Permission.CONSOLE_BOARD_READ),
            Link("console:versions", _("Policy versions"), "document", Permission.CONSOLE_BOARD_READ),
            Link("console:recipients", _("Recipients"), "send", Permission.CONSOLE_BOARD_READ),
            Link("console:sources", _("Sources and successor"), "inbox", Permission.CONSOLE_BOARD_READ),
        ),
    ),
    Group(
        _("Operation"),
        (
            Link("console:log", _("Evidence log"), "log", Permission.CONSOLE_LOG_READ),
            Link("console:jobs", _("Jobs"), "settings", Permission.CONSOLE_LOG_READ),
            Link("console:keys", _("API keys"), "key", Permission.CONSOLE_API_KEYS_ISSUE),
            Link("console:staff", _("Staff"), "people", Permission.CONSOLE_STAFF_READ),
        ),
    ),
)


def groups(member: Member) -> list[Group]:
    """Return the rail of a member of staff."""
    found = [Group(one.label, tuple(link for link in one.links if member.may(link.permission))) for one in _RAIL]
    return [one for one in found if one.links]


def allowed(member: Member) -> dict[str, bool]:
    """Return what a member of staff may do, by the name that templates ask for: `may.requests_answer`."""
    own = (one for one in Permission if one.value.startswith("console:"))
    return {one.name.removeprefix("CONSOLE_").lower(): member.may(one) for one in own}
