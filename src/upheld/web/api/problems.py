# SPDX-License-Identifier: Apache-2.0
"""Every refusal as problem+json (RFC 9457), the same bytes from both shells.

A problem tells what a client may know: the house's stable code, a sentence, the clauses in the way. It repeats nothing
that came, and of a fault of our own it tells nothing but that it was ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any, Final

import orjson
from pydantic import ValidationError

from upheld import errors
from upheld.gate import Denied
from upheld.vault.permits import PermitRefused
from upheld.web.api.schemas.base import Body

CONTENT_TYPE: Final = "application/problem+json"
_STATUS: Final[tuple[tuple[type[errors.UpheldError], int], ...]] = (
    (Denied, 403),
    (PermitRefused, 403),
    (errors.BadInput, 422),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.TooMany, 429),
    (errors.Unavailable, 503),
)
RETRY_AFTER_SECONDS: Final = 1
"""When trying again makes sense after 503: a lock was held, a database restarts."""
_SENTENCE: Final = {
    400: "the body is no JSON",
    404: "there is no such thing here",
    405: "this address does not take this method",
    413: "the body is larger than this API takes",
    422: "the request is not as expected",
    500: "the fault is ours; nothing was changed",
}
_CODE: Final = {400: "malformed_json", 404: "not_found", 405: "method_not_allowed", 413: "too_large", 422: "bad_input"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal, ready to be sent by either shell."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def of_error(error: errors.UpheldError) -> Refusal:
    """Return the refusal that an error of the house comes to; a fault of our own is 500 and says no more."""
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
    if status == 500:
        return bare(500)
    more: dict[str, Any] = {"hint": error.hint} if error.hint else {}
    if isinstance(error, Denied):
        more["reasons"] = [
            {"code": one.code, "control": one.control, "clause": one.clause, "lifts": one.lifts}
            for one in error.denial.reasons
        ]
    return _refusal(status, error.code, error.message, more, _headers(error, status))


def _headers(error: errors.UpheldError, status: int) -> dict[str, str]:
    if isinstance(error, errors.TooMany):
        return {"Retry-After": str(error.retry_after_seconds)}
    if status == 503:
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return {"WWW-Authenticate": "Bearer"} if status == 401 else {}


def of_validation(found: ValidationError) -> Refusal:
    """Return the refusal of a body that does not fit its model."""
    return of_misfits(found.errors(include_url=False, include_context=False, include_input=False))


def of_misfits(found: Sequence[Mapping[str, Any]], *, within: int = 0) -> Refusal:
    """Return the refusal of what pydantic found; `within` parts of each place are the framework's own."""
    misfits = [_misfit(one["loc"][within:], one["type"], one["msg"]) for one in found]
    return _refusal(422, _CODE[422], _SENTENCE[422], {"errors": misfits}, {})


def _misfit(place: Sequence[int | str], code: str, sentence: str) -> dict[str, str]:
    if code == "extra_forbidden":
        place, sentence = place[:-1], "a field that is not known here came"
    if code.startswith("uuid"):
        sentence = "expected an id (RFC 9562)"
    # names that a client made up could be personal data, so only our own are told back
    parts = (str(part) if isinstance(part, int) or part in _declared() else "*" for part in place)
    return {"at": ".".join(parts), "code": code, "expected": sentence}


@cache
def _declared() -> frozenset[str]:
    """Name every field of every body; all are loaded once the API is built."""
    found, waiting = set[str](), [Body]
    while waiting:
        model = waiting.pop()
        found |= set(model.model_fields)
        waiting += model.__subclasses__()
    return frozenset(found | {"person", "item", "request", "clause", "version", "language", "before", "form"})


def bare(status: int) -> Refusal:
    """Return a refusal that has nothing to add to its status."""
    sentence = _SENTENCE.get(status, HTTPStatus(status).phrase.lower())
    return _refusal(status, _CODE.get(status, "error"), sentence, {}, {})


def _refusal(status: int, code: str, detail: str, more: Mapping[str, Any], headers: Mapping[str, str]) -> Refusal:
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail}
    return Refusal(status, orjson.dumps(said | dict(more)), headers)
