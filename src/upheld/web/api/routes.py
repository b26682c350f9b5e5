# SPDX-License-Identifier: Apache-2.0
"""What every endpoint declares, and how it sees its request."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django.http import HttpRequest
from pydantic import BaseModel

from upheld.web.api.keys import KeyRequest
from upheld.web.api.schemas.problem import Problem
from upheld.web.requests import HouseRequest

REFUSALS: Final = (400, 401, 403, 404, 409, 413, 422, 429, 503)
"""What any endpoint with a key may answer instead."""
PUBLIC_REFUSALS: Final = (404, 422, 503)


def answers(model: type[BaseModel], *, status: int = 200, refusals: tuple[int, ...] = REFUSALS) -> Mapping[Any, Any]:
    """Declare an answer, and every refusal that may come in its place."""
    return {status: model, **dict.fromkeys(refusals, Problem)}


def as_text(media_type: str, description: str) -> dict[str, Any]:
    """Declare an answer in plain words."""
    content = {media_type: {"schema": {"type": "string"}}}
    return {"responses": {200: {"description": description, "content": content}}}


def as_key(request: HttpRequest) -> KeyRequest:
    """See a request whose key was checked as what it is."""
    return cast("KeyRequest", request)


def as_house(request: HttpRequest) -> HouseRequest:
    """See a request that needs no key as what it is."""
    return cast("HouseRequest", request)
