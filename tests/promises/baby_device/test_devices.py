# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about what devices send while nobody is signed in on them."""

import pytest

from tests.promises import trials_devices as trials


@pytest.mark.upholds("S4-066", control="devices.unlinked_identifies_nobody")
def test_device_data_counts_as_nobodys_only_alone(house):
    """Model and network are nobody's by themselves; an identifier beside them or in them is never kept."""
    trials.nobodys_data_points_to_nobody(house, "safe-running", "device.model", "device.id", "phone")
