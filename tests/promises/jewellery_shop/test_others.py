# SPDX-License-Identifier: Apache-2.0
"""The jewellery shop's promise about data of somebody else."""

import pytest

from tests.promises import trials_sources
from tests.promises.trials_sources import OTHERS


@pytest.mark.upholds("S3-035", control=OTHERS)
def test_somebody_elses_data_needs_a_declaration(house):
    """It is refused without the declaration that the other agreed; with it, the other finds it and the giver does not."""
    trials_sources.others_data_is_declared(house, "invite", "contacts.picked")
