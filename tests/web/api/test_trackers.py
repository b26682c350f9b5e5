# SPDX-License-Identifier: Apache-2.0
"""Cookies and trackers over REST: asked of the gate, consented to and withdrawn, by keys issued for just that."""

import pytest

from tests.web.api.calling import Program, key_for

DECIDE = "/api/v1/decide"
PURPOSE = "tracker.page-beacon"


def ask(person, purpose=PURPOSE):
    return {"act": "set_tracker", "purpose": purpose, "person": str(person)}


def say(program, person, action, topic="tracker:page-beacon"):
    address = f"/api/v1/people/{person}/consents"
    shown = next((one for one in program.get(address).json["choices"] if one["topic"] == topic), None)
    said = {"topic": topic, "action": action, "method": "switch", "language": "en"}
    return program.post(address, said | ({"wording_sha256": shown["wording_sha256"]} if action == "given" else {}))


@pytest.fixture
def person(house):
    return house.person()


def test_a_tracker_waits_for_its_consent_and_ends_with_it(shell, house, person):
    """Refused before the yes, allowed after it, refused again with the next ask after the no."""
    program = Program(shell, key_for(house, PURPOSE))
    refused = program.post(DECIDE, ask(person)).json
    assert ["gate.tracker_consent"] == [reason["control"] for reason in refused["reasons"]]
    assert "give_consent tracker:page-beacon" == refused["reasons"][0]["lifts"]
    assert 201 == say(program, person, "given").status
    allowed = program.post(DECIDE, ask(person)).json
    assert (True, ["trackers.page-beacon"]) == (allowed["allowed"], allowed["clauses"])
    assert 201 == say(program, person, "withdrawn").status
    assert not program.post(DECIDE, ask(person)).json["allowed"]


def test_what_the_product_needs_is_set_without_asking(asker, house, person):
    """An essential tracker passes without a consent, and one that nobody declared never does."""
    program = Program(asker.application, key_for(house, "tracker.session", "tracker.unheard-of"))
    assert program.post(DECIDE, ask(person, "tracker.session")).json["allowed"]
    strange = program.post(DECIDE, ask(person, "tracker.unheard-of")).json
    assert "gate.tracker_declared" in [reason["control"] for reason in strange["reasons"]]


def test_a_key_for_something_else_neither_asks_nor_chooses(asker, house, person):
    """A key issued for functions alone may not ask about a tracker, nor consent to one for a person."""
    assert 403 == asker.post(DECIDE, ask(person)).status
    assert 403 == say(asker, person, "given").status
    mine = Program(asker.application, key_for(house, PURPOSE))
    assert 200 == mine.post(DECIDE, ask(person)).status
    assert 201 == say(mine, person, "given").status
