# SPDX-License-Identifier: Apache-2.0
"""How a tag renders its part: a template under `kit/parts/`, with the page's context below its own values."""

from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


def part(context: Context, name: str, /, **values: Any) -> SafeString:
    """Render `kit/parts/NAME.html`; what the part does not set, the page's context answers."""
    template = get_template(f"kit/parts/{name}.html").template  # type: ignore[attr-defined] - Django's own engine
    with context.push(**values):
        return mark_safe(template.render(context))  # noqa: S308 - a template's output, escaped there
