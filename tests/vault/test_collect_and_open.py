# SPDX-License-Identifier: Apache-2.0
"""The doorway: values go in and come out only as the policy and the person allow."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.vault import world
from tests.vault.world import NOW, collecting, using
from upheld import controls
from upheld.crypto.faults import SealBroken
from upheld.errors import BadInput, NotFound
from upheld.facts import service as facts
from upheld.gate import Ask, Denied
from upheld.storage.acts import act
from upheld.terms import Act, Actor
from upheld.vault import queries, service
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import Reader, ReaderKind


@pytest.fixture
def subject(db):
    world.publish()
    return world.grown("purpose:profile", "purpose:local-content", "permission:camera", "permission:location")


def put(subject, **values):
    names = {"coarse": "location.coarse"}
    values = {names.get(name, name): value for name, value in values.items()}
    purpose = "local-content" if "location.coarse" in values else "profile"
    return service.collect(ask=collecting(purpose, *values), data_subject_id=subject, values=values, now=NOW)


def look(subject, *, now=NOW, categories=("nickname",), by=None):
    return service.open_items(
        ask=using("profile", *categories), data_subject_id=subject, now=now, by=by or Reader(id=subject)
    )


def test_what_was_collected_can_be_opened_for_its_purpose(subject):
    """A nickname given for the profile is there when the profile needs it, and nowhere in clear."""
    made = put(subject, nickname="Mimi", gender="female")
    assert look(subject)["nickname"].value == "Mimi"
    assert {item.clause for item in made.items} == {"storage.account"}
    assert b"Mimi" not in b"".join(bytes(row.sealed) for row in SealedItem.objects.all())


def test_without_consent_nothing_is_collected(subject):
    """After a withdrawal the next collection is refused, and the refusal is on record."""
    put(subject, nickname="Mimi")
    with act() as acting:
        facts.withdraw_consent(subject, "purpose:profile", NOW)
        world.changed(acting)
    with pytest.raises(Denied) as refused:
        put(subject, nickname="Momo")
    assert "consent_missing" in {reason.code for reason in refused.value.denial.reasons}
    assert queries.held_count() == 1
    with pytest.raises(Denied):
        look(subject)
    with controls.without("vault.permit_needed"):
        assert look(subject)["nickname"].value == "Mimi"


def test_a_stranger_is_refused(subject):
    """Nobody of an unknown id has items, and nothing is stored under it."""
    with pytest.raises(Denied):
        put(world.DataSubjectId(world.uuid7(NOW)), nickname="Mimi")


@pytest.mark.parametrize(
    ("category", "value"),
    [
        ("gender", "unheard-of"),
        ("birthday", "1990-02-30"),
        ("birthday", "1990-2-3"),
        ("picture", "not base64!"),
        ("nickname", ""),
        ("nickname", "a\x00b"),
        ("nickname", "x" * 4001),
        ("nickname", 5),
    ],
)
def test_values_are_what_their_category_asks_for(subject, category, value):
    """A value of the wrong shape is refused before anything is stored, and never repeated in the error."""
    with pytest.raises(BadInput) as refused:
        put(subject, **{category: value})
    assert queries.held_count() == 0
    assert len(str(value)) < 2 or str(value) not in refused.value.message


def test_the_ask_and_the_values_agree(subject):
    """Nothing slips in beside what was asked for."""
    with pytest.raises(BadInput):
        service.collect(
            ask=collecting("profile", "nickname"),
            data_subject_id=subject,
            values={"nickname": "Mimi", "gender": "female"},
            now=NOW,
        )


def test_an_item_is_unreadable_the_moment_it_expires(subject):
    """A place kept for a month opens until the month is over, and then no more, sweep or not."""
    put(subject, coarse="Shanghai")
    ask = using("local-content", "location.coarse")
    end = datetime(2026, 4, 1, 12, tzinfo=UTC)

    def at(now):
        return service.open_items(ask=ask, data_subject_id=subject, now=now, by=Reader(id=subject))

    assert at(end - timedelta(seconds=1))["location.coarse"].expires_at == end
    assert "location.coarse" not in at(end)
    assert queries.oldest_expired(now=end) == end
    assert queries.people_with_expired(now=end) == [subject]
    with controls.without("vault.expiry_at_read"):
        assert at(end)["location.coarse"].value == "Shanghai"


def test_staff_look_only_with_a_reason_which_the_person_sees(subject):
    """A look with a reason opens and is listed for the person in words; one without is refused."""
    put(subject, nickname="Mimi")
    ask = Ask(act=Act.STAFF_OPEN, purpose="profile", categories=("nickname",), actor=Actor.STAFF)

    def by(reader):
        return service.open_items(ask=ask, data_subject_id=subject, now=NOW, by=reader)

    assert by(world.staff())["nickname"].value == "Mimi"
    [seen] = queries.accesses(subject)
    assert (seen.reader, seen.reason_code, seen.reason) == (ReaderKind.STAFF, "support", "asked for help")
    assert b"asked" not in bytes(Access.objects.get().reason_sealed)
    for missing in ({"reason": " "}, {"reason_code": "curiosity"}, {"case": ""}):
        with pytest.raises(Denied) as refused:
            by(world.staff(**missing))
        assert "staff_reason_missing" in {reason.code for reason in refused.value.denial.reasons}
    assert len(queries.accesses(subject)) == 1
    with controls.without("vault.staff_open_with_reason"):
        assert by(world.staff(reason="", case=""))["nickname"].value == "Mimi"


def test_staff_do_not_look_as_somebody_else(subject):
    """Neither staff under an ordinary act nor a program under a staff act get through."""
    put(subject, nickname="Mimi")
    with pytest.raises(BadInput):
        look(subject, by=world.staff())
    with pytest.raises(BadInput):
        look(subject, by=Reader(kind=ReaderKind.GUARDIAN))


def test_a_sealed_value_opens_only_in_its_place(subject):
    """Bytes moved to another person's row, or another category, do not open."""
    put(subject, nickname="Mimi", occupation="baker")
    rows = {row.category: row for row in SealedItem.objects.all()}
    SealedItem.objects.filter(id=rows["nickname"].id).update(sealed=bytes(rows["occupation"].sealed))
    with pytest.raises(SealBroken):
        look(subject)


