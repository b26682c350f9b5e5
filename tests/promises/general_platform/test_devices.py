# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about visits: summaries that lead to nobody, and nobody's path."""

import pytest

from tests.promises import trials_devices as trials


@pytest.mark.upholds("S0-024", control="devices.unlinked_identifies_nobody")
def test_visits_are_told_in_a_form_that_leads_to_nobody(house):
    """A summary with an account, a device or a network identifier is refused; one without is kept."""
    trials.nobodys_data_points_to_nobody(house, "browse", "visit.summary", "network.ip", "device.id", "phone")


@pytest.mark.upholds("S0-025", control="devices.counts_grouped")
def test_visits_are_counted_over_groups_and_no_path_is_left(house):
    """After the day there are counts of ten and more, and no way back to one visitor."""
    trials.only_groups_are_counted(house, "browse", "visit.summary")
