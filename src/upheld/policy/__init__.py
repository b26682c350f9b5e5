# SPDX-License-Identifier: Apache-2.0
r"""The policy file: its format, and how it is parsed, checked, bound to controls, rendered and compared.

Pure: nothing here reads a clock or anything but the path it is given. The public names load when first used, so that a
program that only parses does not pay for the renderer.

>>> parsed = parse(b"upheld: 1\npolicy: shop\nversion: 1\nlanguages: [en]\ntitle: {en: Privacy}\n", "shop.yaml")
>>> parsed.policy.policy, parsed.place("title").line
('shop', 5)
>>> any(finding.severity is Severity.ERROR for finding in check(parsed))
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from upheld.policy.binding import Clause as Clause
    from upheld.policy.binding import bind as bind
    from upheld.policy.checking import check as check
    from upheld.policy.comparing import Change as Change
    from upheld.policy.comparing import Comparison as Comparison
    from upheld.policy.comparing import Direction as Direction
    from upheld.policy.comparing import Weight as Weight
    from upheld.policy.comparing import diff as diff
    from upheld.policy.findings import Finding as Finding
    from upheld.policy.findings import Place as Place
    from upheld.policy.findings import PolicyUnreadable as PolicyUnreadable
    from upheld.policy.findings import Severity as Severity
    from upheld.policy.model import Policy as Policy
    from upheld.policy.parsing import Parsed as Parsed
    from upheld.policy.parsing import parse as parse
    from upheld.policy.rendering import Extras as Extras
    from upheld.policy.rendering import Lists as Lists
    from upheld.policy.rendering import lists as lists
    from upheld.policy.rendering import render as render
    from upheld.policy.rendering import render_children as render_children
    from upheld.policy.rendering import render_lists as render_lists
    from upheld.policy.schema import json_schema as json_schema

_HOMES: Final = {
    "Change": "comparing",
    "Clause": "binding",
    "Comparison": "comparing",
    "Direction": "comparing",
    "Extras": "rendering",
    "Finding": "findings",
    "Lists": "rendering",
    "Parsed": "parsing",
    "Place": "findings",
    "Policy": "model",
    "PolicyUnreadable": "findings",
    "Severity": "findings",
    "Weight": "comparing",
    "bind": "binding",
    "check": "checking",
    "diff": "comparing",
    "json_schema": "schema",
    "lists": "rendering",
    "parse": "parsing",
    "render": "rendering",
    "render_children": "rendering",
    "render_lists": "rendering",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
