# SPDX-License-Identifier: Apache-2.0
"""The baby device's promise about what its policy covers."""

import pytest

from tests.promises.scope import every_answer_names_the_policy


@pytest.mark.upholds("S4-002", control="web.policy_named")
def test_every_endpoint_of_the_app_stands_under_the_policy(street, settings):
    """Whatever the app answers, at whatever address, names the one policy, which says that it covers the app."""
    every_answer_names_the_policy(street, settings)
