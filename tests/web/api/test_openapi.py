# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document says what the API does, and nothing sent by its rules or against them makes it fall over."""

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.api.calling import Program, django_alone, house_now, key_for
from upheld.web.api.rest import api

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
REFUSALS = {"400", "401", "403", "404", "409", "413", "422", "429", "503"}


def test_every_endpoint_declares_its_refusals(program):
    """As problem+json; those that need a key say so."""
    answer = program.get("/api/v1/openapi.json")
    assert 200 == answer.status
    document = answer.json
    assert document["components"]["securitySchemes"]["Key"] == {"type": "http", "scheme": "bearer"}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            declared = {status for status in operation["responses"] if int(status) >= 400}
            assert declared == (REFUSALS if "security" in operation else {"404", "422", "503"}), path
            for status in declared:
                assert ["application/problem+json"] == list(operation["responses"][status]["content"])
            assert operation["description"]


def test_bodies_take_nothing_unknown():
    """Every model of a body is closed."""
    schemas = api.get_openapi_schema(path_prefix="api/v1/")["components"]["schemas"]
    bodies = [name for name in schemas if name in {"PersonAsk", "SealBody", "UnderPermit", "Registration", "ConsentBody"}]
    assert 5 == len(bodies)
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)


document = api.get_openapi_schema(path_prefix="/api/v1/")
