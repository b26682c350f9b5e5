# SPDX-License-Identifier: Apache-2.0
"""What every page of the house knows."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation

from upheld.web.kit import preferences


def house(request: HttpRequest) -> dict[str, Any]:
    """Return language, theme, the demo's mark, the moment and the present address."""
    return {
        "lang": preferences.tag(),
        "language": translation.get_language(),
        "languages": preferences.languages(),
        "theme": preferences.theme(request),
        "themes": preferences.THEMES,
        "demo": bool(getattr(request, "demo", False)),
        "now": getattr(request, "now", None),
        "here": request.get_full_path() if request.method == "GET" else request.path,
    }
