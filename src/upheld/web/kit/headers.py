# SPDX-License-Identifier: Apache-2.0
"""What every answer tells: what a browser may load and keep, where it may send, and which policy it stands under."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from upheld import controls

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Other sites learn nothing. `no-referrer` would make browsers send `Origin: null` with our own forms
    # (Fetch, "append a request Origin header"), which the check against forged requests must refuse.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    # A page that may be stored says so itself; all others could show a person.
    "Cache-Control": "no-store",
}


_POLICY: Final = {"Link": '</policy>; rel="privacy-policy"'}
"""Where the policy stands that the answer is under (RFC 6903, section 4); one deployment serves one."""


def of_every_answer() -> dict[str, str]:
    """Return the headers of an answer that carries none of its own: what it may do, and under which policy it is."""
    return HEADERS | _POLICY if controls.in_force("web.policy_named") else dict(HEADERS)


class SecurityHeaders:
    """Add the headers to every answer that does not carry its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        for name, value in of_every_answer().items():
            response.headers.setdefault(name, value)
        return response
