# SPDX-License-Identifier: Apache-2.0
"""Each policy's claims run in a house where that policy is published."""

import pytest

from tests.houses import House


@pytest.fixture
def house(request, db) -> House:
    """The policy of the folder that the test lies in."""
    return House(request.path.parent.name.replace("_", "-"))
