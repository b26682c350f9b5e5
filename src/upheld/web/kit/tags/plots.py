# SPDX-License-Identifier: Apache-2.0
"""The history plot as SVG from the server, with a title, a description and the same figures as a table."""

from collections.abc import Sequence
from datetime import date

from django.template import Context, Library
from django.utils.safestring import SafeString

from upheld.web.kit.plots import Series, draw
from upheld.web.kit.tags.rendering import part

register = Library()


@register.simple_tag(takes_context=True)
def history(
    context: Context,
    dates: Sequence[date],
    series: Sequence[Series],
    title: str,
    desc: str = "",
    id: str = "history",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Draw values over dates; give each plot of a page an `id` of its own."""
    return part(context, "history", plot=draw(dates, series), series=series, title=title, desc=desc, id=id)
