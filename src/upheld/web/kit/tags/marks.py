# SPDX-License-Identifier: Apache-2.0
"""Small signs: icons, status badges, the clock of a request, links of the navigation."""

from datetime import date, datetime, timedelta
from typing import Any

from django.template import Context, Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upheld.web.kit import formats
from upheld.web.kit.icons import ICONS
from upheld.web.kit.statuses import TONE_ICONS, TONES, mark
from upheld.web.kit.tags.rendering import part

register = Library()
_SOON_DAYS = 3


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it is hidden from readers of speech, so words must stand beside it.

    Raises:
        KeyError: there is no icon of that name.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag
def status(state: str, label: str = "", tone: str = "") -> SafeString:
    """Show a state as icon and word; `label` and `tone` override what `statuses.MARKS` says."""
    known = mark(state)
    chosen = tone if tone in TONES else known.tone
    sign = TONE_ICONS[chosen] if tone in TONES else known.icon
    return format_html('<span class="status {}">{}{}</span>', chosen, icon(sign), label or known.word)


@register.simple_tag(takes_context=True)
def nav_link(context: Context, view: str, label: str, icon_name: str = "", *args: Any, **kwargs: Any) -> SafeString:
    """Link to a view from the navigation, marked when the reader is there or on a page below it."""
    address = reverse(view, args=args, kwargs=kwargs)
    here = getattr(context.get("request"), "path", "")
    current = "page" if here == address else "true" if len(address) > 1 and _is_below(here, address) else ""
    attribute = format_html(' aria-current="{}"', current) if current else ""
    sign = icon(icon_name) if icon_name else ""
    return format_html('<a href="{}"{}>{}<span>{}</span></a>', address, attribute, sign, label)


def _is_below(here: str, address: str) -> bool:
    # A shell's own first page (`/console/`) is above every page of it, so it is current only when it is open itself.
    return address.strip("/").count("/") > 0 and here.startswith(address.rstrip("/") + "/")


@register.simple_tag(takes_context=True)
def clock(
    context: Context,
    due_at: date,
    opened_at: date | None = None,
    ended_at: date | None = None,
    now: datetime | None = None,
) -> SafeString:
    """Show when something is due, how much of its time is used, and in words whether it is late."""
    if ended_at is not None:
        return part(context, "clock", tone="idle", ended_at=ended_at, due_at=due_at)
    moment = now or context["now"]
    left = formats.days_left(due_at, moment)
    tone = "bad" if formats.is_past(due_at, moment) else "warn" if left <= _SOON_DAYS else "ok"
    used = _share_used(opened_at, due_at, moment) if opened_at else None
    return part(context, "clock", tone=tone, due_at=due_at, used=used, words=formats.due(due_at, moment), ended_at=None)


def _share_used(opened: date, due: date, now: datetime) -> int:
    start, end, here = (_seconds(value) for value in (opened, due, now))
    return 100 if end <= start else max(0, min(100, round(100 * (here - start) / (end - start))))


def _seconds(value: date) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    return timedelta(days=value.toordinal() - date(1970, 1, 1).toordinal()).total_seconds()
