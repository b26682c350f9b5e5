# SPDX-License-Identifier: Apache-2.0
"""A published policy and a way to make people."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from upheld.crypto.randomness import uuid7
from upheld.facts import service, world_service
from upheld.terms import AgeBand, DataSubjectId

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
BABY = (ROOT / "policies" / "baby-device.yaml").read_bytes()


@pytest.fixture
def version() -> int:
    """The baby-device policy, in force."""
    with transaction.atomic():
        return world_service.publish_version(BABY, effective_at=datetime(2026, 2, 5, tzinfo=UTC), now=NOW)


@pytest.fixture
def adult(version: int) -> Callable[[], DataSubjectId]:
    """Makes an adult who read the notice."""

    def make() -> DataSubjectId:
        subject = DataSubjectId(uuid7(NOW))
        with transaction.atomic():
            service.admit(subject, version, NOW)
            service.tell(subject, NOW)
            service.state_age(subject, AgeBand.ADULT, NOW)
        return subject

    return make
