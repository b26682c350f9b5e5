# SPDX-License-Identifier: Apache-2.0
"""A house with a published policy, whose clock is the console's too; staff of every role."""

import pytest

from tests.houses import House
from tests.web.console.desks import joined, signed_in
from upheld.config import wiring
from upheld.people.permissions import Role


@pytest.fixture
def house(monkeypatch) -> House:
    house = House("baby-device")
    monkeypatch.setattr(wiring, "_policy", house.clock)
    return house


@pytest.fixture
def at_desk(house):
    """Return a maker of signed-in browsers by role."""
    known = {}

    def make(role: Role = Role.OFFICER):
        if role not in known:
            known[role] = signed_in(joined(role, now=house.now))
        return known[role]

    return make
