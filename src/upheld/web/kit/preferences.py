# SPDX-License-Identifier: Apache-2.0
"""What a reader may set without an account: language and theme, each in a cookie that holds nothing else.

No cookie is set before the reader chooses.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

THEME_COOKIE: Final = "theme"
THEMES: Final = ("auto", "light", "dark")
KEPT_SECONDS: Final = 365 * 24 * 3600


def theme(request: HttpRequest) -> str:
    """Return the theme that the reader chose, `auto` when none or nonsense."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def tag() -> str:
    """Return the active language as an HTML language tag: `zh-Hans` or `en`."""
    return translation.to_locale(translation.get_language() or "en").replace("_", "-")


def way_back(request: HttpRequest) -> str:
    """Return where the reader came from, if that is a page of this site, else the first page."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") else "/"


def remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> None:
    """Keep one preference for a year, out of reach of scripts and of other sites."""
    response.set_cookie(name, value, max_age=KEPT_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax")


def languages() -> list[tuple[str, str, str]]:
    """Return the languages: code, its own name, HTML language tag."""
    return [(code, name, translation.to_locale(code).replace("_", "-")) for code, name in settings.LANGUAGES]
