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
    # Clauses on the promise board (upheld.terms.Status).
    "kept": Mark("ok", "check", pgettext_lazy("clause", "Kept")),
    "at_risk": Mark("warn", "alert", pgettext_lazy("clause", "At risk")),
    "broken": Mark("bad", "cross", pgettext_lazy("clause", "Broken")),
    "not_exercised": Mark("idle", "minus", pgettext_lazy("clause", "Not exercised")),
    "not_observed": Mark("unseen", "eye-off", pgettext_lazy("clause", "Not observed")),
    # Requests of people, jobs and messages.
    "received": Mark("info", "inbox", _("Received")),
    "open": Mark("info", "inbox", pgettext_lazy("request", "Open")),
    "verifying": Mark("info", "person", _("Verifying identity")),
    "verified": Mark("info", "check", _("Identity verified")),
    "assigned": Mark("info", "person", _("Assigned")),
    "in_progress": Mark("info", "clock", _("In progress")),
    "working": Mark("info", "clock", _("In progress")),
    "running": Mark("info", "clock", _("In progress")),
    "paused": Mark("idle", "pause", _("Paused")),
    "waiting": Mark("idle", "pause", _("Waiting")),
    "pending": Mark("idle", "pause", _("Waiting")),
    "queued": Mark("idle", "pause", _("Waiting")),
    "answered": Mark("ok", "check", _("Answered")),
    "fulfilled": Mark("ok", "check", _("Done")),
    "completed": Mark("ok", "check", _("Done")),
    "done": Mark("ok", "check", _("Done")),
    "sent": Mark("ok", "check", _("Sent")),
    "delivered": Mark("ok", "check", _("Delivered")),
    "failed": Mark("bad", "cross", _("Failed")),
    "rejected": Mark("warn", "cross", _("Refused")),
    "overdue": Mark("bad", "alert", _("Overdue")),
    "cancelled": Mark("idle", "minus", _("Cancelled")),
    # Consents and choices.
    "given": Mark("ok", "check", pgettext_lazy("consent", "Agreed")),
    "refused": Mark("idle", "cross", _("Refused")),
    "withdrawn": Mark("idle", "minus", pgettext_lazy("consent", "Withdrawn")),
    "lapsed": Mark("idle", "clock", pgettext_lazy("consent", "Lapsed")),
    "not_asked": Mark("unseen", "minus", pgettext_lazy("consent", "Not decided")),
    # Versions, controls, categories.
    "in_force": Mark("ok", "check", _("In force")),
    "draft": Mark("idle", "edit", _("Draft")),
    "upcoming": Mark("info", "clock", _("Takes effect later")),
    "superseded": Mark("idle", "history", _("Replaced")),
    "expired": Mark("idle", "clock", _("Expired")),
    "erased": Mark("idle", "erase", _("Erased")),
    "restricted": Mark("warn", "lock", _("Restricted")),
    "enforced": Mark("info", "lock", pgettext_lazy("control", "Enforced")),
    "monitored": Mark("info", "eye", pgettext_lazy("control", "Monitored")),
    "attested": Mark("info", "edit", pgettext_lazy("control", "Attested")),
    "sensitive": Mark("warn", "shield", _("Sensitive")),
    "basic": Mark("info", "home", pgettext_lazy("function", "Basic")),
    "extended": Mark("idle", "plus", pgettext_lazy("function", "Extended")),
    "witnessed": Mark("ok", "check", _("Witnessed")),
    "not_witnessed": Mark("warn", "alert", _("Not witnessed")),
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
