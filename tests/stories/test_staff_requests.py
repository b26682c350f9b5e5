# SPDX-License-Identifier: Apache-2.0
"""Staff answer people's requests: by what is due, verified first, refused only on a listed ground."""

from tests.web.console.conftest import at_desk, house  # noqa: F401 - fixtures
from upheld.messages import queries as messages
from upheld.people import staff_records
from upheld.people.permissions import Role
from upheld.rights import notes, queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import Filing
from upheld.terms import Right
from upheld.vault import queries as vault_queries

STATEMENT = "Please look at what the machine decided about me."


def filed(house, right, *, case="", channel="protection-office", verified_by="", person=None):
    filing = Filing(
        data_subject_id=person or house.person(),
        right=right,
        channel=channel,
        case=case,
        statement=STATEMENT,
        verified_by=verified_by,
    )
    return service.file(filing=filing, now=house.now)


def test_the_queue_shows_what_is_due_first(house, at_desk):
    """The older request stands above the newer; a late one says so and is found by the filter."""
    older = filed(house, Right.EXPLANATION)
    house.later(days=10)
    newer = filed(house, Right.PORTABILITY)
    client = at_desk(Role.SUPPORT)
    page = client.get("/console/requests/").content.decode()
    assert page.index(str(older.id)) < page.index(str(newer.id))
    assert "Overdue" not in page
    house.later(days=6)
    page = client.get("/console/requests/").content.decode()
    assert "Overdue" in page and "1 answer is late" in page
    late = client.get("/console/requests/?late=yes").content.decode()
    assert str(older.id) in late and str(newer.id) not in late
    one_right = client.get("/console/requests/?right=portability").content.decode()
    assert str(newer.id) in one_right and str(older.id) not in one_right


def test_a_request_is_verified_and_answered(house, at_desk):
    """Assigned, verified by a listed method, answered in words that the person is told of; its words opened with a reason."""
    person = house.person()
    made = filed(house, Right.EXPLANATION, person=person)
    client, at = at_desk(Role.SUPPORT), f"/console/requests/{made.id}/"
    me = next(one for one in staff_records.everyone() if one.role is Role.SUPPORT)
    assert 302 == client.post(at + "assign/", {"staff": str(me.id)}).status_code
    assert me.name in client.get(at).content.decode()

    early = client.post(at + "answer/", {"text": "A person looked again."})
    assert 422 == early.status_code, "nothing is answered before the requester is verified"
    assert 422 == client.post(at + "verify/", {"method": "a feeling"}).status_code
    assert 302 == client.post(at + "verify/", {"method": "written", "evidence": "saw the papers"}).status_code

    assert STATEMENT not in client.get(at).content.decode()
    assert 422 == client.post(at + "notes/", {"reason": ""}).status_code
    opened = client.post(at + "notes/", {"reason": "To answer it"}).content.decode()
    assert STATEMENT in opened
    looks = vault_queries.accesses(person)
    assert [("staff", "request", "To answer it")] == [(one.reader.value, one.reason_code, one.reason) for one in looks]

    assert 302 == client.post(at + "answer/", {"text": "A person looked again."}).status_code
    assert RequestState.ANSWERED is queries.one(made.id).state
    assert ["request.answered"] == [note.template for note in messages.notes(data_subject_id=person, now=house.now)]


def test_a_refusal_needs_a_listed_ground_and_its_evidence(house, at_desk):
    """The ground's fields are asked for; what was typed stays; the person is told of the remedies."""
    person = house.person()
    made = filed(house, Right.PORTABILITY, person=person, verified_by="signed-in")
    client, at = at_desk(Role.OFFICER), f"/console/requests/{made.id}/refuse/"
    assert "trade secrets" in client.get(at).content.decode()
    asked = client.get(at + "?ground=trade-secret").content.decode()
    assert "owner of the secret" in asked and "reviewer" in asked
    half = client.post(at + "?ground=trade-secret", {"evidence-secret-owner": "Works Ltd", "text": "We cannot."})
    assert 422 == half.status_code
    assert "Works Ltd" in half.content.decode() and "We cannot." in half.content.decode()
    whole = {"evidence-secret-owner": "Works Ltd", "evidence-reviewer": "the officer", "text": "We cannot."}
    assert 302 == client.post(at + "?ground=trade-secret", whole).status_code
    ended = queries.one(made.id)
    assert (RequestState.REFUSED, "trade-secret") == (ended.state, ended.refusal)
    assert ended.remedies
    assert ["request.refused"] == [note.template for note in messages.notes(data_subject_id=person, now=house.now)]
    page = client.get(f"/console/requests/{made.id}/").content.decode()
    assert "go to court" in page
    assert {"answer", "evidence", "statement"} == {note.kind.value for note in notes.read(request_id=made.id)}


def test_software_carries_an_erasure_out(house, at_desk):
    """Staff verify and begin; the worker erases, reads back, and ends the request."""
    person = house.person()
    house.collect(person, "account", phone="+8613800138000")
    made = filed(house, Right.ERASURE, case="withdrawn", person=person)
    client, at = at_desk(Role.SUPPORT), f"/console/requests/{made.id}/"
    refused = client.post(at + "carry-out/")
    assert 409 == refused.status_code, "an unverified request is not carried out"
    client.post(at + "verify/", {"method": "code"})
    assert 302 == client.post(at + "carry-out/").status_code
    house.later(minutes=1).work()
    house.later(minutes=1).work()
    ended = queries.one(made.id)
    assert RequestState.ANSWERED is ended.state and ended.carried_out_at
    assert [] == vault_queries.metadata(person, now=house.now)
    assert "Carried out" in client.get(at).content.decode()
