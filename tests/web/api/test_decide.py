# SPDX-License-Identifier: Apache-2.0
"""`POST /decide`: the same bytes from both of its shells, for every kind of request."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.web.api.calling import SHELLS, Program, key_for
from upheld.people import api_keys
from upheld.people.permissions import Permission
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import Act

DECIDE = "/api/v1/decide"


def ask(person, /, **more) -> dict:
    return {"act": "use", "purpose": "profile", "categories": ["nickname"], "person": str(person)} | more


def test_a_choice_decides(asker, house):
    """Whoever gave consent is allowed, with the clause; whoever did not is refused, with what would lift it."""
    person, other = house.person("purpose:profile"), house.person()
    allowed = asker.post(DECIDE, ask(person))
    assert (200, True, ["functions.profile"]) == (allowed.status, allowed.json["allowed"], allowed.json["clauses"])
    refused = asker.post(DECIDE, ask(other))
    assert (200, False) == (refused.status, refused.json["allowed"])
    [reason] = refused.json["reasons"]
    assert ("gate.consent_needed", "functions.profile") == (reason["control"], reason["clause"])
    assert reason["lifts"] == "give_consent purpose:profile"


def test_a_withdrawal_is_seen_by_the_next_ask(asker, house):
    """Nothing is kept between two asks."""
    person = house.person("purpose:profile")
    assert asker.post(DECIDE, ask(person)).json["allowed"]
    house.withdraw(person, "purpose:profile")
    assert not asker.post(DECIDE, ask(person)).json["allowed"]


def test_advice_leaves_no_evidence(asker, house):
    """It is advice: only counters know of it."""
    person = house.person()
    before = EvidenceIntake.objects.count()
    asker.post(DECIDE, ask(person))
    assert EvidenceIntake.objects.count() == before


def test_nobody_is_refused_everything(asker, house):
    """An id that nobody has."""
    answer = asker.post(DECIDE, ask(uuid4()))
    assert (200, False, 0) == (answer.status, answer.json["allowed"], answer.json["version"])


NO_JSON = (b"{", b"nonsense", b"\xff\xfe", b'{"act": NaN}', b"[" * 30_000, b'{"a":' * 30_000, b'"\\ud800"')


@pytest.mark.parametrize("raw", NO_JSON, ids=range(len(NO_JSON)))
def test_what_is_no_json_is_said_to_be_none(asker, raw):
    """Deep nesting among it."""
    answer = asker.post(DECIDE, raw=raw)
    assert (400, "malformed_json") == (answer.status, answer.json["code"])


MISFITS = {
    "no body": (b"", ""),
    "not an object": (b"[]", ""),
    "null": (b"null", ""),
    "unknown field": ({"more": 1}, ""),
    "unknown act": ({"act": "steal"}, "act"),
    "number for an act": ({"act": 1}, "act"),
    "no purpose": ({"purpose": None}, "purpose"),
    "text with spaces": ({"purpose": "Mary Smith"}, "purpose"),
    "category is a number": ({"categories": [1]}, "categories.0"),
    "categories are text": ({"categories": "nickname"}, "categories"),
    "too many categories": ({"categories": ["nickname"] * 65}, "categories"),
    "no person": ({"person": "me"}, "person"),
    "person is a number": ({"person": 7}, "person"),
    "truth as a number": ({"foreground": 1}, "foreground"),
    "staff": ({"actor": "staff"}, "actor"),
    "evidence of a number": ({"evidence": {"mary": 1}}, "evidence.*"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_named_and_not_repeated(asker, name):
    """Each misfit with its place; what came is not told back."""
    change, place = MISFITS[name]
    raw = change if isinstance(change, bytes) else json.dumps(ask(uuid4(), **change)).encode()
    answer = asker.post(DECIDE, raw=raw)
    assert (422, "bad_input", place) == (answer.status, answer.json["code"], answer.json["errors"][0]["at"])
    assert b"mary" not in answer.body.lower()


def test_a_body_too_large_is_refused_before_it_is_read(asker):
    """The length that the client declares is enough."""

    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

        readline = read

    answer = asker.post(DECIDE, CONTENT_LENGTH="10485760", **{"wsgi.input": Unread()})
    assert (413, "too_large") == (answer.status, answer.json["code"])


def test_only_a_key_opens(shell, house):
    """No key, a made-up one, one from elsewhere, one that was ended: 401, and no more is said."""
    key = key_for(house)
    ended = key_for(house)
    api_keys.end(key_id=api_keys._parsed(f"Bearer {ended}")[0], now=house.now)
    asking = [
        Program(shell),
        Program(shell, key[:-1] + ("A" if key[-1] != "A" else "B")),
        Program(shell, "upk_1_2"),
        Program(shell, ended),
        Program(shell, key_for(house, networks=("192.0.2.0/24",))),
    ]
    answers = [program.post(DECIDE, ask(uuid4())) for program in asking]
    assert [401] * 5 == [answer.status for answer in answers]
    assert len({answer.body for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert Program(shell, key).post(DECIDE, ask(uuid4())).status == 200


def test_a_key_is_for_its_purposes_acts_and_permissions(shell, house):
    """Another purpose, act or permission is forbidden."""
    narrow = [
        key_for(house, "orders"),
        key_for(house, acts=(Act.COLLECT,)),
        key_for(house, permissions=(Permission.API_ITEMS_OPEN,)),
    ]
    for key in narrow:
        answer = Program(shell, key).post(DECIDE, ask(house.person()))
        assert (403, "forbidden") == (answer.status, answer.json["code"])


def test_a_key_reaches_so_many_people_an_hour(shell, house):
    """The same person counts once; the next one too many waits for the hour's end."""
    program = Program(shell, key_for(house, people_an_hour=2))
    people = [house.person() for _ in range(3)]
    for person in (*people[:2], *people[:2]):
        assert program.post(DECIDE, ask(person)).status == 200
    answer = program.post(DECIDE, ask(people[2]))
    assert (429, "too_many") == (answer.status, answer.json["code"])
    assert 0 < int(answer.headers["Retry-After"]) <= 3600


