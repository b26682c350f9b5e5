# SPDX-License-Identifier: Apache-2.0
"""Each endpoint: what it does, and what it refuses."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.api.calling import Program, django_alone, key_for
from upheld.clock import SystemClock
from upheld.facts import queries as facts
from upheld.people import codes
from upheld.people.permissions import Permission
from upheld.promises import history
from upheld.storage import sequencer
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault
from upheld.vault.values import ReaderKind

V1 = "/api/v1"
NUMBER = "+86 138 0013 8000"


def registered(program, **more) -> DataSubjectId:
    body = {"version": 1, "language": "en", "accepted": True} | more
    answer = program.post(f"{V1}/people", body)
    assert 201 == answer.status, answer.body
    return DataSubjectId(UUID(answer.json["person"]))


def give(program, person, topic):
    choices = program.get(f"{V1}/people/{person}/consents").json["choices"]
    wording = next(choice["wording_sha256"] for choice in choices if choice["topic"] == topic)
    said = {"topic": topic, "action": "given", "method": "switch", "language": "en", "wording_sha256": wording}
    answer = program.post(f"{V1}/people/{person}/consents", said)
    assert 201 == answer.status, answer.body
    return answer.json


def permit(program, person, **more):
    ask = {"act": "use", "purpose": "profile", "categories": ["nickname"], "person": str(person)} | more
    return program.post(f"{V1}/permits", ask)


def seal(program, person, **values):
    return program.post(f"{V1}/people/{person}/items", {"purpose": "profile", "values": values})


@pytest.fixture
def person(program):
    """Someone of age who lets the profile be filled, with a nickname in it."""
    found = registered(program)
    assert program.put(f"{V1}/people/{found}/age", {"band": "adult"}).status == 200
    give(program, found, "purpose:profile")
    assert seal(program, found, nickname="Mimi").status == 201
    return found


# --- registering


def test_a_company_vouches_for_a_number(program):
    """The number is sealed and found again; nobody else can be registered with it."""
    person = registered(program, identifier=NUMBER)
    [held] = program.get(f"{V1}/people/{person}/items").json["items"]
    assert ("phone", "account") == (held["category"], held["purpose"])
    again = program.post(
        f"{V1}/people", {"version": 1, "language": "en", "accepted": True, "identifier": "138 0013 8000"}
    )
    assert (409, "conflict") == (again.status, again.json["code"])


def test_a_company_registers_without_any_identifier(program):
    """Whoever needs no number gives none."""
    person = registered(program)
    assert [] == program.get(f"{V1}/people/{person}/items").json["items"]
    assert 1 == facts.of(person).person.version


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"accepted": False}, 422),
        ({"version": 2}, 404),
        ({"version": True}, 422),
        ({"identifier": "no number at all"}, 422),
        ({"name": "Mary"}, 422),
        ({"language": "fr"}, 422),
    ],
)
def test_nobody_is_registered_on_less(program, change, status):
    """Not accepted, no such version, true for an integer, no number, more than is asked, a language we do not have."""
    before = EvidenceIntake.objects.count()
    answer = program.post(f"{V1}/people", {"version": 1, "language": "en", "accepted": True} | change)
    assert status == answer.status
    assert b"Mary" not in answer.body
    assert before == EvidenceIntake.objects.count()


def test_a_code_registers_and_then_finds(program, house, monkeypatch):
    """The first code makes an account, the next one finds it; a used one is worth nothing."""
    monkeypatch.setattr(codes, "digits", lambda _: "246810")
    wanted = {"version": 1, "language": "en", "accepted": True, "identifier": NUMBER}
    given = {"version": 1, "language": "en", "code": "246810"}
    people = []
    for status in (201, 200):
        sent = program.post(f"{V1}/people/codes", wanted)
        assert 202 == sent.status
        address = f"{V1}/people/codes/{sent.json['challenge']}"
        wrong = program.post(address, given | {"code": "135791"})
        assert (401, "code_refused") == (wrong.status, wrong.json["code"])
        answer = program.post(address, given)
        assert (status, status == 201) == (answer.status, answer.json["new"])
        people.append(answer.json["person"])
        assert 401 == program.post(address, given).status
    assert people[0] == people[1]


def test_ages_are_stated(program):
    """A child needs a guardian; both or neither of date and band are refused."""
    person = registered(program)
    born = date(date.today().year - 5, 3, 1).isoformat()
    answer = program.put(f"{V1}/people/{person}/age", {"birth_on": born})
    assert {"band": "child", "needs_guardian": True} == answer.json
    for body in (
        {},
        {"birth_on": born, "band": "adult"},
        {"birth_on": "2020-02-30"},
        {"birth_on": 0},
        {"band": "child"},
    ):
        assert 422 == program.put(f"{V1}/people/{person}/age", body).status


# --- items


def test_sealed_items_open_with_a_permit(program, person):
    """The program reads the value; the person reads who looked."""
    token = permit(program, person).json["permit"]
    opened = program.post(f"{V1}/people/{person}/open", {"permit": token})
    assert 200 == opened.status
    [item] = opened.json["items"]
    assert ("nickname", "Mimi", "profile") == (item["category"], item["value"], item["purpose"])
    [look] = vault.accesses(person)
    assert (ReaderKind.SERVICE, "profile") == (look.reader, look.purpose)


def test_a_permit_opens_once(program, person):
    """A replayed one is refused, and the refusal is recorded."""
    token = permit(program, person).json["permit"]
    assert 200 == program.post(f"{V1}/people/{person}/open", {"permit": token}).status
    before = EvidenceIntake.objects.count()
    again = program.post(f"{V1}/people/{person}/open", {"permit": token})
    assert (403, "permit_refused") == (again.status, again.json["code"])
    assert "spent" in again.json["detail"]
    assert 1 == EvidenceIntake.objects.count() - before
    assert 1 == len(vault.accesses(person))


def test_an_opening_commits_once(program, person):
    """Permit and look in one transaction: one statement begins, and inside the test none commits, but savepoints."""
    token = permit(program, person).json["permit"]
    with CaptureQueriesContext(connection) as seen:
        assert 200 == program.post(f"{V1}/people/{person}/open", {"permit": token}).status
    outermost = [one["sql"] for one in seen if one["sql"].startswith("SAVEPOINT")]
    assert 3 == len(outermost)  # the request's own, with the spending and the opening inside it


def test_a_permit_is_for_one_program_and_one_person(program, person, house):
    """Another key, another person's address, a changed letter, words: each is refused and opens nothing."""
    token = permit(program, person).json["permit"]
    other = registered(program)
    stranger = Program(django_alone(), key_for(house))
    tries = [
        (stranger, person, token, "another_caller"),
        (program, other, token, "another_person"),
        (program, person, token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "forged"),
        (program, person, "open sesame", "malformed"),
    ]
    for asking, about, text, why in tries:
        answer = asking.post(f"{V1}/people/{about}/open", {"permit": text})
        assert (403, True) == (answer.status, why in answer.json["detail"]), why
    assert 200 == program.post(f"{V1}/people/{person}/open", {"permit": token}).status


