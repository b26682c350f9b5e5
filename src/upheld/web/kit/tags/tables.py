# SPDX-License-Identifier: Apache-2.0
"""Tables that become cards on a phone: each cell carries its column's name, each part its role.

The roles stand in the markup because browsers drop them from tables that are laid out as blocks.
"""

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = Library()


@register.simple_block_tag
def table(content: str, caption: str, *, show_caption: bool = False) -> SafeString:
    """Hold rows; the caption is read aloud, and shown when asked."""
    hidden = "" if show_caption else mark_safe(' class="hidden"')
    return format_html(
        '<div class="sheet"><table class="table" role="table"><caption{}>{}</caption>{}</table></div>',
        hidden,
        caption,
        content,
    )


@register.simple_tag
def columns(*labels: str) -> SafeString:
    """Head a table."""
    cells = format_html_join("", '<th scope="col" role="columnheader">{}</th>', ((label,) for label in labels))
    return format_html('<thead role="rowgroup"><tr role="row">{}</tr></thead>', cells)


@register.simple_block_tag
def rows(content: str) -> SafeString:
    """Hold the rows of a table."""
    return format_html('<tbody role="rowgroup">{}</tbody>', content)


@register.simple_block_tag
def row(content: str) -> SafeString:
    """Hold the cells of a row."""
    return format_html('<tr role="row">{}</tr>', content)


@register.simple_block_tag
def cell(content: str, label: str = "", *, head: bool = False, number: bool = False) -> SafeString:
    """Hold one value under its column's label; `head` makes it the row's name and the card's title."""
    if head:
        return format_html('<th scope="row" role="rowheader">{}</th>', content)
    align = mark_safe(' class="number"') if number else ""
    return format_html('<td role="cell"{} data-label="{}"><div>{}</div></td>', align, label, content)
