# SPDX-License-Identifier: Apache-2.0
"""The REST API under `/api/v1`: its groups of endpoints, its errors, its OpenAPI."""

from typing import Any, Final, cast

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from upheld.errors import UpheldError
from upheld.web.api import problems
from upheld.web.api.views import choices, decisions, devices, items, people, public, requests

DESCRIPTION: Final = """
For a company's programs: register people, ask the gate, seal and open their data, record their choices, file their
requests, read the promises. Every refusal is `application/problem+json` with a stable `code`.
""".strip()


class _Strict(Parser):
    """Reads JSON as both shells do: bounded in depth, UTF-8 alone, no NaN."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class _API(NinjaAPI):
    """Writes into the OpenAPI document that refusals are problem+json."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _as_problems(operation["responses"])
        return schema


def _as_problems(responses: dict[int, dict[str, Any]]) -> None:
    for status, response in responses.items():
        content = response.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            response["content"] = {problems.CONTENT_TYPE: content["application/json"]}


api = _API(title="Upheld", version="1", description=DESCRIPTION, urls_namespace="api", docs_url=None, parser=_Strict())
for _router in (
    decisions.router,
    people.router,
    items.router,
    devices.router,
    choices.router,
    requests.router,
    public.board_router,
    public.public_router,
):
    api.add_router("", _router)


def _sent(refusal: problems.Refusal) -> HttpResponse:
    return HttpResponse(
        refusal.body, status=refusal.status, content_type=problems.CONTENT_TYPE, headers=dict(refusal.headers)
    )


@api.exception_handler(UpheldError)
def _of_the_house(_request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = problems.of_error(cast("UpheldError", error))
    if refusal.status == 500:
        raise error  # a fault of our own: Django logs where it happened, and answers
    return _sent(refusal)


@api.exception_handler(ValidationError)
def _of_shape(_request: HttpRequest, error: Exception) -> HttpResponse:
    found = cast("ValidationError", error).errors
    return _sent(problems.of_misfits([{**one, "loc": _place(one["loc"])} for one in found]))


def _place(place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Leave out where ninja found it (`body`, and the name of the view's argument; or `path`, `query`)."""
    return place[2:] if place[0] == "body" else place[1:]


@api.exception_handler(HttpError)
def _of_framework(_request: HttpRequest, error: Exception) -> HttpResponse:
    if isinstance(error.__cause__, RequestDataTooBig):
        return _sent(problems.bare(413))
    return _sent(problems.bare(cast("HttpError", error).status_code))


@api.exception_handler(RequestDataTooBig)
def _of_size(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return _sent(problems.bare(413))