def test_a_permit_is_overtaken_by_the_facts(program, person):
    """A withdrawal after the permit stops the opening."""
    token = permit(program, person).json["permit"]
    said = {"topic": "purpose:profile", "action": "withdrawn", "method": "switch", "language": "en"}
    assert 201 == program.post(f"{V1}/people/{person}/consents", said).status
    answer = program.post(f"{V1}/people/{person}/open", {"permit": token})
    assert (403, "permit_refused") == (answer.status, answer.json["code"])
    denied = permit(program, person)
    assert (403, "denied") == (denied.status, denied.json["code"])
    assert "gate.consent_needed" in [reason["control"] for reason in denied.json["reasons"]]


def test_sealing_is_decided(program):
    """Without consent nothing is stored; the denial names clause and remedy."""
    person = registered(program)
    answer = seal(program, person, nickname="Mimi")
    assert (403, "denied") == (answer.status, answer.json["code"])
    assert "give_consent purpose:profile" in [reason["lifts"] for reason in answer.json["reasons"]]
    assert b"Mimi" not in answer.body
    assert [] == program.get(f"{V1}/people/{person}/items").json["items"]


@pytest.mark.parametrize(
    "values", [{}, {"nickname": 7}, {"nickname": ""}, {"nickname": None}, {"birthday": "soon"}, {"Nick Name": "x"}]
)
def test_a_value_that_does_not_fit_stores_nothing(program, person, values):
    """Wrong types and shapes are refused and not repeated."""
    before = len(program.get(f"{V1}/people/{person}/items").json["items"])
    answer = program.post(f"{V1}/people/{person}/items", {"purpose": "profile", "values": values})
    assert 422 == answer.status
    assert b"soon" not in answer.body
    assert before == len(program.get(f"{V1}/people/{person}/items").json["items"])


