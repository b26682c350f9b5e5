# SPDX-License-Identifier: Apache-2.0
"""The written-out read finds what the query builder finds."""

from contextlib import nullcontext
from datetime import timedelta
from itertools import product

import pytest

from tests.vault import world
from tests.vault.world import NOW, collecting
from upheld import controls
from upheld.vault import hot, reading, service
from upheld.vault.values import Reader, Selection


def _put(who, purpose, now, **values):
    return service.collect(ask=collecting(purpose, *values), data_subject_id=who, values=values, now=now)


@pytest.mark.parametrize("expiring", [True, False])
def test_it_reads_what_may_be_read_and_nothing_else(db, expiring):
    """Superseded, expired, restricted and other people's rows stay out, in the same order, on every database."""
    world.publish()
    who = world.grown("purpose:profile", "purpose:local-content", "permission:location")
    other = world.grown("purpose:profile")
    for day in range(3):
        made = _put(who, "profile", NOW + timedelta(days=day), nickname=f"Mimi {day}", occupation="baker")
        _put(who, "local-content", NOW + timedelta(days=day), **{"location.coarse": "Shanghai"})
        _put(other, "profile", NOW, nickname="Momo")
    service.correct(
        data_subject_id=who, item_id=made.items[0].item_id, value="Mi", now=NOW + timedelta(days=3), by=Reader(id=who)
    )
    restricted = Selection(categories=frozenset({"occupation"}))
    service.restrict_items(data_subject_id=who, selection=restricted, now=NOW)
    moments = (NOW + timedelta(days=4), NOW + timedelta(days=32))
    choices = (None, [], ["nickname"], ["location.coarse", "occupation", "nothing"])
    with nullcontext() if expiring else controls.without("vault.expiry_at_read"):
        for now, wanted, restricted_too, limit in product(moments, choices, (True, False), (2, 50)):
            expected = reading.readable(who, now=now)
            if wanted is not None:
                expected = expected.filter(category__in=wanted)
            if not restricted_too:
                expected = expected.filter(restricted_at=None)
            found = hot.readable_rows(who, wanted, now=now, with_restricted=restricted_too, limit=limit)
            assert [row.id for row in expected[:limit]] == [row.id for row in found]
            assert [row.expires_at for row in expected[:limit]] == [row.expires_at for row in found]
