# SPDX-License-Identifier: Apache-2.0
"""Staff see the machine run: keys of programs, messages, the evidence log, jobs."""

import re
from datetime import timedelta

from tests.people.conftest import Phones, begun
from tests.web.console.conftest import at_desk, house  # noqa: F401 - fixtures
from upheld.config import wiring
from upheld.messages import transports
from upheld.people import api_keys
from upheld.people.permissions import Role
from upheld.storage import deployment, sequencer
from upheld.storage.jobs.models import JobRun, JobStatus
from upheld.crypto.randomness import uuid7

TERMS = {
    "name": "Order system",
    "permissions": ["api:decisions:ask"],
    "purposes": ["orders"],
    "acts": ["use"],
    "networks": "192.0.2.0/24, 198.51.100.7/32",
    "people_an_hour": "50",
    "days": "30",
}


def test_a_key_is_shown_once(house, at_desk):
    """Issued on typed terms, shown once, rotated with an overlap, ended at once."""
    client = at_desk(Role.ENGINEER)
    wrong = client.post("/console/keys/issue/", TERMS | {"networks": "anywhere"})
    assert 422 == wrong.status_code and "Order system" in wrong.content.decode()
    shown = client.post("/console/keys/issue/", TERMS).content.decode()
    (text,) = set(re.findall(r"upk_[0-9a-f]{32}_[\w-]+", shown))
    scope = api_keys.authenticate(header=f"Bearer {text}", address="192.0.2.5", now=house.now)
    assert {"orders"} == scope.purposes
    listed = client.get("/console/keys/").content.decode()
    assert "Order system" in listed and text not in listed
    client.post(f"/console/keys/{scope.key_id}/rotate/")
    client.post(f"/console/keys/{scope.key_id}/end/")
    states = [one.ended_at is None for one in api_keys.keys_issued()]
    assert [True, False] == states


def test_words_are_shown_in_a_demonstration_alone(house, at_desk, monkeypatch):
    """In a product staff see that a code was sent; in a demo, officers see the code."""
    Phones()
    begun("138 0013 8000", at=house.now, version=house.version)
    client = at_desk(Role.OFFICER)
    page = client.get("/console/messages/").content.decode()
    assert "Code to sign in" in page and "8613800138000" not in page
    transports.wire(transports.demo())
    house.work()
    monkeypatch.setattr(wiring, "_demo", True)
    deployment.mark(deployment.DeploymentKind.DEMO, now=house.now)
    page = client.get("/console/messages/").content.decode()
    assert re.search(r"\b\d{6}\b is your|验证码 \d{6}", page)
    assert not re.search(r"验证码 \d{6}", at_desk(Role.SUPPORT).get("/console/messages/").content.decode())
    transports.wire({})


def test_a_product_never_shows_words(house, at_desk, monkeypatch):
    """Even if a process believed itself a demo, the database says what it was made for."""
    Phones()
    begun("138 0013 8000", at=house.now, version=house.version)
    monkeypatch.setattr(wiring, "_demo", True)
    deployment.mark(deployment.DeploymentKind.PRODUCT, now=house.now)
    assert 403 == at_desk(Role.OFFICER).get("/console/messages/").status_code
    transports.wire({})


def test_the_log_says_how_far_it_is(house, at_desk):
    """Head and lag are shown; comparing rows and log finds them in step, and names what is missing."""
    client = at_desk(Role.AUDITOR)
    assert "waits for its index" in client.get("/console/log/").content.decode()
    while sequencer.drain():
        pass
    assert "agree, in both directions" in client.post("/console/log/reconcile/").content.decode()
    from upheld.storage.ledger_models import LedgerEntry

    LedgerEntry.objects.order_by("-index").first().delete()
    assert "entry_missing" in client.post("/console/log/reconcile/").content.decode()


def test_jobs_in_trouble_are_seen_and_revived(house, at_desk):
    """A job laid aside, and one that waits too long, stand on the page; an engineer lets the first try again."""
    common = {"arguments": {}, "state": {}, "created_at": house.now, "kind": "retention.sweep", "step": "start"}
    dead = JobRun.objects.create(
        id=uuid7(house.now),
        key="a",
        status=JobStatus.DEAD,
        run_at=house.now,
        attempts=8,
        last_error="unavailable",
        **common,
    )
    JobRun.objects.create(
        id=uuid7(house.now), key="b", status=JobStatus.READY, run_at=house.now - timedelta(hours=1), **common
    )
    client = at_desk(Role.ENGINEER)
    page = client.get("/console/jobs/").content.decode()
    assert "Stopped after too many tries" in page and "unavailable" in page and "upheld work" in page
    assert "1 laid aside, 1 late" in client.get("/console/").content.decode()
    assert 403 == at_desk(Role.AUDITOR).post(f"/console/jobs/{dead.id}/revive/").status_code
    client.post(f"/console/jobs/{dead.id}/revive/")
    dead.refresh_from_db()
    assert JobStatus.READY == dead.status
