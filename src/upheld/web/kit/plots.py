# SPDX-License-Identifier: Apache-2.0
"""Geometry of the history plot: values over dates as lines in a box of 640 by 160, drawn on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise

WIDTH: Final = 640
HEIGHT: Final = 160
DASHES: Final = 5  # patterns in the stylesheet, so that lines differ without colour


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One line: what it shows, its tone (ok, warn, bad, idle, info, unseen), one value for each date."""

    label: str | Promise
    tone: str
    values: Sequence[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line, ready to draw."""

    label: str | Promise
    tone: str
    dash: int
    path: str
    area: str
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """A plot, and the same as rows of a table for those who do not see it."""

    lines: tuple[Line, ...]
    top: int
    first: date
    last: date
    rows: tuple[tuple[date, tuple[tuple[str | Promise, int], ...]], ...]


def draw(dates: Sequence[date], series: Sequence[Series]) -> Plot | None:
    """Lay the series out; None when there is nothing to draw.

    Raises:
        ValueError: a series has not one value for each date.
    """
    if not dates or not series:
        return None
    for one in series:
        if len(one.values) != len(dates):
            raise ValueError(f"a series needs {len(dates)} values, one for each date, {len(one.values)} came")
    top = ceiling(max((value for one in series for value in one.values), default=0))
    alone = len(series) == 1
    return Plot(
        lines=tuple(_line(one, index % DASHES, top, with_area=alone) for index, one in enumerate(series)),
        top=top,
        first=dates[0],
        last=dates[-1],
        rows=tuple((on, tuple((one.label, one.values[i]) for one in series)) for i, on in enumerate(dates)),
    )


def ceiling(value: int) -> int:
    """Round up to one digit and noughts, at least 1.

    >>> [ceiling(n) for n in (0, 3, 51, 101)]
    [1, 3, 60, 200]
    """
    power = 1
    while True:
        for step in (1, 2, 3, 4, 5, 6, 8):
            if value <= step * power:
                return step * power
        power *= 10


def _line(series: Series, dash: int, top: int, *, with_area: bool) -> Line:
    values = list(series.values)
    if len(values) == 1:  # one day is drawn as a level line
        values *= 2
    step = WIDTH / (len(values) - 1)
    points = [f"{_short(i * step)},{_short(HEIGHT - HEIGHT * value / top)}" for i, value in enumerate(values)]
    path = "M" + " ".join(points)
    area = f"{path} {WIDTH},{HEIGHT} 0,{HEIGHT}Z" if with_area else ""
    return Line(label=series.label, tone=series.tone, dash=dash, path=path, area=area, last=values[-1])


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
