# SPDX-License-Identifier: Apache-2.0
"""Dates, times, spans and numbers in the language of the reader.

Chinese writes 2026年11月21日, English 21 November 2026; both are shown in the site's time zone. Nothing here reads a
clock: relative words take `now`.
"""

from datetime import date, datetime, timedelta

from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def is_chinese() -> bool:
    """Say whether the reader reads Chinese."""
    return (translation.get_language() or "").lower().startswith("zh")


def local(value: date) -> date:
    """Bring an aware datetime into the site's zone; leave anything else alone."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def day(value: date) -> str:
    """Write a date.

    >>> with translation.override("en"): day(date(2026, 11, 21))
    '21 November 2026'
    >>> with translation.override("zh-hans"): day(date(2026, 11, 21))
    '2026年11月21日'
    """
    return dateformat.format(local(value), "Y年n月j日" if is_chinese() else "j F Y")


def moment(value: datetime) -> str:
    """Write a date with its time of day, to the minute."""
    return f"{day(value)}{' ' if is_chinese() else ', '}{dateformat.format(local(value), 'H:i')}"


def number(value: float) -> str:
    """Write a number with its thousands apart."""
    return f"{value:,}"  # both languages set a comma between thousands, a point before fractions


def days(count: int) -> str:
    """Write a number of days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def span(value: timedelta | int) -> str:
    """Write a length of time in its largest sensible unit; whole numbers are days."""
    if not isinstance(value, timedelta):
        return days(value)
    seconds = int(abs(value).total_seconds())
    if seconds >= _DAY:
        return days(seconds // _DAY)
    if seconds >= _HOUR:
        count = seconds // _HOUR
        return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}
    if seconds >= _MINUTE:
        count = seconds // _MINUTE
        return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}


def ago(value: datetime, now: datetime) -> str:
    """Say how long ago something was; after thirty days the date says more."""
    passed = now - value
    if passed < timedelta(minutes=1):
        return _("just now") if passed >= timedelta(0) else day(value)
    if passed > timedelta(days=30):
        return day(value)
    return _("%(span)s ago") % {"span": span(passed)}


def days_left(due: date, now: datetime) -> int:
    """Count the days until something is due, by the site's calendar; negative when it is past."""
    end = local(due)
    today = timezone.localtime(now).date()
    return ((end.date() if isinstance(end, datetime) else end) - today).days


def is_past(due: date, now: datetime) -> bool:
    """Say whether something is late: a moment once it is over, a day once the next has begun."""
    return due < now if isinstance(due, datetime) else days_left(due, now) < 0


def due(value: date, now: datetime) -> str:
    """Say when something is due, from now."""
    left = days_left(value, now)
    past = is_past(value, now)
    if past and left == 0:
        return _("overdue since today")
    if past:
        return _("overdue by %(span)s") % {"span": days(-left)}
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return _("due in %(span)s") % {"span": days(left)}


def size(count_bytes: int) -> str:
    """Write a number of bytes."""
    if count_bytes < 1024:
        return ngettext("%(count)s byte", "%(count)s bytes", count_bytes) % {"count": count_bytes}
    if count_bytes < 1024**2:
        return f"{number(round(count_bytes / 1024, 1))} KB"
    return f"{number(round(count_bytes / 1024**2, 1))} MB"
