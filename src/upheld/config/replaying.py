# SPDX-License-Identifier: Apache-2.0
"""No page and no call is answered while a restored database waits for its replay."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from upheld.errors import Unavailable
from upheld.storage import journal
from upheld.web.kit.errors import page

_ALWAYS: Final = ("/healthz", "/readyz", "/metrics")
"""What operators watch; none of it is about a person."""


class NothingBeforeReplay:
    """Answer 503 until what people took back since the backup has been carried out again.

    The vault refuses by itself; this keeps sign-ins, choices and requests from a state that is about to change.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the journal, at most once a second, and let the request pass if it is in step."""
        if request.path not in _ALWAYS:
            try:
                journal.refuse_until_replayed()
            except Unavailable:
                return page(request, 503)
        return self.get_response(request)
