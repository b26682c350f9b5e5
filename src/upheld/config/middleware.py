# SPDX-License-Identifier: Apache-2.0
"""What every request passes first: HTTPS, and the two times it carries."""

import ipaddress
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from upheld import controls
from upheld.config import wiring
from upheld.errors import Unavailable
from upheld.storage import journal
from upheld.web.kit import errors
from upheld.web.requests import HouseRequest

PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})
Respond: TypeAlias = Callable[[HttpRequest], HttpResponse]
Environ: TypeAlias = Mapping[str, Any]


class HTTPSOnly:
    """Answer over HTTPS only; plain HTTP passes on loopback where the demo or a test allowed it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect a plain request to HTTPS; refuse one that changes something."""
        if controls.in_force("web.https_only") and not _is_secure(request):
            if request.method not in {"GET", "HEAD"}:
                return HttpResponse("HTTPS is needed here.", status=403, content_type="text/plain")
            return HttpResponsePermanentRedirect(f"https://{request.get_host()}{request.get_full_path()}")
        response = self.get_response(request)
        if controls.in_force("web.https_only") and not settings.INSECURE_LOOPBACK:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        return response


def _is_secure(request: HttpRequest) -> bool:
    return is_secure(request.META)


def is_secure(environ: Environ) -> bool:
    """Say whether a request came over HTTPS, or plain where that is allowed; of its WSGI environment alone."""
    if environ.get("wsgi.url_scheme") == "https":
        return True
    if settings.UPHELD["PROXIES"] and environ.get("HTTP_X_FORWARDED_PROTO") == "https":
        return True
    return bool(settings.INSECURE_LOOPBACK and _on_loopback(environ.get("REMOTE_ADDR", "")))


@lru_cache(maxsize=1024)
def _on_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class RequestTime:
    """Give each request its times and its peer's address, so that no view reads a clock or a header for them."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set `now` (policy time), `security_now` (codes and sessions), `peer` and `demo`."""
        carried = cast("HouseRequest", request)
        carried.now = wiring.policy_clock().now()
        carried.security_now = wiring.security_clock().now()
        carried.peer = peer(request)
        carried.demo = wiring.is_demo()
        return self.get_response(request)


class ReplayFirst:
    """Serve nothing from a restored database before its journal was replayed: not even a page or a sign-in.

    The vault and the worker refuse on their own too; this keeps sessions, roles and lists of the backup from people.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 503 to everything but the probes of the operator, who has to see it."""
        if request.path not in PROBES:
            try:
                journal.refuse_until_replayed()
            except Unavailable:
                return errors.page(request, 503)
        return self.get_response(request)


def peer(request: HttpRequest) -> str:
    """Return the network address that asks, past the proxies that the operator declared."""
    return peer_of(request.META)


def peer_of(environ: Environ) -> str:
    """Return the network address that asks, of the WSGI environment alone."""
    proxies = cast("int", settings.UPHELD["PROXIES"])
    if proxies:
        chain = [a.strip() for a in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
        if len(chain) >= proxies:
            return cast("str", chain[-proxies])
    return str(environ.get("REMOTE_ADDR", ""))
