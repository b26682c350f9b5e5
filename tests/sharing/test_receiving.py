# SPDX-License-Identifier: Apache-2.0
"""Sources' papers are kept and can be ended; a successor is bound with a lead, and everyone is told of it."""

from datetime import timedelta

import pytest

from tests.houses import STAFF, House
from tests.promises.trials import controls_of
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import queries as facts
from upheld.gate import Permit
from upheld.messages import queries as notes
from upheld.sharing import service as sharing
from upheld.sharing import sources, succeeding
from upheld.sharing.values import SourcePaperKind
from upheld.storage import journal
from upheld.terms import Act, Language

LAWFUL, BOUND = "gate.source_lawful", "gate.successor_bound"


@pytest.fixture
def house(db):
    return House("general-platform")


def file_paper(house, kind=SourcePaperKind.AGREEMENT, *, source="affiliates", days=30, **more):
    given = {"starts_at": house.now, "until": house.now + timedelta(days=days), "document_sha256": "a" * 64}
    return sharing.record_source_paper(source=source, kind=kind, signed_by=STAFF, now=house.now, **(given | more))


def standing(house, source="affiliates"):
    return next(row for row in sources.sources(language=Language.EN, now=house.now) if row.source == source)


def answer(house, person):
    return house.decide(person, Act.COLLECT, "joined-profile", "affiliate.profile", source="affiliates")


@pytest.fixture
def person(house):
    return house.person("purpose:joined-profile", "source:affiliates")


def test_a_paper_is_on_file_and_counted_until_it_is_ended(house, person):
    """It is listed with who answers for it; ended, the source gives nothing, and the list says what is missing."""
    assert LAWFUL in controls_of(answer(house, person))
    held = file_paper(house)
    assert [held] == sources.source_papers("affiliates")
    assert held.signed_by == STAFF and held.is_in_force(house.now)
    assert standing(house).may_give and isinstance(answer(house, person), Permit)
    ended = sharing.end_source_paper(paper_id=held.paper_id, staff_id=STAFF, now=house.now)
    assert not ended.is_in_force(house.now)
    assert SourcePaperKind.AGREEMENT in standing(house).lacks_papers and not standing(house).may_give
    assert LAWFUL in controls_of(answer(house, person))
    with pytest.raises(Conflict):
        sharing.end_source_paper(paper_id=held.paper_id, staff_id=STAFF, now=house.now)


def test_ending_one_paper_leaves_another_that_holds(house, person):
    """Of two agreements that hold, ending one lets the gate count the other."""
    first, second = file_paper(house, days=90), file_paper(house, days=10)
    sharing.end_source_paper(paper_id=second.paper_id, staff_id=STAFF, now=house.now)
    assert isinstance(answer(house.later(days=20), person), Permit)
    sharing.end_source_paper(paper_id=first.paper_id, staff_id=STAFF, now=house.now)
    assert LAWFUL in controls_of(answer(house, person))


def test_a_restored_paper_stays_ended(house, person):
    """What the journal holds ends a paper again that an old copy of the database brought back."""
    held = file_paper(house)
    sharing.end_source_paper(paper_id=held.paper_id, staff_id=STAFF, now=house.now)
    from upheld.sharing import receiving
    from upheld.sharing.models import SourcePaper

    SourcePaper.objects.filter(id=held.paper_id).update(until=None)
    receiving._end_again({"paper": str(held.paper_id)}, house.now)
    assert not sources.source_papers("affiliates")[0].is_in_force(house.now)
    assert receiving.ENDED in journal._replayers


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [({"source": "nobody"}, NotFound), ({"days": -1}, BadInput), ({"document_sha256": "A" * 64}, BadInput)],
)
def test_what_is_no_paper_is_refused(house, wrong, refused):
    """An unknown source, an end before the beginning, no digest; the same with nothing wrong is put on file."""
    with pytest.raises(refused):
        file_paper(house, **wrong)
    assert file_paper(house)


def bind(house, *, days=31, **more):
    given = {"name": "New House Ltd", "contact": "hello@new.example", "until": None, "document_sha256": "b" * 64}
    starts = house.now + timedelta(days=days)
    return sharing.bind_successor(starts_at=starts, signed_by=STAFF, now=house.now, **(given | more))


def transfer(house, person):
    return house.decide(person, Act.TRANSFER, "account", "phone", recipient="successor")


def test_a_successor_is_bound_and_everyone_is_told_before(house):
    """Until the lead is over nothing goes there; then it may. Everyone served reads who it is, once."""
    people = [house.person() for _ in range(succeeding.PEOPLE_A_STEP + 1)]
    held = bind(house)
    assert BOUND in controls_of(transfer(house, people[0]))
    house.work()
    for person in people:
        [note] = [one for one in notes.notes(data_subject_id=person, now=house.now) if "New House Ltd" in one.body]
        assert "hello@new.example" in note.body
    assert sources.successor_announced(house.now) == held
    assert BOUND not in controls_of(transfer(house.later(days=31), people[0]))
    sharing.release_successor(paper_id=held.paper_id, staff_id=STAFF, now=house.now)
    assert BOUND in controls_of(transfer(house, people[0]))
    assert sources.successor_announced(house.now) is None


def test_a_successor_is_bound_only_with_the_lead_and_only_one(house):
    """A day earlier than the policy's lead is refused, and so is a second while one is bound."""
    for wrong in ({"days": 29}, {"name": " "}, {"contact": ""}, {"document_sha256": "x"}):
        with pytest.raises(BadInput):
            bind(house, **wrong)
    bind(house)
    with pytest.raises(Conflict):
        bind(house)
    assert facts.world().successor[0] > house.now.timestamp()
