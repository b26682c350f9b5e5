# SPDX-License-Identifier: Apache-2.0
"""A published policy, a gateway that keeps what it is given, and people who register."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from upheld.facts import service as facts
from upheld.facts import world_service
from upheld.ledger import entries
from upheld.messages import delivery, transports
from upheld.messages.models import OutgoingMessage
from upheld.messages.transports import NullTransport
from upheld.messages.values import Channel
from upheld.people import accounts, sign_in
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import Language

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBER = "138 0013 8000"
POLICY = Path(__file__).parents[2] / "policies" / "baby-device.yaml"


@pytest.fixture
def version(db) -> int:
    with transaction.atomic():
        return world_service.publish_version(
            POLICY.read_bytes(), effective_at=datetime(2026, 2, 5, tzinfo=UTC), now=NOW - timedelta(days=30)
        )


class Phones:
    """Everybody's telephone: delivers what waits and reads the newest code."""

    def __init__(self) -> None:
        self.carrier = NullTransport()
        transports.wire({Channel.SMS: self.carrier, Channel.EMAIL: self.carrier})

    def code(self) -> str:
        for id_ in OutgoingMessage.objects.filter(state="queued").order_by("id").values_list("id", flat=True):
            delivery.deliver(message_id=id_, now=NOW)
        found = (re.search(r"\b\d{6}\b", letter.body) for letter in reversed(self.carrier.letters))
        return next(match for match in found if match).group()


@pytest.fixture
def phones():
    yield Phones()
    transports.wire({})


def begun(number: str = NUMBER, *, at: datetime = NOW, peer: str = "192.0.2.1", version: int | None = None):
    return sign_in.begin_sign_in(
        identifier=number, peer=peer, language=Language.ZH_HANS, now=at, security_now=at, version=version
    )


def finished(challenge, code: str, *, at: datetime = NOW, peer: str = "192.0.2.1"):
    return sign_in.finish_sign_in(challenge_id=challenge.challenge_id, code=code, peer=peer, now=at, security_now=at)


def opened(proven, version: int, *, at: datetime = NOW):
    return accounts.open_account(
        proven=proven,
        version=version,
        now=at,
        security_now=at,
        acknowledge=lambda subject: facts.tell(subject, at),
    )


def registered(phones, version: int, number: str = NUMBER, *, at: datetime = NOW):
    challenge = begun(number, at=at, version=version)
    return opened(finished(challenge, phones.code(), at=at), version, at=at)


def evidence(kind: str) -> list:
    found = (entries.read(bytes(row.leaf)) for row in EvidenceIntake.objects.all())
    return [entry for entry in found if entry.kind == kind]
