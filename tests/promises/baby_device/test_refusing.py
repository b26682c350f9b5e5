# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises that a refusal costs nothing else."""

import pytest

from tests.promises import trials
from tests.promises.trials import claim

ALONE = "policy.basic_stands_alone"
BROWSE = ("browse", "log.usage")
BUY = ("orders", "orders")


@pytest.mark.parametrize(
    ("refused", "needed"),
    [
        claim("S4-024", "local-content", (BROWSE, BUY), control=ALONE),
        claim("S4-028", "human-check", (BROWSE, BUY), control=ALONE),
        claim("S4-035", "third-party-login", (BROWSE, ("account", "phone")), control=ALONE),
        claim("S4-037", "profile", (BROWSE, BUY), control=ALONE),
        claim("S4-072", "affiliate-link", (BROWSE, BUY), control=ALONE),
        claim("S4-074", "identity-check", (BROWSE, BUY), control=ALONE),
    ],
)
def test_refusing_one_thing_leaves_the_basic_ones_whole(house, refused, needed):
    """Who refuses an optional function still browses and buys, and no version may make that wait for a consent."""
    trials.basic_stands_alone(house, refused, *needed)
