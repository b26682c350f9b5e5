# SPDX-License-Identifier: Apache-2.0
"""Dates, spans and numbers read as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from upheld.web.kit import formats

NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _zone(settings):
    settings.TIME_ZONE = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("write", "en", "zh"),
    [
        (lambda: formats.day(date(2026, 1, 2)), "2 January 2026", "2026年1月2日"),
        (lambda: formats.moment(NOW), "21 November 2026, 14:30", "2026年11月21日 14:30"),
        (lambda: formats.day(datetime(2026, 11, 20, 16, tzinfo=UTC)), "21 November 2026", "2026年11月21日"),
        (lambda: formats.number(1234567), "1,234,567", "1,234,567"),
        (lambda: formats.span(timedelta(days=1)), "1 day", "1 天"),
        (lambda: formats.span(3), "3 days", "3 天"),
        (lambda: formats.span(timedelta(hours=5, minutes=50)), "5 hours", "5 小时"),
        (lambda: formats.span(timedelta(minutes=1)), "1 minute", "1 分钟"),
        (lambda: formats.span(timedelta(0)), "0 seconds", "0 秒"),
        (lambda: formats.size(1), "1 byte", "1 字节"),
        (lambda: formats.size(2048), "2.0 KB", "2.0 KB"),
        (lambda: formats.size(3 * 1024**2), "3.0 MB", "3.0 MB"),
        (lambda: formats.ago(NOW, NOW), "just now", "刚刚"),
        (lambda: formats.ago(NOW - timedelta(hours=2), NOW), "2 hours ago", "2 小时前"),
        (lambda: formats.ago(NOW - timedelta(days=31), NOW), "21 October 2026", "2026年10月21日"),
        (lambda: formats.ago(NOW + timedelta(days=1), NOW), "22 November 2026", "2026年11月22日"),
        (lambda: formats.due(date(2026, 11, 21), NOW), "due today", "今日到期"),
        (lambda: formats.due(NOW + timedelta(hours=1), NOW), "due today", "今日到期"),
        (lambda: formats.due(NOW - timedelta(hours=1), NOW), "overdue since today", "今日已逾期"),
        (lambda: formats.due(NOW + timedelta(days=1), NOW), "due tomorrow", "明日到期"),
        (lambda: formats.due(NOW + timedelta(days=9), NOW), "due in 9 days", "还剩 9 天"),
        (lambda: formats.due(date(2026, 11, 19), NOW), "overdue by 2 days", "已逾期 2 天"),
    ],
)
def test_written_in_both_languages(write, en, zh):
    """The same fact is written as each reader expects it."""
    with translation.override("en"):
        assert en == write()
    with translation.override("zh-hans"):
        assert zh == write()


def test_a_day_counts_until_it_ends_here():
    """A day that is over in UTC but not at the site's place is not overdue."""
    late_evening = datetime(2026, 11, 21, 15, 59, tzinfo=UTC)
    assert 0 == formats.days_left(date(2026, 11, 21), late_evening)
    assert -1 == formats.days_left(date(2026, 11, 21), late_evening + timedelta(minutes=1))
