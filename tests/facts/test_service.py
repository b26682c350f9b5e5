# SPDX-License-Identifier: Apache-2.0
"""Facts change by verbs, in the caller's transaction, and the next decision sees it."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.facts.conftest import BABY, NOW
from upheld import controls
from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict, NotFound
from upheld.facts import hot, queries, rebuilding, service, world_service
from upheld.facts.models import FactCause, PersonFactsRow, Topic
from upheld.gate import Ask, Denial, Permit
from upheld.gate.values import NOBODY
from upheld.terms import Act, AgeBand, DataSubjectId

PROFILE = Ask(act=Act.COLLECT, purpose="profile", categories=("nickname",))
SECONDS = int(NOW.timestamp())


def decided(subject, ask=PROFILE, at=SECONDS):
    return hot.decide(subject, ask, at)[0]


def codes(answer):
    return {reason.code for reason in answer.reasons}


def test_a_consent_given_permits_and_withdrawn_refuses(adult):
    """What a person chose may be done, until it is taken back."""
    subject = adult()
    assert codes(decided(subject)) == {"consent_missing"}
    with transaction.atomic():
        service.give_consent(subject, "purpose:profile", NOW)
    assert isinstance(decided(subject), Permit)
    with transaction.atomic():
        service.withdraw_consent(subject, "purpose:profile", NOW)
    assert codes(decided(subject)) == {"consent_missing"}


def test_a_consent_that_lapses_needs_no_job(adult):
    """At the moment a consent lapses the next decision refuses."""
    subject = adult()
    with transaction.atomic():
        service.give_consent(subject, "purpose:profile", NOW, lapses_at=NOW + timedelta(days=1))
    assert isinstance(decided(subject, at=SECONDS + 86399), Permit)
    assert isinstance(decided(subject, at=SECONDS + 86400), Denial)
    assert queries.consented(subject, "purpose:profile", NOW)
    assert not queries.consented(subject, "purpose:profile", NOW + timedelta(days=1))


def test_a_child_comes_of_age_without_a_job(version):
    """A child needs a guardian until the day it does not; then its own word counts, and the guardian's no more."""
    subject = DataSubjectId(uuid7(NOW))
    with transaction.atomic():
        service.admit(subject, version, NOW)
        service.tell(subject, NOW)
        service.state_age(subject, AgeBand.CHILD, NOW, adult_at=NOW + timedelta(days=10))
        service.give_consent(subject, "purpose:profile", NOW)
    assert "guardian_missing" in codes(decided(subject))
    with transaction.atomic():
        service.verify_guardian(subject, None, NOW)
        for topic in ("told:notice", "purpose:profile"):
            service.give_consent(subject, topic, NOW, by_guardian=True)
    assert isinstance(decided(subject), Permit)
    with transaction.atomic():
        service.lose_guardian(subject, NOW)
    assert isinstance(decided(subject), Denial)
    assert isinstance(decided(subject, at=SECONDS + 864000), Permit)


def test_nobody_is_refused_and_an_unknown_version_too(version):
    """An id never seen has the facts of nobody, and a version never published refuses everything."""
    nobody = DataSubjectId(uuid7(NOW))
    assert queries.of(nobody).person == NOBODY
    assert "person_unknown" in codes(decided(nobody))
    with transaction.atomic(), pytest.raises(NotFound):
        service.admit(nobody, 99, NOW)
    with transaction.atomic(), pytest.raises(NotFound):
        service.give_consent(nobody, "purpose:profile", NOW)
    assert queries.rulebook(99).policy is None


def test_an_erased_person_keeps_nothing_and_gains_nothing(adult):
    """Erasure leaves only that it happened; not even the day a child would come of age."""
    subject = adult()
    with transaction.atomic():
        service.state_age(subject, AgeBand.CHILD, NOW, adult_at=NOW + timedelta(days=10))
        service.give_consent(subject, "purpose:profile", NOW)
        service.erase(subject, NOW)
    person = queries.of(subject).person
    assert (person.held, person.adult_at, person.adult) == (0, None, False)
    assert "person_erased" in codes(decided(subject))
    assert not FactCause.objects.filter(data_subject_id=subject, verb="state_child").exclude(number=0).exists()
    with transaction.atomic(), pytest.raises(Conflict):
        service.give_consent(subject, "purpose:profile", NOW)
    with transaction.atomic():
        service.restrict(subject, NOW)
    assert rebuilding.person(subject) == queries.of(subject).person


def test_an_erasure_holds_for_an_id_never_seen(version):
    """A replayed erasure of someone whom a restore lost is kept, so that nobody returns under that id."""
    subject = DataSubjectId(uuid7(NOW))
    with transaction.atomic():
        service.erase(subject, NOW)
    assert "person_erased" in codes(decided(subject))
    with transaction.atomic(), pytest.raises(Conflict):
        service.admit(subject, version, NOW)