def test_both_shells_answer_the_same_bytes(house):
    """Whatever came: body, status and the headers that matter."""
    key, person = key_for(house), house.person("purpose:profile")
    bodies = [
        ask(person),
        ask(house.person()),
        ask(uuid4()),
        ask(person, act="share", recipient="nobody"),
        ask("x"),
        {},
    ]
    bodies = [json.dumps(body).encode() for body in bodies] + [b"", b"{", b"null"]
    django, hot = (Program(SHELLS[name](), key) for name in ("django", "hot"))
    for body in bodies:
        one, other = django.post(DECIDE, raw=body), hot.post(DECIDE, raw=body)
        assert (one.status, one.body) == (other.status, other.body)
        for name, value in other.headers.items():
            assert one.headers[name] == value


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_not_taken(asker, method):
    """One address, one method."""
    assert asker.call(method, DECIDE).status == 405


def test_a_stranger_host_is_not_answered(asker):
    """The host check is Django's in both shells."""
    assert asker.post(DECIDE, ask(uuid4()), HTTP_HOST="elsewhere.example").status == 400


def test_plain_http_from_afar_is_refused(asker, house):
    """Plain HTTP passes on loopback alone, whatever the key."""
    asker.key = key_for(house, networks=("0.0.0.0/0",))
    assert asker.post(DECIDE, ask(house.person()), REMOTE_ADDR="198.51.100.1").status == 403
    secure = asker.post(DECIDE, ask(house.person()), REMOTE_ADDR="198.51.100.1", **{"wsgi.url_scheme": "https"})
    assert secure.status == 200


def test_a_key_ends_with_its_life(shell, house):
    """Of a key whose day has passed nothing is left."""
    old = key_for(house, life=timedelta(seconds=1))
    from time import sleep

    sleep(1.1)
    assert Program(shell, old).post(DECIDE, ask(uuid4())).status == 401
