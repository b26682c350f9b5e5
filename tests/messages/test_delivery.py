# SPDX-License-Identifier: Apache-2.0
"""Messages that leave: sealed, told once, emptied."""

import logging
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from upheld import controls
from upheld.clock import SimulatedClock
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound, Unavailable
from upheld.keys.faults import KeyGone
from upheld.keys.models import PersonKey
from upheld.ledger import entries
from upheld.messages import delivery, erasing, queries, service, transports
from upheld.messages.envelope import HouseClause
from upheld.messages.models import OutgoingMessage
from upheld.messages.service import Message
from upheld.messages.transports import DemoOutbox, NullTransport
from upheld.messages.values import Channel, MessageState
from upheld.storage.jobs import Worker
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import DataSubjectId, Language, StaffId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBER = "+8613800138000"


@pytest.fixture
def carrier():
    carrier = NullTransport()
    transports.wire({Channel.SMS: carrier})
    yield carrier
    transports.wire({})


@pytest.fixture
def subject() -> DataSubjectId:
    return DataSubjectId(uuid7(NOW))


def queued(subject: DataSubjectId, *, dedupe: str = "received:1", now: datetime = NOW, **more):
    message = Message(
        data_subject_id=subject,
        template="request.received",
        values={"reference": "R-7", "due": "2026-03-16"},
        language=Language.EN,
        dedupe=dedupe,
    )
    return service.queue(message, channel=Channel.SMS, address=NUMBER, now=now, **more)


def evidence() -> list:
    return [entries.read(bytes(row.leaf)) for row in EvidenceIntake.objects.order_by("arrival")]


def test_a_message_reaches_its_person_and_its_letter_is_erased(carrier, subject):
    """The gateway gets address and words once; afterwards only that it was sent is known."""
    id_ = queued(subject)
    row = OutgoingMessage.objects.get(id=id_)
    assert NUMBER.encode() not in bytes(row.sealed_letter)
    assert delivery.deliver(message_id=id_, now=NOW) is MessageState.DELIVERED
    assert [(l.address, l.id, l.channel) for l in carrier.letters] == [(NUMBER, id_, Channel.SMS)]
    assert "R-7" in carrier.letters[0].body
    row.refresh_from_db()
    assert (row.sealed_letter, row.state, row.attempts) == (None, "delivered", 1)
    assert delivery.deliver(message_id=id_, now=NOW) is MessageState.DELIVERED
    assert len(carrier.letters) == 1
    assert [e.facts["body_held"] for e in evidence() if e.kind == "messages.outgoing.delivered"] == [False]


def test_without_its_control_the_letter_stays_and_the_evidence_says_so(carrier, subject):
    """What erases the letter is the control, and the ledger shows its absence."""
    id_ = queued(subject)
    with controls.without("messages.body_erased_on_delivery"):
        delivery.deliver(message_id=id_, now=NOW)
    assert OutgoingMessage.objects.get(id=id_).sealed_letter is not None
    assert [e.facts["body_held"] for e in evidence() if e.kind == "messages.outgoing.delivered"] == [True]
    assert queries.bodies_held_after_delivery(now=NOW + timedelta(days=4)) == 1


def test_the_same_thing_is_told_once(carrier, subject):
    """A second queueing under the same dedupe key returns the first message; another person is told on their own."""
    first = queued(subject)
    assert queued(subject) == first
    assert queued(subject, dedupe="received:2") != first
    assert queued(DataSubjectId(uuid7(NOW))) != first
    assert OutgoingMessage.objects.count() == 3


