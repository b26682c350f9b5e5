# SPDX-License-Identifier: Apache-2.0
"""What a person sees when something goes wrong: a page in plain words, both languages, that gives nothing away.

Errors of the house become a status and a page here; the REST shell speaks problem+json and has handlers of its own, so
only what never reached it (no such address, a crash before it) is answered for `/api/` here.
"""

import json
from collections.abc import Callable
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from upheld import errors
from upheld.web.kit import preferences
from upheld.web.kit.words import WORDS, Words

_STATUS: Final[tuple[tuple[type[errors.UpheldError], int], ...]] = (
    (errors.BadInput, 400),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
)
_CODES: Final = {"denied": 403}  # `Denied` lives in the gate, above `errors`
_EMPTY_IS_OURS: Final = frozenset({400, 401, 403, 404, 405, 413, 429, 503})


def status_of(error: errors.UpheldError) -> int:
    """Return the HTTP status of an error of the house; what is nobody's input is 500."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return _CODES.get(error.code, 500)


class HouseErrors:
    """Turn errors of the house into pages, and bare refusals of the framework too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a refusal without a body (405 and its like) gets the page of its status."""
        response = self.get_response(request)
        bare = response.status_code in _EMPTY_IS_OURS and not response.streaming and not response.content
        if not bare or _is_api(request) or request.method == "HEAD":
            return response
        shown = page(request, response.status_code)
        for name, value in response.headers.items():
            if name not in {"Content-Type", "Content-Length"}:
                shown.headers[name] = value
        shown.cookies = response.cookies
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an error of the house; leave all others, and the REST shell's own, to their handlers."""
        if _is_api(request):
            return None
        if isinstance(exception, RequestDataTooBig):
            return page(request, 413)
        if not isinstance(exception, errors.UpheldError):
            return None
        response = page(request, status_of(exception))
        if isinstance(exception, errors.TooMany):
            response.headers["Retry-After"] = str(exception.retry_after_seconds)
        return response


def page(request: HttpRequest, status: int) -> HttpResponse:
    """Return the page of a status: what happened, in the reader's language and then in the other."""
    words = WORDS.get(status, WORDS[500])
    if _is_api(request):
        return _problem(status, words)
    mine = preferences.tag()
    other = "en" if mine == "zh-Hans" else "zh-Hans"
    named = {"status": status, "words": words.in_language(mine), "other": words.in_language(other), "other_lang": other}
    try:
        text = render_to_string(_template(status), named, request)
    except Exception:  # noqa: BLE001 - the page that reports a failure must not fail; nothing of the cause is shown
        return HttpResponse(words.plain(), status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(text, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 where the request was too large."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403."""
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403 to a form that did not come from a page of ours, or came too late."""
    return page(request, 403)


def _template(status: int) -> str:
    return f"kit/errors/{status if status in WORDS else 500}.html"


def _problem(status: int, words: Words) -> HttpResponse:
    body = {"type": "about:blank", "title": words.en.title, "status": status, "detail": words.en.text}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
