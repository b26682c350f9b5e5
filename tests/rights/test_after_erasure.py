# SPDX-License-Identifier: Apache-2.0
"""Of a person who was erased nothing new begins."""

import pytest

from tests.houses import STAFF, House
from upheld.errors import NotFound
from upheld.keys import service as keys
from upheld.retention import erasing
from upheld.retention.values import Because
from upheld.rights import queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import Filing
from upheld.terms import Right
from upheld.vault import listing
from upheld.vault.values import Reader, ReaderKind, StaffReason


def test_no_request_and_no_key_of_an_erased_person_is_made_anew(db):
    """A program that goes on filing requests for someone who was erased is told that there is no such person."""
    house = House("baby-device")
    mei = house.person()
    filing = Filing(data_subject_id=mei, right=Right.COMPLAINT, channel="support-chat", statement="In my own words.")
    service.file(filing=filing, now=house.now)
    erasing.begin(data_subject_id=mei, because=Because.REQUEST, now=house.now)
    house.work()
    assert all(place.is_destroyed for place in keys.places(data_subject_id=mei))
    with pytest.raises(NotFound):
        service.file(filing=filing, now=house.now)
    assert len(queries.of(mei)) == 1
    assert all(place.is_destroyed for place in keys.places(data_subject_id=mei))


def test_an_answer_to_an_erased_person_is_kept_nowhere(db):
    """A request that was open when its person was erased can be ended; what staff write of them is not sealed anew."""
    house = House("baby-device")
    mei = house.person()
    words = "In my own words."
    filing = Filing(
        data_subject_id=mei, right=Right.COMPLAINT, channel="support-chat", statement=words, verified_by="signed-in"
    )
    request = service.file(filing=filing, now=house.now)
    erasing.begin(data_subject_id=mei, because=Because.REQUEST, now=house.now)
    house.work()
    assert service.answer(request_id=request.id, text="Dear Mei.", now=house.now).state is RequestState.ANSWERED
    assert all(place.is_destroyed for place in keys.places(data_subject_id=mei))


def test_a_look_at_an_erased_person_leaves_no_words(db):
    """Who looks at a request whose person was erased leaves evidence, and no reason in words under a new key."""
    house = House("baby-device")
    mei = house.person()
    erasing.begin(data_subject_id=mei, because=Because.REQUEST, now=house.now)
    house.work()
    by = Reader(kind=ReaderKind.STAFF, id=STAFF, reason_code=StaffReason.REQUEST.value, case="R-1", reason="Mei rang.")
    listing.begin_look(data_subject_id=mei, purpose="right.complaint", now=house.now, by=by)
    assert all(place.is_destroyed for place in keys.places(data_subject_id=mei))
