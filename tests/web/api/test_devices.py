# SPDX-License-Identifier: Apache-2.0
"""What a company's program does about devices: send, link, list, undo, count."""

from uuid import uuid4

import pytest

from tests.web.api.calling import Program, django_alone, key_for
from tests.web.api.test_endpoints import V1, registered

SENT = {"purpose": "safe-running", "values": {"device.model": "X1"}}


def test_a_device_is_nobodys_then_a_persons_then_nobodys_again(program):
    """The same endpoint takes all three; the answer says which it was, and under which reference to go on."""
    first = program.post(f"{V1}/telemetry", SENT)
    assert (201, False) == (first.status, first.json["is_personal"])
    person = registered(program)
    body = {"purpose": "safe-running", "kind": "phone", "installation": first.json["installation"]}
    made = program.post(f"{V1}/people/{person}/devices", body)
    assert (201, 1, 0) == (made.status, made.json["sealed"], made.json["dropped"])
    again = program.post(f"{V1}/telemetry", SENT | {"installation": made.json["installation"]})
    assert (201, True, None) == (again.status, again.json["is_personal"], again.json["until"])
    [listed] = program.get(f"{V1}/people/{person}/devices").json["devices"]
    assert (listed["device"], listed["kind"], listed["ended_by"]) == (made.json["device"], "phone", None)
    ended = program.call("DELETE", f"{V1}/people/{person}/devices/{listed['device']}")
    assert (200, "program") == (ended.status, ended.json["ended_by"])
    last = program.post(f"{V1}/telemetry", SENT | {"installation": made.json["installation"]})
    assert not last.json["is_personal"]
    assert last.json["installation"] != made.json["installation"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"values": {"device.id": "a"}}, 403, "denied"),
        ({"values": {"device.model": "13800138000"}}, 403, "denied"),
        ({"person": "018f0000-0000-7000-8000-000000000001"}, 422, "unprocessable"),
        ({"values": {}}, 422, "unprocessable"),
        ({"installation": "my-device-key"}, 422, "unprocessable"),
    ],
)
def test_what_points_to_somebody_is_refused_with_the_clause_and_never_repeated(program, change, status, code):
    answer = program.post(f"{V1}/telemetry", SENT | change)
    assert status == answer.status
    assert b"13800138000" not in answer.body
    if code == "denied":
        assert [one["clause"] for one in answer.json["reasons"]][0].startswith("categories.")
    assert program.post(f"{V1}/telemetry", SENT).status == 201


def test_a_device_is_linked_only_where_the_policy_links_devices(program):
    person = registered(program)
    answer = program.post(f"{V1}/people/{person}/devices", {"purpose": "browse", "kind": "phone"})
    assert (403, {"links_no_device"}) == (answer.status, {one["code"] for one in answer.json["reasons"]})
    assert program.call("DELETE", f"{V1}/people/{person}/devices/{uuid4()}").status == 404


def test_counts_are_empty_while_the_day_lasts_and_say_the_smallest_group(program):
    program.post(f"{V1}/telemetry", SENT)
    answer = program.get(f"{V1}/telemetry/counts?purpose=safe-running&category=device.model")
    assert (200, [], 10) == (answer.status, answer.json["counts"], answer.json["group_at_least"])


def test_a_key_of_other_purposes_sends_and_undoes_nothing(program, house):
    person = registered(program)
    made = program.post(f"{V1}/people/{person}/devices", {"purpose": "safe-running", "kind": "phone"})
    other = Program(django_alone(), key_for(house, purposes=("browse",)))
    assert other.post(f"{V1}/telemetry", SENT).status == 403
    assert other.call("DELETE", f"{V1}/people/{person}/devices/{made.json['device']}").status == 403
    assert other.get(f"{V1}/people/{person}/devices").json["devices"] == []