def test_a_key_sees_only_its_purposes(person, house):
    """Metadata of other purposes are not listed."""
    other = Program(django_alone(), key_for(house, "orders"))
    assert [] == other.get(f"{V1}/people/{person}/items").json["items"]
    assert 403 == permit(other, person).status
    assert 403 == seal(other, person, nickname="Momo").status


def test_disclosures_are_made_under_a_permit(program, house):
    """Without the recipient's papers no permit; with one the items are handed over, and the person sees it."""
    person = registered(program)
    values = {"device.id": "made-up-device", "device.network": "wifi", "device.model": "X1"}
    body = {"purpose": "safe-running", "values": values, "source": "device"}
    assert 201 == program.post(f"{V1}/people/{person}/items", body).status
    ask = {"act": "share", "purpose": "safe-running", "categories": ["device.id"], "recipient": "hosting"}
    refused = permit(program, person, **ask)
    assert (403, "denied") == (refused.status, refused.json["code"])
    house.agree("hosting")
    token = permit(program, person, **ask).json["permit"]
    made = program.post(f"{V1}/people/{person}/disclosures", {"permit": token})
    assert (201, "hosting", ["made-up-device"]) == (
        made.status, made.json["recipient"], [item["value"] for item in made.json["items"]],
    )  # fmt: skip
    [listed] = program.get(f"{V1}/people/{person}/disclosures").json["disclosures"]
    assert (made.json["disclosure"], "made", ["device.id"]) == (
        listed["disclosure"],
        listed["state"],
        listed["categories"],
    )
    again = program.post(f"{V1}/people/{person}/disclosures", {"permit": token})
    assert (403, "permit_refused") == (again.status, again.json["code"])


def test_a_permit_to_use_hands_nothing_over(program, person):
    """What a permit allows is written in it."""
    token = permit(program, person).json["permit"]
    answer = program.post(f"{V1}/people/{person}/disclosures", {"permit": token})
    assert (422, "bad_input") == (answer.status, answer.json["code"])
    assert [] == program.get(f"{V1}/people/{person}/disclosures").json["disclosures"]


# --- choices


def test_choices_are_given_withdrawn_and_refused(program, person):
    """Each leaves a receipt; the list shows how they stand."""
    said = {"topic": "purpose:profile", "action": "withdrawn", "method": "switch", "language": "zh-Hans"}
    receipt = program.post(f"{V1}/people/{person}/consents", said).json
    assert ("withdrawn", "zh-Hans", 32) == (receipt["action"], receipt["language"], len(receipt["salt"]))
    states = {one["topic"]: one["state"] for one in program.get(f"{V1}/people/{person}/consents").json["choices"]}
    assert "withdrawn" == states["purpose:profile"]
    again = program.post(f"{V1}/people/{person}/consents", said)
    assert (409, "conflict") == (again.status, again.json["code"])
    refusal = said | {"topic": "purpose:search", "action": "refused"}
    assert 201 == program.post(f"{V1}/people/{person}/consents", refusal).status


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"wording_sha256": None}, 422),
        ({"wording_sha256": "0" * 64}, 409),
        ({"method": "silence"}, 422),
        ({"method": "pre_ticked"}, 422),
        ({"topic": "purpose:nothing"}, 403),
        ({"topic": "told:you"}, 422),
        ({"topic": ["purpose:profile", "purpose:search"]}, 422),
        ({"actor": "guardian"}, 403),
        ({"action": "accepted"}, 422),
    ],
)
def test_a_consent_is_no_less_than_one(program, change, status):
    """No wording, another wording, silence, no such purpose, a bundle, a guardian who is none."""
    person = registered(program)
    choices = program.get(f"{V1}/people/{person}/consents").json["choices"]
    wording = next(one["wording_sha256"] for one in choices if one["topic"] == "purpose:profile")
    said = {"topic": "purpose:profile", "action": "given", "method": "switch", "language": "en"}
    answer = program.post(f"{V1}/people/{person}/consents", said | {"wording_sha256": wording} | change)
    assert status == answer.status, answer.body
    assert not facts.consented(person, "purpose:profile", SystemClock().now())


