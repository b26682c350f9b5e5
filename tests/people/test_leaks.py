# SPDX-License-Identifier: Apache-2.0
"""After people registered, signed in, changed numbers and were told things, no database holds a number in the open."""

import base64
from datetime import timedelta

from django.apps import apps
from django.db import connections

from upheld.clock import SimulatedClock
from upheld.messages import jobs as message_jobs
from upheld.messages import service as messages
from upheld.messages.models import OutgoingMessage, PortalNote
from upheld.messages.service import Message
from upheld.people import identifying
from upheld.people import jobs as people_jobs
from upheld.people.models import CodeChallenge, LimitWindow
from upheld.storage.base import store_of
from upheld.storage.jobs import Worker
from upheld.terms import Language
from tests.people.conftest import NOW, begun, evidence, registered
from tests.people.test_accounts import change

NUMBERS = ("13800138000", "13900139000")


def spellings(number: str) -> set[bytes]:
    plain = {number, f"+86{number}", f"{number[:3]} {number[3:7]} {number[7:]}"}
    found = {text.encode() for text in plain} | {text.encode("utf-16-le") for text in plain}
    found |= {text.encode().hex().encode() for text in plain}
    return found | {base64.b64encode(text.encode()).rstrip(b"=")[:-1] for text in plain}


def dump() -> bytes:
    rows = []
    for model in apps.get_models():
        with connections[store_of(model)].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows += cursor.fetchall()
    return b"\n".join(
        bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode() for row in rows for value in row
    )


def test_no_table_holds_a_number(phones, version, django_capture_on_commit_callbacks):
    """Plain, with and without country code, spaced, hex, base64 or UTF-16; a number planted on purpose is found."""
    with django_capture_on_commit_callbacks(execute=True):
        person = registered(phones, version)
        change(person.data_subject_id, person.session_id, phones)
        note = Message(
            data_subject_id=person.data_subject_id,
            template="staff.looked",
            values={"date": "2026-03-01"},
            language=Language.EN,
            dedupe="looked:1",
        )
        messages.leave_note(note, now=NOW)
        identifying.tell(
            Message(
                data_subject_id=person.data_subject_id,
                template="request.answered",
                values={"reference": "R1"},
                language=Language.EN,
                dedupe="answered:1",
            ),
            now=NOW,
        )
        begun()
    held = dump()
    assert len(held) > 10_000
    for number in NUMBERS:
        for spelling in spellings(number):
            assert spelling not in held
    OutgoingMessage.objects.update(failure=NUMBERS[0])
    assert NUMBERS[0].encode() in dump()


def test_the_jobs_of_both_rooms_sweep_what_is_over(phones, version, monkeypatch):
    """A round of the worker removes codes and counters that are over, and empties letters and notes of long ago."""
    person = registered(phones, version)
    note = Message(
        data_subject_id=person.data_subject_id,
        template="staff.looked",
        values={"date": "2026-03-01"},
        language=Language.EN,
        dedupe="looked:1",
    )
    messages.leave_note(note, now=NOW)
    begun("13900139000")
    later = NOW + timedelta(days=400)
    monkeypatch.setattr(people_jobs, "SystemClock", lambda: SimulatedClock(later))
    Worker(SimulatedClock(later)).run_until_idle(most=200)
    assert (CodeChallenge.objects.count(), LimitWindow.objects.count(), PortalNote.objects.count()) == (0, 0, 0)
    assert not OutgoingMessage.objects.filter(sealed_letter__isnull=False).exists()
    assert evidence("people.code.swept")
    assert message_jobs.SWEEP == "messages.sweep"
