# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's directory of recipients."""

import pytest

from tests.promises import trials
from tests.promises.trials import claim

DECLARED = "gate.recipient_declared"


@pytest.mark.parametrize(
    ("recipient", "purpose", "other"),
    [
        claim("S4-054", "glide", "posts", "statistics", control=DECLARED),
        claim("S4-055", "jiguang-push", "push-messages", "statistics", control=DECLARED),
        claim("S4-056", "umeng", "statistics", "push-messages", control=DECLARED),
        claim("S4-057", "wechat", "third-party-login", "statistics", control=DECLARED),
        claim("S4-058", "bugly", "fault-reports", "statistics", control=DECLARED),
        claim("S4-059", "facebook", "third-party-login", "statistics", control=DECLARED),
        claim("S4-060", "amap", "map", "statistics", control=DECLARED),
        claim("S4-061", "google-maps", "map", "statistics", control=DECLARED),
        claim("S4-109", "affiliate", "affiliate-link", "statistics", control=DECLARED),
        claim("S4-119", "hosting", "safe-running", "statistics", control=DECLARED),
    ],
)
def test_a_recipient_takes_no_more_than_its_row_and_for_no_other_end(house, recipient, purpose, other):
    """A component runs for its declared purpose alone and gets no undeclared field."""
    trials.recipient_takes_only_its_row(house, recipient, purpose, other)