def test_device_permissions_are_granted_and_revoked(program, person):
    """As the device's dialog was answered."""
    body = {"permission": "camera", "granted": True, "language": "en"}
    assert "given" == program.post(f"{V1}/people/{person}/permissions", body).json["action"]
    assert "withdrawn" == program.post(f"{V1}/people/{person}/permissions", body | {"granted": False}).json["action"]
    assert 422 == program.post(f"{V1}/people/{person}/permissions", body | {"permission": "teleport"}).status


# --- requests


def test_requests_are_filed_followed_and_taken_back(program, person, house):
    """With a due date; another person's id leads nowhere."""
    right = "access"
    channel = house.policy.rights.requests[right].channels[0]
    filed = program.post(f"{V1}/people/{person}/requests", {"right": right, "channel": channel})
    assert (201, "received") == (filed.status, filed.json["state"])
    address = f"requests/{filed.json['id']}"
    assert filed.json == program.get(f"{V1}/people/{person}/{address}").json
    assert [filed.json] == program.get(f"{V1}/people/{person}/requests").json["requests"]
    other = registered(program)
    assert 404 == program.get(f"{V1}/people/{other}/{address}").status
    assert 404 == program.post(f"{V1}/people/{other}/{address}/take-back").status
    assert "taken_back" == program.post(f"{V1}/people/{person}/{address}/take-back").json["state"]
    assert 409 == program.post(f"{V1}/people/{person}/{address}/take-back").status


@pytest.mark.parametrize("body", [{"right": "revenge", "channel": "x"}, {"right": "access", "channel": "pigeon"}])
def test_requests_use_what_the_policy_offers(program, person, body):
    """Unknown rights and channels."""
    assert 422 == program.post(f"{V1}/people/{person}/requests", body).status


# --- the board, and what anyone may read


def test_the_board_is_read_with_its_evidence(program, person):
    """Before the first recomputation there is none; then every clause, and the entries behind one."""
    missing = program.get(f"{V1}/board")
    assert (404, "not_found") == (missing.status, missing.json["code"])
    assert 202 == program.post(f"{V1}/board").status
    while sequencer.drain():
        pass
    history.take(version=1, now=SystemClock().now())
    shown = program.get(f"{V1}/board")
    assert 200 == shown.status, shown.body
    board = shown.json
    assert sum(board["counts"].values()) == len(board["clauses"])
    clause = next(line["clause"] for line in board["clauses"] if line["status"] == "kept")
    page = program.get(f"{V1}/board/{clause}").json
    assert page["line"]["clause"] == clause
    assert page["evidence"]
    index = page["evidence"][0]["index"]
    assert all(one["index"] < index for one in program.get(f"{V1}/board/{clause}?before={index}").json["evidence"])
    assert 404 == program.get(f"{V1}/board/no.such.clause").status
    assert 422 == program.get(f"{V1}/board/{clause}?before=x").status


def test_anyone_reads_versions_and_notices(house):
    """Without a key, in both languages."""
    anyone = Program(django_alone())
    [version] = anyone.get(f"{V1}/versions").json["versions"]
    assert (1, True) == (version["version"], version["is_in_force"])
    english = anyone.get(f"{V1}/versions/1/notice")
    assert (200, "text/markdown; charset=utf-8") == (english.status, english.headers["Content-Type"])
    assert "隐私政策" in anyone.get(f"{V1}/versions/1/notice?language=zh-Hans").body.decode()
    assert 404 == anyone.get(f"{V1}/versions/9/notice").status
    assert 422 == anyone.get(f"{V1}/versions/x/notice").status