def test_the_worker_carries_messages_and_waits_for_a_gateway_that_is_away(carrier, subject):
    """An unavailable gateway costs time, not the message."""
    carrier.faults = [Unavailable("away"), Unavailable("away")]
    id_ = queued(subject)
    clock = SimulatedClock(NOW)
    worker = Worker(clock)
    worker.run_until_idle(most=50)
    assert OutgoingMessage.objects.get(id=id_).state == "queued"
    for _ in range(3):
        clock.advance(timedelta(minutes=1))
        worker.run_until_idle(most=50)
    assert len(carrier.letters) == 1
    assert (OutgoingMessage.objects.get(id=id_).state, OutgoingMessage.objects.get(id=id_).attempts) == ("delivered", 3)


def test_a_message_that_no_gateway_takes_is_given_up_and_erased(carrier, subject):
    """At its end it is failed and emptied, by its own job and by the sweep alike."""
    one, other = queued(subject), queued(subject, dedupe="received:2")
    after = NOW + timedelta(days=3)
    assert delivery.deliver(message_id=one, now=after) is MessageState.FAILED
    assert erasing.sweep(now=after) == 1
    rows = OutgoingMessage.objects.filter(id__in=(one, other))
    assert {(row.state, row.failure, row.sealed_letter) for row in rows} == {("failed", "expired", None)}
    assert carrier.letters == []


def test_a_gateway_that_refuses_the_address_ends_it(carrier, subject):
    """What will never be taken is not tried again."""
    carrier.faults = [BadInput("no such number")]
    id_ = queued(subject)
    assert delivery.deliver(message_id=id_, now=NOW) is MessageState.FAILED
    row = OutgoingMessage.objects.get(id=id_)
    assert (row.failure, row.sealed_letter) == ("refused_by_gateway", None)


def test_no_gateway_at_all_lets_messages_wait(subject):
    """Without a transport nothing is lost and nothing pretends to be sent."""
    id_ = queued(subject)
    with pytest.raises(Unavailable):
        delivery.deliver(message_id=id_, now=NOW)
    assert OutgoingMessage.objects.get(id=id_).state == "queued"


def test_a_gateway_that_reports_moves_from_sent_to_delivered(carrier, subject):
    """The letter goes when the gateway takes it; its report later changes the state alone."""
    carrier.reports = True
    id_ = queued(subject)
    with pytest.raises(Conflict):
        OutgoingMessage.objects.filter(id=id_).update(state="failed")
        delivery.report_delivered(message_id=id_, now=NOW)
    OutgoingMessage.objects.filter(id=id_).update(state="queued")
    assert delivery.deliver(message_id=id_, now=NOW) is MessageState.SENT
    assert OutgoingMessage.objects.get(id=id_).sealed_letter is None
    delivery.report_delivered(message_id=id_, now=NOW)
    delivery.report_delivered(message_id=id_, now=NOW)
    assert OutgoingMessage.objects.get(id=id_).state == "delivered"
    with pytest.raises(NotFound):
        delivery.report_delivered(message_id=uuid4(), now=NOW)


def test_a_demo_shows_a_letter_for_ten_minutes_and_says_so(subject):
    """In a demo the letter stays sealed for staff to open, each time with evidence, until its window is over."""
    transports.wire({Channel.SMS: DemoOutbox()})
    id_ = queued(subject)
    delivery.deliver(message_id=id_, now=NOW)
    letter = erasing.show(message_id=id_, staff_id=StaffId(uuid7(NOW)), now=NOW)
    assert letter.address == NUMBER
    assert NUMBER not in repr(letter)
    assert [e.kind for e in evidence()].count("messages.outgoing.shown") == 1
    sent = [e.facts for e in evidence() if e.kind == "messages.outgoing.sent"]
    assert [(facts["body_held"], facts["demo"]) for facts in sent] == [(True, True)]
    erasing.sweep(now=NOW + timedelta(minutes=9))
    assert queries.outgoing()[0].is_sealed_body_held
    erasing.sweep(now=NOW + timedelta(minutes=10))
    assert [e.facts["body_held"] for e in evidence() if e.kind == "messages.outgoing.delivered"] == [False]
    with pytest.raises(NotFound):
        erasing.show(message_id=id_, staff_id=StaffId(uuid7(NOW)), now=NOW)
    transports.wire({})


