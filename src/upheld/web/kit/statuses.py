# SPDX-License-Identifier: Apache-2.0
"""How each state of the house looks and reads: a tone, an icon and a word, never a colour alone."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mark(NamedTuple):
    """The look of one state."""

    tone: str
    icon: str
    word: str | Promise


MARKS: Final[dict[str, Mark]] = {
    # Clauses on the promise board.
    "kept": Mark("ok", "check", pgettext_lazy("clause", "Kept")),
    "at_risk": Mark("warn", "alert", pgettext_lazy("clause", "At risk")),
    "broken": Mark("bad", "cross", pgettext_lazy("clause", "Broken")),
    "not_exercised": Mark("idle", "minus", pgettext_lazy("clause", "Not exercised")),
    "not_observed": Mark("unseen", "eye-off", pgettext_lazy("clause", "Not observed")),
    # Choices; `refused` is also how a request may end.
    "given": Mark("ok", "check", pgettext_lazy("consent", "Agreed")),
    "withdrawn": Mark("idle", "minus", pgettext_lazy("consent", "Withdrawn")),
    "refused": Mark("idle", "cross", _("Refused")),
    "not_asked": Mark("unseen", "minus", pgettext_lazy("consent", "Not decided")),
    "always_on": Mark("info", "lock", pgettext_lazy("consent", "Needed for the service")),
    "lapsed": Mark("idle", "clock", pgettext_lazy("consent", "Lapsed")),
    # Requests of people.
    "received": Mark("info", "inbox", _("Received")),
    "verified": Mark("info", "person", _("Identity verified")),
    "in_progress": Mark("info", "clock", _("In progress")),
    "answered": Mark("ok", "check", _("Answered")),
    "taken_back": Mark("idle", "minus", _("Taken back")),
    "overdue": Mark("bad", "alert", _("Overdue")),
    # Jobs, erasures, intents.
    "planned": Mark("idle", "clock", _("Planned")),
    "ready": Mark("idle", "pause", _("Waiting")),
    "waiting": Mark("idle", "pause", _("Waiting")),
    "running": Mark("info", "clock", _("In progress")),
    "begun": Mark("info", "clock", _("In progress")),
    "done": Mark("ok", "check", _("Done")),
    "void": Mark("idle", "minus", _("Void")),
    "dead": Mark("bad", "cross", pgettext_lazy("job", "Stopped after too many tries")),
    # Messages.
    "queued": Mark("idle", "pause", _("Waiting")),
    "sent": Mark("info", "send", _("Sent")),
    "delivered": Mark("ok", "check", _("Delivered")),
    "failed": Mark("bad", "cross", _("Failed")),
    # Versions of the policy.
    "draft": Mark("idle", "edit", _("Draft")),
    "proposed": Mark("info", "clock", pgettext_lazy("version", "Proposed")),
    "published": Mark("ok", "check", pgettext_lazy("version", "Published")),
    "dropped": Mark("idle", "minus", pgettext_lazy("version", "Dropped")),
    "upcoming": Mark("info", "clock", _("Takes effect later")),
    "in_force": Mark("ok", "check", _("In force")),
    "version_withdrawn": Mark("bad", "cross", pgettext_lazy("version", "Withdrawn")),
    "superseded": Mark("idle", "history", _("Replaced")),
    # Accounts of people and staff, API keys.
    "open": Mark("ok", "check", pgettext_lazy("account", "Active")),
    "active": Mark("ok", "check", pgettext_lazy("account", "Active")),
    "ended": Mark("idle", "minus", pgettext_lazy("account", "Ended")),
    "cancelled": Mark("idle", "minus", pgettext_lazy("account", "Cancelled")),
    # Items.
    "sensitive": Mark("warn", "shield", _("Sensitive")),
    "restricted": Mark("warn", "lock", _("Restricted")),
    "held": Mark("warn", "lock", _("On legal hold")),
    "expired": Mark("idle", "clock", _("Expired")),
    "erased": Mark("idle", "erase", _("Erased")),
    # Controls and functions.
    "enforced": Mark("info", "lock", pgettext_lazy("control", "Enforced")),
    "monitored": Mark("info", "eye", pgettext_lazy("control", "Monitored")),
    "attested": Mark("info", "edit", pgettext_lazy("control", "Attested")),
    "basic": Mark("info", "home", pgettext_lazy("function", "Basic")),
    "extended": Mark("idle", "plus", pgettext_lazy("function", "Extended")),
    # The log and the restore journal.
    "witnessed": Mark("ok", "check", _("Witnessed")),
    "not_witnessed": Mark("warn", "alert", _("Not witnessed")),
    "consistent, not witnessed": Mark("warn", "alert", _("Consistent, not witnessed")),
    "in_step": Mark("ok", "check", _("In step")),
    "behind": Mark("warn", "alert", _("Behind")),
    "journal_lost": Mark("bad", "cross", _("Journal lost")),
    # Findings of `upheld check`.
    "error": Mark("bad", "cross", pgettext_lazy("finding", "Error")),
    "warning": Mark("warn", "alert", pgettext_lazy("finding", "Warning")),
    "info": Mark("info", "info", pgettext_lazy("finding", "Note")),
}
"""Every state that a badge can show."""

TONES: Final = frozenset({"ok", "warn", "bad", "idle", "info", "unseen"})
TONE_ICONS: Final = {
    "ok": "check",
    "warn": "alert",
    "bad": "cross",
    "idle": "minus",
    "info": "info",
    "unseen": "eye-off",
}


def mark(state: str) -> Mark:
    """Return how a state looks; one that has no entry is shown quietly, under its own name in words."""
    known = MARKS.get(str(state))
    return known or Mark("idle", "minus", str(state).replace("_", " ").capitalize())
