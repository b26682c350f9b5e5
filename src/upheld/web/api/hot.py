# SPDX-License-Identifier: Apache-2.0
"""`POST /api/v1/decide` as raw WSGI, in front of Django and in the same process.

It does what the view in `views.decisions` does, by the same functions, and answers the same bytes. What is not plainly
an ordinary request to it (another address, plain HTTP, an unknown host, a body of unknown length) goes to Django
untouched. Database connections are Django's own, one for each thread, and are kept between requests.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, connection
from django.http.response import HttpResponseBase
from pydantic import ValidationError

from upheld.clock import Clock
from upheld.errors import UpheldError
from upheld.people.permissions import Permission
from upheld.storage.errors import impersonal
from upheld.web.api import counters, problems
from upheld.web.api.advising import advise
from upheld.web.api.keys import scope_of
from upheld.web.api.schemas.asks import PersonAsk
from upheld.web.kit.headers import of_every_answer

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

PATH: Final = "/api/v1/decide"
_LOG: Final = logging.getLogger("upheld.web.api.hot")
_HSTS: Final = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}
_MISSING: Final = ({"loc": (), "type": "missing", "msg": "Field required"},)
_Environ = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What the floor above knows of a request.

    Attributes:
        policy_clock: returns the clock of policy time.
        security_clock: returns the clock that keys live by.
        peer: the network address that asks, past the operator's own proxies.
        is_secure: whether it came over HTTPS, or plain where that is allowed.
    """

    policy_clock: Callable[[], Clock]
    security_clock: Callable[[], Clock]
    peer: Callable[[Mapping[str, Any]], str]
    is_secure: Callable[[Mapping[str, Any]], bool]


class _NoBody(Exception):
    """The body is empty."""


class HotDecide:
    """Answers `decide` and hands everything else on."""

    def __init__(self, behind: "WSGIApplication", surroundings: Surroundings) -> None:
        """Stand in front of an application."""
        self._behind = behind
        self._around = surroundings
        self._hosts = frozenset(settings.ALLOWED_HOSTS)
        self._longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self._headers = tuple((of_every_answer() | ({} if settings.INSECURE_LOOPBACK else _HSTS)).items())

    def __call__(self, environ: _Environ, start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a WSGI request."""
        if environ["PATH_INFO"] != PATH or not self._is_ordinary(environ):
            return _in_one_piece(self._behind(environ, start_response))
        refusal = None
        try:
            body = self._advice(environ)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client gets an answer without its words
            refusal = _refusal(error)
            body = refusal.body
        status = 200 if refusal is None else refusal.status
        content_type = "application/json" if refusal is None else problems.CONTENT_TYPE
        more = () if refusal is None else refusal.headers.items()
        counters.count(counters.ANSWERED[status // 100])
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), *self._headers, *more]
        start_response(f"{status} {_PHRASES[status]}", headers)
        return [body]

    def _is_ordinary(self, environ: _Environ) -> bool:
        return (
            environ["REQUEST_METHOD"] == "POST"
            and environ.get("HTTP_HOST", "").partition(":")[0] in self._hosts
            and environ.get("CONTENT_LENGTH", "").isdecimal()
            and self._around.is_secure(environ)
        )

    def _advice(self, environ: _Environ) -> bytes:
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()
        scope = scope_of(
            header=environ.get("HTTP_AUTHORIZATION", ""),
            address=self._around.peer(environ),
            permission=Permission.API_DECISIONS_ASK,
            now=self._around.security_clock().now(),
        )
        body = PersonAsk.model_validate(self._body(environ))
        return advise(scope, body, now=self._around.policy_clock().now())

    def _body(self, environ: _Environ) -> object:
        length = int(environ["CONTENT_LENGTH"])
        if length > self._longest:
            raise RequestDataTooBig
        read = environ["wsgi.input"].read(length)
        if not read:
            raise _NoBody
        return orjson.loads(read)


def _in_one_piece(response: Iterable[bytes]) -> Iterable[bytes]:
    """Hand an answer that is whole already to the server as a list, which it sends together with its head."""
    if not isinstance(response, HttpResponseBase) or response.streaming:
        return response
    parts = list(response)
    response.close()
    return parts


def _refusal(error: Exception) -> problems.Refusal:
    """Say what an error comes to; a fault of our own is logged by its place and told to nobody."""
    match error:
        case ValidationError():
            return problems.of_validation(error)
        case UpheldError():
            refusal = problems.of_error(error)
        case DatabaseError() | InterfaceError():
            refusal = problems.of_error(impersonal(error))
        case _NoBody():
            return problems.of_misfits(_MISSING)
        case orjson.JSONDecodeError():
            return problems.bare(400)
        case RequestDataTooBig():
            return problems.bare(413)
        case _:
            refusal = problems.bare(500)
    if refusal.status == 500:
        _LOG.error("a decision failed", exc_info=error)
    return refusal
