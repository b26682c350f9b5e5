# SPDX-License-Identifier: Apache-2.0
"""What every test may rely on."""

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("house")

PURE = {"calendars", "crypto", "docs", "gate", "ledger", "policies", "policy", "vectors"}
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test of a room with tables all three databases."""
    for item in items:
        try:
            room = item.path.relative_to(HERE).parts[0]
        except ValueError:
            continue
        if room not in PURE and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))
