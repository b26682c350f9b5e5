# SPDX-License-Identifier: Apache-2.0
"""Parts that hold other markup: `{% card title=_("...") %} ... {% endcard %}`."""

from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from upheld.web.kit import formats
from upheld.web.kit.statuses import TONE_ICONS
from upheld.web.kit.tags.marks import icon
from upheld.web.kit.tags.rendering import part

register = Library()


@register.simple_block_tag(takes_context=True)
def page_header(context: Context, content: str, **values: Any) -> SafeString:
    """Open a page: `title`, and `lead`, `eyebrow`, `back` (an address) with `back_label`; inside stand its actions."""
    return part(
        context, "page_header", content=content, **_only(values, "title", "lead", "eyebrow", "back", "back_label")
    )


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: str, **values: Any) -> SafeString:
    """Frame what belongs together: `title`, `lead`, `level` of the heading (2), `id`, `flush` for a table inside."""
    return part(context, "card", content=content, **_only(values, "title", "lead", "level", "id", "flush", "mark"))


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """Say something that must not be missed; `role="alert"` or `"status"` where it answers an action."""
    return part(context, "notice", content=content, tone=tone, title=title, role=role, sign=TONE_ICONS[tone])


@register.simple_block_tag
def buttons(content: str) -> SafeString:
    """Set buttons in a row that wraps."""
    return format_html('<div class="buttons">{}</div>', content)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """List what is known, each line a `fact`."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """Name one thing and say it."""
    return format_html("<dt>{}</dt><dd>{}</dd>", label, content)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """Tell what happened in order, each step an `event`."""
    return format_html('<ol class="timeline">{}</ol>', content)


@register.simple_block_tag
def event(content: str, title: str, at: date | None = None, tone: str = "info", icon_name: str = "") -> SafeString:
    """Tell one step: a title, when, and inside what more there is to say."""
    written = ""
    if at is not None:
        words = formats.moment(at) if isinstance(at, datetime) else formats.day(at)
        written = format_html('<time datetime="{}">{}</time>', at.isoformat(), words)
    sign = icon(icon_name or TONE_ICONS[tone])
    return format_html('<li><span class="dot {}">{}</span><h3>{}</h3>{}{}</li>', tone, sign, title, written, content)


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, title: str, icon_name: str = "inbox") -> SafeString:
    """Say that there is nothing, why, and what could be done."""
    return part(context, "empty", content=content, title=title, icon_name=icon_name)


@register.simple_block_tag(takes_context=True)
def receipt(context: Context, content: str, title: str, code: str = "", number: str = "") -> SafeString:
    """Show a receipt: its title, number, what it says inside, and its bytes to copy and check."""
    return part(context, "receipt", content=content, title=title, code=code, number=number)


@register.simple_block_tag
def more(content: str, label: str) -> SafeString:
    """Keep detail one tap away; it opens without scripts."""
    return format_html(
        '<details class="more"><summary>{}{}</summary><div>{}</div></details>', icon("chevron-right"), label, content
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> SafeString:
    """Lead to the other pages of a list; the rest of the address is kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return part(context, "pagination", page=page, name=name, numbers=list(numbers), gap=page.paginator.ELLIPSIS)


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int, name: str = "page") -> str:
    """Return the present address with another page number."""
    query = context["request"].GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"


def _only(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take the known arguments, absent ones empty, so that the page's context never answers for them."""
    unknown = set(values) - set(names)
    if unknown:
        raise TypeError(f"expected {', '.join(names)}, {', '.join(sorted(unknown))} came")
    return {name: values.get(name, "") for name in names}
