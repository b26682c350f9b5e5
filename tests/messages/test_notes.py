# SPDX-License-Identifier: Apache-2.0
"""Notes that wait in a person's portal, and the words of messages."""

from datetime import UTC, datetime, timedelta

import pytest

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.messages import erasing, queries, rules, service, texts
from upheld.messages.models import PortalNote
from upheld.messages.service import Message
from upheld.messages.values import MessageState
from upheld.terms import DataSubjectId, Language

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def subject() -> DataSubjectId:
    return DataSubjectId(uuid7(NOW))


def left(subject: DataSubjectId, *, dedupe: str = "looked:1", language: Language = Language.EN):
    message = Message(
        data_subject_id=subject,
        template="staff.looked",
        values={"date": "2026-03-01"},
        language=language,
        dedupe=dedupe,
    )
    return service.leave_note(message, now=NOW)


def test_a_note_waits_sealed_and_is_read_by_its_person(subject):
    """The portal shows it unread, then read; the row holds no words."""
    id_ = left(subject)
    assert left(subject) == id_
    assert b"staff looked" not in bytes(PortalNote.objects.get(id=id_).sealed_note)
    (note,) = queries.notes(data_subject_id=subject, now=NOW)
    assert "2026-03-01" in note.body
    assert note.body not in repr(note)
    assert queries.unread(data_subject_id=subject, now=NOW) == 1
    service.mark_read(note_id=id_, data_subject_id=subject, now=NOW)
    service.mark_read(note_id=id_, data_subject_id=subject, now=NOW)
    assert queries.unread(data_subject_id=subject, now=NOW) == 0


def test_another_persons_note_cannot_be_marked(subject):
    """A note is its person's alone."""
    id_ = left(subject)
    with pytest.raises(NotFound):
        service.mark_read(note_id=id_, data_subject_id=DataSubjectId(uuid7(NOW)), now=NOW)
    assert queries.unread(data_subject_id=subject, now=NOW) == 1


def test_a_note_expires(subject):
    """After its time it is not shown, and the sweep removes it."""
    left(subject, language=Language.ZH_HANS)
    after = NOW + rules.NOTE_LIFE
    assert queries.notes(data_subject_id=subject, now=after) == ()
    assert erasing.sweep(now=after) == 1
    assert PortalNote.objects.count() == 0


def test_every_text_exists_in_both_languages_with_the_same_fields():
    """No language says less than the other."""
    for template in texts.TEMPLATES.values():
        values = dict.fromkeys(template.fields, "x")
        for language in Language:
            words = texts.render(template.name, values, language=language)
            assert words.subject
            assert words.body
        english = {f for f in template.fields if "{" + f + "}" in template.en}
        chinese = {f for f in template.fields if "{" + f + "}" in template.zh_hans}
        assert english == chinese, template.name
    assert list(texts.TEMPLATES) == sorted(texts.TEMPLATES)


def test_values_are_not_read_as_templates():
    """Braces in a value stay braces."""
    words = texts.render("incident.told", {"what": "{advice}", "measures": "m", "advice": "a"}, language=Language.EN)
    assert "{advice}" in words.body


def test_states_move_only_forward():
    """Delivered and failed are ends."""
    assert rules.step(MessageState.QUEUED, MessageState.DELIVERED) is MessageState.DELIVERED
    for end in (MessageState.DELIVERED, MessageState.FAILED):
        with pytest.raises(Conflict):
            rules.step(end, MessageState.QUEUED)
    with pytest.raises(BadInput):
        rules.dedupe_digest(DataSubjectId(uuid7(NOW)), "")
