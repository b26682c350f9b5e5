# SPDX-License-Identifier: Apache-2.0
"""Choices: one at a time, by an own act, taken back at once, kept as they were given."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.vault import world
from tests.vault.world import NOW
from upheld import controls, gate
from upheld.consent import queries, service
from upheld.consent.models import ConsentRecord
from upheld.consent.values import Action, Method, Said, State
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, Forbidden, NotFound, TooMany
from upheld.facts import queries as facts
from upheld.ledger import entries
from upheld.storage import journal
from upheld.terms import Actor, DataSubjectId, Language, Tier

PROFILE = "purpose:profile"
BY_SWITCH = Said(method=Method.SWITCH, language=Language.EN)


@pytest.fixture
def subject(db):
    world.publish()
    return world.grown()


def give(subject, topic=PROFILE, *, said=BY_SWITCH, now=NOW, **more):
    return service.give(data_subject_id=subject, topic=topic, said=said, now=now, **more)


def withdraw(subject, topic=PROFILE, *, now=NOW):
    return service.withdraw(data_subject_id=subject, topic=topic, said=BY_SWITCH, now=now)


def refuse(subject, topic=PROFILE, *, now=NOW):
    return service.refuse(data_subject_id=subject, topic=topic, said=BY_SWITCH, now=now)


def ask(subject, topic=PROFILE, *, now=NOW):
    return service.prompt(data_subject_id=subject, topic=topic, language=Language.EN, now=now)


def is_allowed(subject, now=NOW):
    found = facts.of(subject)
    rulebook = facts.rulebook(found.person.version)
    answer = gate.decide(rulebook, found, world.using("profile", "nickname"), int(now.timestamp()))
    return isinstance(answer, gate.Permit)


def choice(subject, topic=PROFILE, now=NOW):
    [found] = [c for c in queries.state_of(subject, language=Language.EN, now=now) if c.topic == topic]
    return found


def test_a_consent_counts_from_the_moment_it_is_given(subject):
    """What was refused before the choice is allowed after it, and the record says how it was made."""
    assert not is_allowed(subject)
    made = give(subject)
    assert is_allowed(subject)
    assert (made.action, made.version, made.method) == (Action.GIVEN, 1, Method.SWITCH)
    assert choice(subject).state is State.GIVEN


def test_a_withdrawal_stops_the_next_act_and_leaves_the_past(subject):
    """After taking it back the next ask is refused; the record of having given it is untouched."""
    given = give(subject)
    withdraw(subject, now=NOW + timedelta(days=1))
    assert not is_allowed(subject)
    assert [r.action for r in queries.history(subject)] == [Action.WITHDRAWN, Action.GIVEN]
    assert queries.history(subject)[1] == given
    assert choice(subject).state is State.WITHDRAWN
    with pytest.raises(Conflict):
        withdraw(subject)


def test_without_its_control_a_withdrawal_stops_nothing(subject):
    """Taken out, the withdrawal is written down and the next act goes on: the control is what stops it."""
    give(subject)
    with controls.without("consent.withdrawal_at_once"):
        withdraw(subject)
    assert is_allowed(subject)


def test_choices_stand_alone(subject):
    """A bundle is refused whole; nothing of it is recorded."""
    bundle = (PROFILE, "purpose:search")
    with pytest.raises(BadInput):
        give(subject, bundle)
    assert queries.history(subject) == []
    with controls.without("consent.one_by_one"):
        give(subject, bundle)
    assert {r.topic for r in queries.history(subject)} == set(bundle)


@pytest.mark.parametrize("method", [Method.PRE_TICKED, Method.CONTINUED_USE, Method.SILENCE])
def test_use_is_never_taken_for_consent(subject, method):
    """Only an act of the person's own is a consent."""
    deemed = Said(method=method, language=Language.EN)
    with pytest.raises(BadInput):
        give(subject, said=deemed)
    assert not is_allowed(subject)
    with controls.without("consent.no_deemed_consent"):
        give(subject, said=deemed)
    assert is_allowed(subject)


def test_after_a_refusal_the_product_does_not_ask_again(subject):
    """Asked and refused, the person is left in peace for half a year, and may say yes at any time."""
    assert ask(subject).topic == PROFILE
    refuse(subject)
    soon, later = NOW + timedelta(days=179), NOW + timedelta(days=180)
    with pytest.raises(TooMany) as refused:
        ask(subject, now=soon)
    assert refused.value.retry_after_seconds == 86_400
    assert not choice(subject, now=soon).may_ask
    with controls.without("consent.no_nagging"):
        assert ask(subject, now=soon)
    give(subject, now=soon)
    assert is_allowed(subject)
    withdraw(subject, now=later)
    refuse(subject, "purpose:search")
    assert ask(subject, "purpose:search", now=later)
    with pytest.raises(TooMany):
        ask(subject, "purpose:search", now=later + timedelta(days=1))


