# SPDX-License-Identifier: Apache-2.0
"""Filters and tags that write dates, spans and numbers in the reader's language."""

from datetime import date, datetime, timedelta

from django.template import Context, Library
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upheld.web.kit import formats, labels

register = Library()


@register.filter
def day(value: date | None) -> SafeString | str:
    """Write a date; a dash where there is none."""
    return _time(value, formats.day(value)) if value else "–"


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """Write a date and time; a dash where there is none."""
    return _time(value, formats.moment(value)) if value else "–"


@register.filter
def span(value: timedelta | int) -> str:
    """Write a length of time; whole numbers are days."""
    return formats.span(value)


@register.filter
def number(value: float) -> str:
    """Write a number with its thousands apart."""
    return formats.number(value)


@register.filter
def word(value: str, kind: str = "") -> str | Promise:
    """Write a value of an enumeration in words: `{{ one.right|word }}`, `{{ "copy"|word:"Right" }}`."""
    return labels.label(value, kind)


@register.filter
def size(value: int) -> str:
    """Write a number of bytes."""
    return formats.size(value)


@register.simple_tag(takes_context=True)
def ago(context: Context, value: datetime, now: datetime | None = None) -> SafeString:
    """Say how long ago something was, with the exact moment in `title`."""
    return _time(value, formats.ago(value, now or context["now"]), title=formats.moment(value))


@register.simple_tag(takes_context=True)
def due(context: Context, value: date, now: datetime | None = None) -> SafeString:
    """Say when something is due, with the exact day in `title`."""
    return _time(value, formats.due(value, now or context["now"]), title=formats.day(value))


def _time(value: date, words: str, title: str = "") -> SafeString:
    extra = format_html(' title="{}"', title) if title else ""
    return format_html('<time datetime="{}"{}>{}</time>', value.isoformat(), extra, words)