def test_topics_are_added_and_never_renumbered(version):
    """A later version numbers only what is new."""
    before = dict(Topic.objects.values_list("name", "bit"))
    later = BABY.replace(b"\nversion: 1\n", b"\nversion: 2\n").replace(b"  mail-news:", b"  mail-letters:")
    with transaction.atomic():
        world_service.publish_version(later, effective_at=NOW, now=NOW)
    after = dict(Topic.objects.values_list("name", "bit"))
    assert {name: after[name] for name in before} == before
    assert "purpose:mail-letters" in after
    assert after == dict(queries.topics())
    assert queries.current_version(NOW) == 2
    assert queries.current_version(NOW - timedelta(days=1)) == 1


def test_a_topic_nobody_published_is_refused(adult):
    """A consent to something no policy declares is bad input, and changes nothing."""
    subject = adult()
    before = queries.of(subject).person
    with transaction.atomic(), pytest.raises(BadInput):
        service.give_consent(subject, "purpose:nothing-of-the-kind", NOW)
    assert queries.of(subject).person == before


def test_a_version_is_published_once_and_in_order(version):
    """A number used before, an earlier one, or a date before the update is refused."""
    with transaction.atomic(), pytest.raises(Conflict):
        world_service.publish_version(BABY, effective_at=NOW, now=NOW)
    later = BABY.replace(b"\nversion: 1\n", b"\nversion: 2\n")
    with transaction.atomic(), pytest.raises(BadInput):
        world_service.publish_version(later, effective_at=NOW - timedelta(days=365), now=NOW)


def test_a_rolled_back_world_is_never_used(adult):
    """What a transaction said of the world before it failed is not remembered by the process."""
    subject = adult()
    with transaction.atomic():
        service.give_consent(subject, "purpose:profile", NOW)
    with pytest.raises(RuntimeError), transaction.atomic():
        world_service.cease(NOW, NOW)
        assert codes(decided(subject)) == {"service_ceased"}
        raise RuntimeError
    assert isinstance(decided(subject), Permit)
    with transaction.atomic():
        world_service.stop("glide", NOW)
    assert isinstance(decided(subject), Permit)


def test_a_recipient_receives_under_its_papers(adult):
    """Agreement, assessment and test must each be in force, and a stop ends it at once."""
    subject = adult()
    ask = Ask(act=Act.SHARE, purpose="affiliate-link", categories=("phone",), recipient="affiliate")
    with transaction.atomic():
        for topic in ("purpose:affiliate-link", "share:affiliate"):
            service.give_consent(subject, topic, NOW)
    assert codes(decided(subject, ask)) == {"agreement_missing", "assessment_missing"}
    with transaction.atomic():
        world_service.agreement("affiliate", NOW, NOW + timedelta(days=30), NOW)
        world_service.assessment("affiliate", NOW, None, NOW)
    assert isinstance(decided(subject, ask), Permit)
    assert codes(decided(subject, ask, SECONDS + 30 * 86400)) == {"agreement_missing"}
    assert codes(decided(subject, ask, SECONDS - 1)) == {"agreement_missing", "assessment_missing"}
    with transaction.atomic():
        world_service.stop("affiliate", NOW)
    assert codes(decided(subject, ask)) == {"recipient_stopped"}
    with transaction.atomic():
        world_service.resume("affiliate", NOW)
    assert isinstance(decided(subject, ask), Permit)
    assert rebuilding.world() == hot.world()


def test_a_control_taken_out_is_out_of_the_rulebook(adult):
    """A rulebook compiled before a control was taken out does not serve afterwards, nor the other way round."""
    subject = adult()
    assert isinstance(decided(subject), Denial)
    with controls.without("gate.consent_needed"):
        permit = decided(subject)
        assert isinstance(permit, Permit)
        assert permit.observed["consent_given"] is False
    assert isinstance(decided(subject), Denial)


def test_what_is_granted_by_a_guardian_needs_one(adult):
    """Nobody grants as a guardian, and no guardian is extended, where none stands."""
    subject = adult()
    for verb in (
        lambda: service.give_consent(subject, "purpose:profile", NOW, by_guardian=True),
        lambda: service.extend_guardian(subject, None, NOW),
    ):
        with transaction.atomic(), pytest.raises(Conflict):
            verb()


def test_decision_reads_once(adult, django_assert_num_queries):
    """One decision is one statement, and person facts are read every time."""
    subject = adult()
    decided(subject)
    for _ in range(2):
        with django_assert_num_queries(1):
            decided(subject)
    PersonFactsRow.objects.filter(data_subject_id=subject).delete()
    assert "person_unknown" in codes(decided(subject))


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_facts_change_inside_a_transaction_only(adult):
    """Outside the act that holds the evidence no verb works."""
    subject = adult()
    with pytest.raises(Conflict):
        service.give_consent(subject, "purpose:profile", NOW)
    with pytest.raises(Conflict):
        world_service.cease(NOW, NOW)
