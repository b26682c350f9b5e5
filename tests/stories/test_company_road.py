# SPDX-License-Identifier: Apache-2.0
"""A company's road over REST: the client of the how-to, against a real server with real databases."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from upheld.places import POLICIES

ROOT = POLICIES.parent
CLIENT = ROOT / "docs" / "how-to" / "client.py"
ISSUE = """
import sys
from datetime import timedelta
from upheld.cli import house
house.open_house()
from upheld.clock import SystemClock
from upheld.people import api_keys
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission
from upheld.terms import Act
from upheld.facts import world_service
from upheld.consent.events import ConsentEvent
from upheld.storage.acts import act
from upheld.places import POLICIES
now = SystemClock().now()
with act() as acting:
    world_service.publish_version((POLICIES / "baby-device.yaml").read_bytes(), effective_at=now, now=now)
    acting.record(ConsentEvent.ASKED, now=now, subject=None, clause=None, control=None, facts={})
print(api_keys.issue(now=now, terms=Terms(
    name="story", purposes=("account", "profile", "search"), acts=(Act.USE, Act.COLLECT),
    permissions=tuple(one for one in Permission if one.value.startswith("api:")),
    networks=("127.0.0.0/8",), people_an_hour=50, life=timedelta(days=1))).text)
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A deployment of its own on SQLite, set up by the commands of an operator and served by two processes."""
    home = tmp_path_factory.mktemp("company")
    home.chmod(0o700)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    environ |= {"UPHELD_HOME": str(home), "UPHELD_INSECURE_LOOPBACK": "1", "PYTHONPATH": str(ROOT / "src")}
    run = [sys.executable, "-m", "upheld"]
    subprocess.run([*run, "setup"], env=environ, check=True, stdout=subprocess.DEVNULL)
    issued = subprocess.run([sys.executable, "-c", ISSUE], env=environ, check=True, stdout=subprocess.PIPE, text=True)
    port = free_port()
    process = subprocess.Popen([*run, "serve", "--port", str(port)], env=environ, cwd=home)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}", issued.stdout.strip()
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if b" 200 " in probe.recv(200):
                return
        time.sleep(0.1)
    raise AssertionError("upheld serve did not get ready within a minute")


def raw(url: str, request: bytes) -> bytes:
    """Send bytes and return the beginning of the answer."""
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as link:
        link.sendall(request)
        return link.recv(4096)


def test_a_program_of_a_hundred_lines_goes_the_whole_road(served):
    """It registers, asks, seals, opens, withdraws, is refused and files a request, with nothing but the library."""
    url, key = served
    assert len(CLIENT.read_text().splitlines()) <= 100
    environ = {"UPHELD_URL": url, "UPHELD_KEY": key, "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, str(CLIENT)], env=environ, check=True, stdout=subprocess.PIPE, text=True)
    seen = json.loads(done.stdout)
    assert (False, "give_consent purpose:profile", True) == (seen["before"], seen["lifts"], seen["after"])
    assert ("Mimi", ["functions.profile"], "received") == (seen["opened"], seen["refusal"], seen["request"])
    assert seen["due_at"]
    assert "Mimi" not in json.dumps(seen["held"])
    assert ["nickname"] == [item["category"] for item in seen["held"]["items"]]


def test_a_refusal_reaches_the_program_as_a_problem(served):
    """The client raises it with its stable code."""
    spec = importlib.util.spec_from_file_location("client", CLIENT)
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    with pytest.raises(client.Refused) as refused:
        client.Upheld(served[0], "upk_0_0").get("/board")
    assert "key_refused" == refused.value.problem["code"]


def test_ten_megabytes_are_refused_by_their_announced_length(served):
    """The answer is 413 from both shells, and the server lives on."""
    url, key = served
    for path in ("decide", "permits"):
        head = f"POST /api/v1/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {10 * 1024 * 1024}\r\n\r\n"
        answer = raw(url, head.encode() + b" " * 1024)  # the rest never comes: nobody waits for it
        assert answer.startswith(b"HTTP/1.1 413 "), answer[:60]
    assert b" 200 " in raw(url, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")


def test_withdrawals_are_seen_by_every_process_at_once(served):
    """A hundred turns of yes and no over two processes; each ask on a new connection."""
    spec = importlib.util.spec_from_file_location("client", CLIENT)
    client = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(client)
    api = client.Upheld(*served)
    person = api.post("/people", {"version": 1, "language": "en", "accepted": True})["person"]
    api.call("PUT", f"/people/{person}/age", {"band": "adult"})
    about = {"act": "use", "purpose": "profile", "categories": ["nickname"], "person": person}
    for _ in range(10):
        client.give(api, person, "purpose:profile")
        assert [True] * 5 == [api.post("/decide", about)["allowed"] for _ in range(5)]
        said = {"topic": "purpose:profile", "action": "withdrawn", "method": "switch", "language": "en"}
        api.post(f"/people/{person}/consents", said)
        assert [False] * 5 == [api.post("/decide", about)["allowed"] for _ in range(5)]
