# SPDX-License-Identifier: Apache-2.0
"""The street that portal tests walk on."""

import pytest

from tests.web.portal.road import Street
from upheld.messages import transports
from upheld.storage.sequencer import make_log_key


@pytest.fixture
def street(db, monkeypatch, settings):
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    make_log_key()
    yield Street(monkeypatch)
    transports.wire({})


@pytest.fixture
def person(street):
    return street.browser().register()
