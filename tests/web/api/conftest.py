# SPDX-License-Identifier: Apache-2.0
"""A house, and a program that calls it."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.web.api.calling import SHELLS, Program, django_alone, house_now, key_for


@pytest.fixture(autouse=True)
def _one_connection():
    """Let requests leave the test's own connections alone, as Django's test client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.ROOT_URLCONF = "tests.web.api.urls"


@pytest.fixture
def house():
    return house_now()


@pytest.fixture
def program(house):
    return Program(django_alone(), key_for(house))


@pytest.fixture(params=sorted(SHELLS))
def shell(request):
    """Each of the two shells of `decide` in turn."""
    return SHELLS[request.param]()


@pytest.fixture
def asker(shell, house):
    return Program(shell, key_for(house))
