# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document says what the API does, and nothing sent by its rules or against them makes it fall over."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.calling import hot_in_front, key_for

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
REFUSALS = {"400", "401", "403", "404", "409", "413", "422", "429", "503"}
EXAMPLES = [4, pytest.param(80, marks=pytest.mark.long)]
"""For each of the endpoints and each of the two modes."""


def test_every_endpoint_declares_its_refusals(program):
    """As problem+json; those that need a key say so."""
    answer = program.get("/api/v1/openapi.json")
    assert 200 == answer.status
    document = answer.json
    assert {"type": "http", "scheme": "bearer"} == document["components"]["securitySchemes"]["Key"]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            declared = {status for status in operation["responses"] if int(status) >= 400}
            assert declared == (REFUSALS if "security" in operation else {"404", "422", "503"}), path
            for status in declared:
                assert ["application/problem+json"] == list(operation["responses"][status]["content"])
            assert operation["description"]


def test_bodies_take_nothing_unknown(program):
    """Every model of a body is closed."""
    document = program.get("/api/v1/openapi.json").json
    for operations in document["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                name = content["schema"]["$ref"].rpartition("/")[2]
                assert document["components"]["schemas"][name]["additionalProperties"] is False, name


@pytest.mark.parametrize("examples", EXAMPLES)
def test_nothing_sent_makes_the_api_fall_over(house, examples):
    """Bodies, ids and queries by the rules and against them: no 500, no answer that is not declared."""
    shells, key = hot_in_front(), key_for(house, people_an_hour=1_000_000)
    people = [house.person("purpose:profile"), house.child()]

    def application(environ, start_response):
        environ.update(REMOTE_ADDR="127.0.0.1", HTTP_HOST="testserver", HTTP_AUTHORIZATION=f"Bearer {key}")
        return shells(environ, start_response)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _try(operation, mode, people, examples)


def _try(operation, mode, people, examples):
    turns = iter(range(1_000_000))

    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), derandomize=True,
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case):
        if "person" in (case.path_parameters or {}) and next(turns) % 2:
            case.path_parameters["person"] = str(people[next(turns) % len(people)])
        response = case.call()
        case.validate_response(response, checks=CHECKS)

    with suppress(Unsatisfiable):  # an endpoint that takes nothing cannot be given anything wrong
        send()
