# SPDX-License-Identifier: Apache-2.0
"""Device and log data is personal when it points to someone, and while it is joined with something that does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.conftest import NAMES, rulebook
from upheld.gate.identifiability import is_personal, points_to_someone
from upheld.policy.model.data import Identifies, Value


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_more_data_or_a_join_never_makes_it_less_personal(name, data):
    """Whatever is personal stays so with more beside it, or joined; nothing at all is nobody's."""
    policy = rulebook(name).policy
    some = data.draw(st.sets(st.sampled_from(sorted(policy.categories)), min_size=1))
    more = some | data.draw(st.sets(st.sampled_from(sorted(policy.categories))))
    alone = is_personal(policy, some, joined=False)
    assert is_personal(policy, more, joined=False) or not alone
    assert is_personal(policy, some, joined=True)
    assert not is_personal(policy, (), joined=True)
    assert is_personal(policy, {*some, "unheard-of"}, joined=False)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_called_impersonal_points_to_anyone(name):
    """What is not personal by itself is no account, no number and no persistent identifier."""
    policy = rulebook(name).policy
    impersonal = [one for one in policy.categories if not is_personal(policy, [one], joined=False)]
    kept = {one for one in impersonal if policy.categories[one].value is Value.IDENTIFIER}
    assert all(
        policy.categories[one].identifies is Identifies.NEVER or policy.categories[one].resettable for one in kept
    )
    assert not any(policy.categories[one].identifies is Identifies.ALONE for one in impersonal)


def test_an_identifier_that_can_be_set_anew_does_not_point_by_itself():
    """A resettable identifier points to nobody alone; the same one that stays does."""
    device = rulebook().policy.categories["device.id"]
    assert points_to_someone(device.model_copy(update={"resettable": False}))
    assert points_to_someone(device.model_copy(update={"resettable": None}))
    assert not points_to_someone(device.model_copy(update={"resettable": True}))
