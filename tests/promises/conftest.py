# SPDX-License-Identifier: Apache-2.0
"""Each policy's claims run in a house where that policy is published."""

from collections.abc import Iterator

import pytest

from tests.houses import House
from tests.web.portal.road import Browser, Street
from upheld.messages import transports
from upheld.storage.sequencer import make_log_key


@pytest.fixture
def house(request, db) -> House:
    """The policy of the folder that the test lies in."""
    return House(request.path.parent.name.replace("_", "-"))


@pytest.fixture
def street(request, db, monkeypatch, settings) -> Iterator[Street]:
    """The same policy behind a portal, for promises about what people are shown."""
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    make_log_key()
    yield Street(monkeypatch, request.path.parent.name.replace("_", "-"))
    transports.wire({})


@pytest.fixture
def person(street) -> Browser:
    """A grown-up who registered."""
    return street.browser().register()
