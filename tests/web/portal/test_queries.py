# SPDX-License-Identifier: Apache-2.0
"""How much a page asks of the databases: no list asks once for each of its lines."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

MOST = {
    "/": 25, "/choices": 20, "/choices/history": 20, "/profile": 45, "/profile/profile": 20, "/my-data": 20,
    "/my-data/looks": 20, "/requests": 20, "/receipts": 20, "/account": 30,
}  # fmt: skip


@pytest.mark.parametrize("address", MOST)
def test_pages_ask_little(person, address):
    """A ceiling for each page, with some hundred choices and a few items."""
    person.agree("purpose:profile")
    person.fill("profile", nickname="Mimi", occupation="Baker")
    with CaptureQueriesContext(connections["default"]) as asked:
        person.get(address)
    assert len(asked) <= MOST[address]
