# SPDX-License-Identifier: Apache-2.0
"""No evidence, no act."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest
from django.db import IntegrityError

from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, NoEvidence
from upheld.keys import service as keys
from upheld.ledger import entries
from upheld.storage.acts import act
from upheld.storage.errors import Duplicate
from upheld.storage.intents import EffectIntent
from upheld.storage.ledger_models import EvidenceIntake
from upheld.terms import DataSubjectId

NOW = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)


class Event(StrEnum):
    HAPPENED = "storage.trial.happened"


def change(name: str = "trial") -> EffectIntent:
    return EffectIntent.objects.create(effect_id=uuid7(NOW), kind=name, facts={}, intended_at=NOW)


def record(acting, **facts):
    return acting.record(Event.HAPPENED, now=NOW, subject=None, clause="c", control=None, facts=facts)


def kept() -> tuple[int, int]:
    return EffectIntent.objects.count(), EvidenceIntake.objects.count()


def test_an_act_with_evidence_commits():
    """Row and evidence are both there."""
    with act() as acting:
        change()
        evidence_id = record(acting, open=True)
    assert kept() == (1, 1)
    entry = entries.read(bytes(EvidenceIntake.objects.get(evidence_id=evidence_id).leaf))
    assert (entry.kind, entry.clause, entry.facts) == ("storage.trial.happened", "c", {"open": True})


def test_an_act_without_evidence_is_undone():
    """The same act without `record` leaves nothing, unless the control is out."""
    with pytest.raises(NoEvidence), act():
        change()
    assert kept() == (0, 0)
    with controls.without("storage.evidence_with_act"), act():
        change()
    assert kept() == (1, 0)


def test_an_act_that_fails_takes_its_evidence_along():
    """Evidence of what did not happen would be a lie."""
    with pytest.raises(ZeroDivisionError), act() as acting:
        change()
        record(acting)
        raise ZeroDivisionError
    assert kept() == (0, 0)


def test_an_inner_act_needs_its_own_evidence():
    """The outer act's evidence does not cover it; its failure undoes it alone."""
    with act() as outer:
        change("outer")
        record(outer)
        with pytest.raises(NoEvidence), act():
            change("inner")
    assert list(EffectIntent.objects.values_list("kind", flat=True)) == ["outer"]


def test_an_inner_act_falls_with_the_outer():
    """Joined to the outer transaction, it is undone with it."""
    with pytest.raises(NoEvidence), act():
        with act() as inner:
            change("inner")
            record(inner)
    assert kept() == (0, 0)


@pytest.mark.parametrize("fact", [1.5, b"bytes", {"deep": [object()]}], ids=["fraction", "bytes", "object"])
def test_facts_are_plain(fact):
    """What two writers could print in two ways is refused."""
    with pytest.raises(BadInput), act() as acting:
        record(acting, fact=fact)
    assert kept() == (0, 0)


def test_a_naive_time_is_refused():
    """Evidence without a time zone says nothing."""
    with pytest.raises(BadInput), act() as acting:
        acting.record(Event.HAPPENED, now=NOW.replace(tzinfo=None), subject=None, clause=None, control=None, facts={})


def test_only_the_default_database_has_acts():
    """Elsewhere act and evidence could not commit together."""
    with pytest.raises(BadInput), act(using="keys"):
        raise AssertionError("never entered")


def test_evidence_names_a_person_by_a_reference_of_its_own():
    """Two entries about one person share nothing that another could see."""
    subject = DataSubjectId(uuid7(NOW))
    with act() as acting:
        for _ in range(2):
            acting.record(Event.HAPPENED, now=NOW, subject=subject, clause=None, control=None, facts={})
    one, two = (entries.read(bytes(leaf)) for leaf in EvidenceIntake.objects.values_list("leaf", flat=True))
    secret = keys.log_key(subject, now=NOW).secret
    assert one.subject_ref != two.subject_ref
    assert [entries.subject_ref(secret, e.nonce) for e in (one, two)] == [one.subject_ref, two.subject_ref]
    assert all(
        str(subject).encode() not in bytes(leaf) for leaf in EvidenceIntake.objects.values_list("leaf", flat=True)
    )


def test_a_fault_inside_an_act_stays_impersonal():
    """A duplicate inside an act comes out as our own error and as Django's."""
    first = change()
    with pytest.raises(Duplicate) as caught, act() as acting:
        record(acting)
        EffectIntent.objects.create(effect_id=first.effect_id, kind="secret-value", facts={}, intended_at=NOW)
    assert isinstance(caught.value, IntegrityError)
    assert "secret-value" not in str(caught.value)
