# SPDX-License-Identifier: Apache-2.0
"""The kit's own views: the two preferences, and the page that shows every component."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from upheld.web.kit import preferences, specimens


# Neither preference asks for a token against forged requests: the worst that a forged one does is another language or
# theme, and so public pages set no cookie before the reader chooses.
@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language that the reader chose, and go back."""
    response = HttpResponseRedirect(preferences.way_back(request))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        preferences.remember(request, response, settings.LANGUAGE_COOKIE_NAME, code)
    return response


@csrf_exempt
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme that the reader chose, and go back; `auto` forgets the choice."""
    response = HttpResponseRedirect(preferences.way_back(request))
    chosen = request.POST.get("theme", "")
    if chosen == "auto":
        response.delete_cookie(preferences.THEME_COOKIE, samesite="Lax")
    elif chosen in preferences.THEMES:
        preferences.remember(request, response, preferences.THEME_COOKIE, chosen)
    return response


def kit(request: HttpRequest, base: str = "kit/console_base.html") -> HttpResponse:
    """Show every component of the house on the shell's own `base`; the console lets staff alone in."""
    return render(request, "kit/kit.html", {"base": base, **specimens.specimens(request)})
