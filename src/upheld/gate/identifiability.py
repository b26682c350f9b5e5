# SPDX-License-Identifier: Apache-2.0
"""Whether some data is about an identifiable person, as a policy's categories say (PIPL art. 4; GDPR recital 26).

Data is *joined* while it lies beside something that points to a person: an account, a number, a persistent identifier
of a device. It is personal for as long as the join lasts, and is what it was before when the join ends.
"""

from collections.abc import Collection

from upheld.policy import Policy
from upheld.policy.model.data import Category, Identifies, Value


def is_personal(policy: Policy, categories: Collection[str], *, joined: bool) -> bool:
    """Say whether values of these categories, held together, are personal data.

    Args:
        policy: what declares the categories; one that it does not declare counts as pointing to a person.
        categories: ids of the categories held together.
        joined: whether they are joined with something that points to a person.

    >>> from types import SimpleNamespace
    >>> def one(identifies):
    ...     return SimpleNamespace(identifies=identifies, value=Value.RECORD, resettable=None)
    >>> three = {"phone": one(Identifies.ALONE), "model": one(Identifies.NEVER), "log": one(Identifies.WHEN_COMBINED)}
    >>> policy = SimpleNamespace(categories=three)
    >>> [is_personal(policy, [name], joined=False) for name in three]
    [True, False, False]
    >>> is_personal(policy, ["model"], joined=True)
    True
    """
    if not categories:
        return False
    known = [policy.categories.get(name) for name in categories]
    if joined or any(category is None or points_to_someone(category) for category in known):
        return True
    return sum(category is not None and category.identifies is Identifies.WHEN_COMBINED for category in known) > 1


def points_to_someone(category: Category) -> bool:
    """Say whether a value of a category points to a person by itself.

    An identifier that a person cannot set anew finds the same device again, so it points to its person even alone.
    """
    if category.identifies is Identifies.ALONE:
        return True
    stays = category.value is Value.IDENTIFIER and category.resettable is not True
    return stays and category.identifies is not Identifies.NEVER
