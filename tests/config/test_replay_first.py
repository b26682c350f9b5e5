# SPDX-License-Identifier: Apache-2.0
"""A restored database serves nobody before its journal was replayed."""

import pytest

from upheld import controls
from upheld.storage import journal
from upheld.storage.journal import Standing

PAGES = ("/", "/policy", "/sign-in", "/console/", "/api/v1/versions")


@pytest.fixture
def restored(monkeypatch):
    """The journal says that the database is behind."""
    monkeypatch.setattr(journal, "standing", lambda: Standing.BEHIND)
    journal.look_again()
    yield
    journal.look_again()


@pytest.mark.parametrize("address", PAGES)
def test_no_page_answers_before_the_replay(restored, client, address):
    """Portal, console and API answer 503 alike; without the control they answer as ever."""
    assert client.get(address).status_code == 503
    with controls.without("storage.restore_revives_nothing"):
        assert client.get(address).status_code != 503


def test_the_operators_probes_still_answer(restored, client):
    """Who operates it can see that it lives and is not ready."""
    assert client.get("/healthz").status_code == 200