def test_the_key_of_a_day_dies_once_it_seals_no_letter(carrier, subject):
    """Copies of the database from that day open nothing any more."""
    one, other = queued(subject), queued(subject, dedupe="received:2")
    key_id = OutgoingMessage.objects.get(id=one).key_id
    delivery.deliver(message_id=one, now=NOW)
    tomorrow = NOW + timedelta(days=1)
    assert erasing.destroy_day_keys(now=NOW) == 0
    assert erasing.destroy_day_keys(now=tomorrow) == 0
    delivery.deliver(message_id=other, now=NOW)
    assert erasing.destroy_day_keys(now=tomorrow) == 1
    assert PersonKey.objects.get(id=key_id).destroyed_at is not None


def test_an_erased_person_is_told_nothing_more(carrier, subject):
    """Letters and notes are emptied, queued ones are not sent, keys are destroyed; another person's stay."""
    other = queued(DataSubjectId(uuid7(NOW)))
    id_ = queued(subject)
    key_id = OutgoingMessage.objects.get(id=id_).key_id
    message = Message(
        data_subject_id=subject, template="identifier.changed", values={}, language=Language.ZH_HANS, dedupe="c:1"
    )
    service.leave_note(message, now=NOW)
    assert erasing.erase_subject(data_subject_id=subject, now=NOW) == 2
    assert delivery.deliver(message_id=id_, now=NOW) is MessageState.FAILED
    assert carrier.letters == []
    assert queries.notes(data_subject_id=subject, now=NOW) == ()
    assert PersonKey.objects.get(id=key_id).destroyed_at is not None
    assert delivery.deliver(message_id=other, now=NOW) is MessageState.DELIVERED


def test_a_letter_moved_to_another_row_does_not_open(carrier, subject):
    """A seal is bound to its row and person."""
    one, other = queued(subject), queued(subject, dedupe="received:2")
    sealed = OutgoingMessage.objects.get(id=one).sealed_letter
    OutgoingMessage.objects.filter(id=other).update(sealed_letter=sealed)
    with pytest.raises(Exception, match="seal"):
        delivery.deliver(message_id=other, now=NOW)
    assert carrier.letters == []


def test_nothing_personal_is_logged_or_raised(carrier, subject, caplog):
    """Not even where the gateway fails."""
    caplog.set_level(logging.DEBUG)
    carrier.faults = [Unavailable("away")]
    id_ = queued(subject)
    with pytest.raises(Unavailable) as fault:
        delivery.deliver(message_id=id_, now=NOW)
    said = caplog.text + str(fault.value) + repr(delivery.row_of(id_)) + repr(queries.outgoing())
    assert NUMBER not in said
    assert NUMBER[3:] not in said


@pytest.mark.parametrize(
    ("template", "values"),
    [("no.such", {}), ("request.received", {"reference": "R"}), ("identifier.changed", {"extra": "x"})],
)
def test_a_message_half_filled_is_refused(subject, template, values):
    """A template and its values fit exactly, or nothing is queued."""
    message = Message(data_subject_id=subject, template=template, values=values, language=Language.EN, dedupe="d")
    with pytest.raises(BadInput):
        service.queue(message, channel=Channel.SMS, address=NUMBER, now=NOW)
    with pytest.raises(BadInput):
        service.queue(message, channel=Channel.IN_APP, address=NUMBER, now=NOW)
    assert OutgoingMessage.objects.count() == 0


def test_a_contact_leaves_no_reference_in_the_log(carrier, subject):
    """Evidence on a code names nobody; evidence on a person's message names them under their own log key."""
    queued(subject, sealed_under=HouseClause.CONTACT)
    queued(subject, dedupe="received:2")
    named = [bool(e.subject_ref) for e in evidence() if e.kind == "messages.outgoing.queued"]
    assert sorted(named) == [False, True]