def test_metadata_tells_what_is_held_and_no_value(subject):
    """The page of my data says what, why, under which clause, since when and until when."""
    put(subject, nickname="Mimi")
    [item] = queries.metadata(subject, now=NOW)
    assert (item.category, item.purpose, item.clause, item.collected_at) == (
        "nickname",
        "profile",
        "storage.account",
        NOW,
    )
    assert item.expires_at is None
    assert "Mimi" not in repr(item)
    assert "Mimi" not in repr(look(subject)["nickname"])


def test_one_person_never_reaches_another(subject):
    """An item of one person is not there for another, whatever its id."""
    made = put(subject, nickname="Mimi")
    other = world.grown("purpose:profile")
    assert dict(look(other)) == {}
    with pytest.raises(NotFound):
        service.correct(
            data_subject_id=other, item_id=made.items[0].item_id, value="Momo", now=NOW, by=Reader(id=other)
        )
    assert look(subject)["nickname"].value == "Mimi"


def test_a_correction_replaces_and_extends_nothing(subject):
    """The right value is there, the wrong one's bytes are gone, and the end stays where it was."""
    made = put(subject, coarse="Shanghai")
    later = NOW + timedelta(days=10)
    fixed = service.correct(
        data_subject_id=subject, item_id=made.items[0].item_id, value="Suzhou", now=later, by=Reader(id=subject)
    )
    assert fixed.items[0].expires_at == made.items[0].expires_at
    copy = service.copy_of(data_subject_id=subject, now=later, by=Reader(id=subject))
    assert [item.value for item in copy.every] == ["Suzhou"]
    assert bytes(SealedItem.objects.get(id=made.items[0].item_id).sealed) == b""
    with pytest.raises(NotFound):
        service.correct(
            data_subject_id=subject, item_id=made.items[0].item_id, value="Wuxi", now=later, by=Reader(id=subject)
        )


def test_a_copy_needs_no_consent_but_a_standing(subject):
    """After a withdrawal the person still gets a copy; a program that serves no request does not."""
    put(subject, nickname="Mimi")
    with act() as acting:
        facts.withdraw_consent(subject, "purpose:profile", NOW)
        world.changed(acting)
    assert service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))["nickname"].value == "Mimi"
    for stranger in (Reader(kind=ReaderKind.SERVICE), Reader(kind=ReaderKind.GUARDIAN)):
        with pytest.raises(Denied):
            service.copy_of(data_subject_id=subject, now=NOW, by=stranger)
    with controls.without("vault.item_has_one_subject"):
        assert service.copy_of(data_subject_id=subject, now=NOW, by=Reader(kind=ReaderKind.SERVICE))


def test_who_reads_as_the_person_is_the_person(subject):
    """A session of one person, pointed at another's id, opens, copies and corrects nothing."""
    made = put(subject, nickname="Mimi")
    other = Reader(id=world.grown("purpose:profile"))
    own = Reader(id=subject)
    assert look(subject, by=own)["nickname"].value == "Mimi"
    for reach in (
        lambda: look(subject, by=other),
        lambda: service.copy_of(data_subject_id=subject, now=NOW, by=other),
        lambda: service.correct(
            data_subject_id=subject, item_id=made.items[0].item_id, value="Momo", now=NOW, by=other
        ),
    ):
        with pytest.raises(Denied) as refused:
            reach()
        assert "another_person" in {reason.code for reason in refused.value.denial.reasons}
    with controls.without("rights.own_data_only"):
        assert look(subject, by=other)["nickname"].value == "Mimi"


def test_without_sealing_the_table_holds_words(subject):
    """Taken out, a dump of the table shows the value, and the count of unsealed rows says so."""
    with controls.without("vault.sealed_at_rest"):
        put(subject, nickname="Mimi")
        assert b"Mimi" in bytes(SealedItem.objects.get().sealed)
        assert queries.unsealed_count() == 1
        assert look(subject)["nickname"].value == "Mimi"
    with pytest.raises(SealBroken):
        look(subject)


def test_a_copy_is_whole_or_none(subject, monkeypatch):
    """A copy that would be cut off is refused; in parts it is had whole."""
    from upheld.errors import Conflict
    from upheld.vault import own

    put(subject, nickname="Mimi", occupation="baker")
    assert len(service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject)).every) == 2
    monkeypatch.setattr(own, "COPY_ITEMS", 2)
    with pytest.raises(Conflict):
        service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject))
    part = service.copy_of(data_subject_id=subject, now=NOW, by=Reader(id=subject), categories=["occupation"])
    assert [item.value for item in part.every] == ["baker"]