def test_anyone_reads_the_checkpoint(house, program, settings, tmp_path):
    """None before the log begins; then a signed note."""
    settings.UPHELD = settings.UPHELD | {"LOG_KEYS": tmp_path / "log-keys"}
    sequencer.make_log_key(name="test.example/log")
    anyone = Program(django_alone())
    assert 404 == anyone.get(f"{V1}/log/checkpoint").status
    registered(program)
    while sequencer.drain():
        pass
    sequencer.publish(now=house.now)
    note = anyone.get(f"{V1}/log/checkpoint")
    assert 200 == note.status
    assert "\n\n— " in note.body.decode()


# --- who may do what

NEEDS = {
    "api:people:register": [("POST", "people"), ("POST", "people/codes"), ("PUT", "people/{}/age")],
    "api:items:seal": [("POST", "people/{}/items")],
    "api:devices:link": [
        ("POST", "people/{}/devices"),
        ("GET", "people/{}/devices"),
        ("DELETE", "people/{}/devices/" + str(uuid4())),
    ],
    "api:telemetry:send": [("POST", "telemetry")],
    "api:telemetry:count": [("GET", "telemetry/counts")],
    "api:items:list": [("GET", "people/{}/items")],
    "api:items:open": [("POST", "people/{}/open")],
    "api:disclosures:make": [("POST", "people/{}/disclosures")],
    "api:disclosures:read": [("GET", "people/{}/disclosures")],
    "api:consents:read": [("GET", "people/{}/consents")],
    "api:consents:write": [("POST", "people/{}/consents"), ("POST", "people/{}/permissions")],
    "api:requests:file": [("POST", "people/{}/requests")],
    "api:requests:read": [("GET", "people/{}/requests")],
    "api:permits:take": [("POST", "permits")],
    "api:decisions:ask": [("POST", "decide")],
    "api:board:read": [("GET", "board"), ("POST", "board"), ("GET", "board/functions.account")],
}


def test_every_permission_of_programs_opens_something():
    """And nothing is opened by a permission that is not listed here."""
    assert {one.value for one in Permission if one.value.startswith("api:")} == set(NEEDS)


@pytest.mark.parametrize("needed", NEEDS)
def test_each_endpoint_needs_its_permission(house, needed):
    """Every other permission together is not enough; no key is less."""
    others = tuple(Permission(one) for one in NEEDS if one != needed)
    program = Program(django_alone(), key_for(house, permissions=others))
    for method, path in NEEDS[needed]:
        address = f"{V1}/{path.format(uuid4())}"
        answer = program.call(method, address, None if method == "GET" else {})
        assert (403, "forbidden") == (answer.status, answer.json["code"])
        assert 401 == Program(django_alone()).call(method, address).status


def test_people_of_nobody_are_not_found(program):
    """An id that nobody has is refused wherever it is written."""
    nobody = uuid4()
    assert 404 == program.get(f"{V1}/people/{nobody}/consents").status
    assert 404 == program.put(f"{V1}/people/{nobody}/age", {"band": "adult"}).status
    assert 404 == program.post(f"{V1}/people/{nobody}/requests", {"right": "access", "channel": "settings"}).status
    assert 403 == seal(program, nobody, nickname="x").status
    assert 422 == program.get(f"{V1}/people/me/items").status


def test_large_bodies_are_refused(program, person):
    """413 before they are read."""
    answer = program.post(f"{V1}/people/{person}/items", raw=b"{" + b" " * 1_100_000)
    assert (413, "too_large") == (answer.status, answer.json["code"])


def test_unknown_addresses_are_problems_too(program):
    """Also where no endpoint is."""
    answer = program.get(f"{V1}/nothing")
    assert (404, "application/problem+json") == (answer.status, answer.headers["Content-Type"])


def test_words_that_a_program_made_up_reach_no_evidence(program, person):
    """A purpose or category that the policy does not declare could be a person's name."""
    for ask in ({"categories": ["mary-smith"]}, {"categories": ["nickname", "mary-smith"]}):
        assert 403 == permit(program, person, **ask).status
    answer = program.post(
        f"{V1}/people/{person}/items", {"purpose": "profile", "values": {"mary-smith": "x"}, "ground": "mary-smith"}
    )
    assert 403 == answer.status
    written = b"".join(bytes(row.leaf) for row in EvidenceIntake.objects.all())
    assert b"undeclared" in written
    assert b"mary-smith" not in written