def test_history_is_added_to_and_never_rewritten(subject):
    """Neither the row nor the table lets a record be changed or removed."""
    give(subject)
    row = ConsentRecord.objects.get()
    row.action = "refused"
    for rewriting in (
        row.save,
        row.delete,
        ConsentRecord.objects.all().delete,
        lambda: ConsentRecord.objects.update(action="refused"),
    ):
        with pytest.raises(Conflict):
            rewriting()
    assert ConsentRecord.objects.get().action == "given"
    with controls.without("consent.history_kept"):
        row.save()
    assert ConsentRecord.objects.get().action == "refused"


def test_the_wording_shown_is_the_one_recorded(subject):
    """Consent to words that are no longer in force is refused."""
    shown = choice(subject)
    assert give(subject, wording_sha256=shown.wording_sha256).wording_sha256 == shown.wording_sha256
    with pytest.raises(Conflict):
        give(subject, wording_sha256="0" * 64)
    other = service.prompt(data_subject_id=subject, topic=PROFILE, language=Language.ZH_HANS, now=NOW)
    assert other.sha256 != shown.wording_sha256


def test_topics_are_the_policys_own(subject):
    """Nobody consents to what the policy does not know."""
    for unknown in ("purpose:nothing", "told:notice", "profile", ""):
        with pytest.raises(BadInput):
            give(subject, unknown)
    with pytest.raises(NotFound):
        give(DataSubjectId(uuid7(NOW)))


def test_what_basic_functions_need_ends_with_the_account(subject):
    """The account rests on contract: its switch is fixed, and saying no to it is refused with that reason."""
    account = choice(subject, "purpose:account")
    assert (account.state, account.can_change, account.tier) == (State.ALWAYS_ON, False, Tier.BASIC)
    with pytest.raises(Conflict):
        refuse(subject, "purpose:account")


def test_an_extended_function_on_contract_is_a_choice_too(subject):
    """Whatever carries it in law, an extended function is off until the person switches it on, as the gate asks."""
    topic = "purpose:saves-coupons"
    assert choice(subject, topic).state is State.NOT_ASKED
    give(subject, topic)
    assert choice(subject, topic).state is State.GIVEN
    withdraw(subject, topic)
    assert choice(subject, topic).state is State.WITHDRAWN


def test_a_device_permission_is_granted_and_revoked(subject):
    """The device's own dialog grants it; revoking takes it back at once."""
    said = Said(method=Method.DEVICE_DIALOG, language=Language.EN)
    service.grant_permission(data_subject_id=subject, permission="camera", said=said, now=NOW)
    assert choice(subject, "permission:camera").state is State.GIVEN
    service.revoke_permission(data_subject_id=subject, permission="camera", said=said, now=NOW)
    assert choice(subject, "permission:camera").state is State.WITHDRAWN


def test_nobody_consents_for_another(subject):
    """Staff never consent; a guardian only while verified."""
    for actor in (Actor.STAFF, Actor.SERVICE, Actor.GUARDIAN):
        said = Said(method=Method.SWITCH, language=Language.EN, actor=actor, actor_id=UUID(int=1))
        with pytest.raises(Forbidden):
            give(subject, said=said)


def test_a_receipt_commits_to_its_record(subject):
    """With record and salt anyone can recompute the digest in the log; without the salt nobody can."""
    from upheld.consent.recording import as_json

    made = give(subject)
    row = ConsentRecord.objects.get()
    assert made.digest == entries.commit(bytes.fromhex(made.salt), as_json(row))
    assert made.digest != entries.commit(bytes(16), as_json(row))
    service.forget(data_subject_id=subject)
    assert queries.history(subject) == []
    assert ConsentRecord.objects.count() == 1


def test_a_restored_backup_brings_no_consent_back(subject):
    """A withdrawal made after the backup is made again when the journal is replayed."""
    give(subject)
    withdraw(subject)
    journal.JournalEntry.objects.update(status="done")
    journal.Narrowed.objects.all().delete()
    from upheld.facts import service as fact_verbs
    from upheld.storage.acts import act

    with act() as acting:
        fact_verbs.give_consent(subject, PROFILE, NOW)
        world.changed(acting)
    assert is_allowed(subject)
    journal.look_again()
    journal.replay()
    assert not is_allowed(subject)
