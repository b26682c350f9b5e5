# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promise about data of somebody else."""

import pytest

from tests.promises import trials_sources
from tests.promises.trials_sources import OTHERS


@pytest.mark.upholds("S4-043", control=OTHERS)
def test_somebody_elses_data_needs_a_declaration(house):
    """It is refused without the declaration that the other agreed; with it, the other finds it and the giver does not."""
    trials_sources.others_data_is_declared(house, "family-invite", "other-phone")


@pytest.mark.upholds("S4-043", control=OTHERS)
def test_whoever_types_it_in_ticks_a_declaration(person):
    """The portal stores nothing about somebody else from a form whose box was left unticked."""
    trials_sources.others_data_is_declared_on_the_page(person, "family-invite", "other-phone")
