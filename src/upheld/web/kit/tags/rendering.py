# SPDX-License-Identifier: Apache-2.0
"""How a tag renders its part: a template under `kit/parts/`, with the page's context below its own values."""

from typing import Any

from django.template import Context
from django.utils.safestring import SafeString


def part(context: Context, name: str, /, **values: Any) -> SafeString:
    """Render `kit/parts/NAME.html`; what the part does not set, the page's context answers.

    Raises:
        ValueError: the context belongs to no template that is being rendered.
    """
    if context.template is None:
        raise ValueError(f"the part {name} is drawn inside a template only")
    template = context.template.engine.get_template(f"kit/parts/{name}.html")
    with context.push(**values):
        return SafeString(template.render(context).strip())
