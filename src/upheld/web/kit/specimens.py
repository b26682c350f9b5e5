# SPDX-License-Identifier: Apache-2.0
"""Invented data for the page that shows every component; nothing here is read from the house."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django import forms as django_forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from upheld.web.kit import forms, pagination
from upheld.web.kit.icons import ICONS
from upheld.web.kit.plots import Series
from upheld.web.kit.statuses import MARKS

_MOMENT: Final = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


class SpecimenForm(forms.HouseForm):
    """One field of each kind."""

    phone = forms.PhoneField(help_text=_("We send a code to this number and use it for nothing else."))
    code = forms.CodeField()
    born = forms.DayField(label=_("Birthday"), required=False)
    age = forms.OneOf(label=_("Your age"), choices=[("adult", _("14 or older")), ("child", _("Under 14"))])
    note = django_forms.CharField(label=_("What should be corrected?"), widget=django_forms.Textarea, required=False)
    read = django_forms.BooleanField(label=_("I have read the notice and agree to it"))


def specimens(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows."""
    now = getattr(request, "now", None) or _MOMENT
    dates = [(now - timedelta(days=29 - i)).date() for i in range(30)]
    wrong = SpecimenForm({"phone": "", "code": "12", "age": "adult"})
    return {
        "now": now,
        "groups": _groups(),
        "icons": sorted(ICONS),
        "form": SpecimenForm(),
        "wrong": wrong,
        "requests": _requests(now),
        "page": pagination.page(request, range(1, 412)),
        "dates": dates,
        "clauses": _clause_series(),
        "opened": [Series(label=_("Items opened"), tone="info", values=[3 + (i * 7) % 11 + i // 3 for i in range(30)])],
        "earlier": now - timedelta(minutes=42),
        "yesterday": now - timedelta(days=1, hours=2),
        "last_week": now - timedelta(days=7),
        "next_week": now + timedelta(days=7),
        "receipt": '{"v":1,"entry":"consent.record.given","leaf":48211,"root":"Zf0mJ0v4c1y2uXn7kq9T3w6sB8dE5hR1aLxPqYgMoC0="}',
    }


def _groups() -> list[tuple[Any, list[str]]]:
    names = list(MARKS)
    clauses, consents = names[:5], names[5:11]
    return [(_("Clauses"), clauses), (_("Choices"), consents), (_("All others"), names[11:])]


def _requests(now: datetime) -> list[dict[str, Any]]:
    rows = (
        ("R-2041", _("Copy"), "in_progress", -13, 2),
        ("R-2038", _("Erasure"), "verified", -4, 11),
        ("R-2017", _("Correction"), "overdue", -17, -2),
    )
    return [
        {
            "name": name,
            "right": right,
            "state": state,
            "opened": now + timedelta(days=since),
            "due": now + timedelta(days=until),
        }
        for name, right, state, since, until in rows
    ]


def _clause_series() -> list[Series]:
    days = range(30)
    at_risk = [4 if 11 <= i <= 16 else 2 for i in days]
    broken = [1 if 13 <= i <= 15 else 0 for i in days]
    idle = [20 - i // 3 for i in days]
    kept = [64 - a - b - n for a, b, n in zip(at_risk, broken, idle, strict=True)]
    parts = (
        ("kept", "ok", kept),
        ("at_risk", "warn", at_risk),
        ("broken", "bad", broken),
        ("not_exercised", "idle", idle),
    )
    return [Series(label=MARKS[state].word, tone=tone, values=values) for state, tone, values in parts]
