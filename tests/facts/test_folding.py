# SPDX-License-Identifier: Apache-2.0
"""Packed facts equal those rebuilt from their causes, after any history and at any time."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.facts.conftest import BABY, NOW
from upheld import gate
from upheld.crypto.randomness import uuid7
from upheld.errors import UpheldError
from upheld.facts import hot, queries, rebuilding, service, world_service
from upheld.facts.events import PersonVerb as Verb
from upheld.facts.models import PersonFactsRow
from upheld.facts.rules import Cause, fold, rebuilt
from upheld.gate import Ask, Facts
from upheld.gate.values import NOBODY
from upheld.policy import parse
from upheld.terms import Act, AgeBand, DataSubjectId

EXAMPLES = int(os.environ.get("UPHELD_TEST_EXAMPLES", "20"))
"""For each property; `UPHELD_TEST_EXAMPLES=1000` looks longer."""
ABOUT_TOPICS = {Verb.GIVE, Verb.WITHDRAW, Verb.REFUSE, Verb.OBJECT, Verb.LIFT_OBJECTION}
MASKS = st.sampled_from([1, 2, 4, 1 << 70])
NUMBERS = st.integers(1, 6)


@st.composite
def histories(draw):
    """Any verbs in any order, such as services would never allow."""
    causes = []
    for revision in range(1, draw(st.integers(1, 25)) + 1):
        verb = draw(
            st.sampled_from([*Verb, Verb.GIVE, Verb.GIVE, Verb.WITHDRAW])
            if draw(st.booleans())
            else st.sampled_from(sorted(ABOUT_TOPICS))
        )
        lapsing = verb is not Verb.GIVE or draw(st.booleans())
        causes.append(
            Cause(
                revision=revision,
                verb=verb,
                mask=draw(MASKS) if verb in ABOUT_TOPICS else 0,
                number=draw(NUMBERS) if lapsing and verb is not Verb.LOSE_GUARDIAN else 0,
                by_guardian=draw(st.booleans()) if verb is Verb.GIVE else False,
            )
        )
    return causes


@given(histories())
@settings(max_examples=EXAMPLES * 10)
def test_folding_one_by_one_is_asking_who_spoke_last(causes):
    """Two ways that share no step come to the same facts, after every cause."""
    person = NOBODY
    for count, cause in enumerate(causes, 1):
        person = fold(person, cause)
        assert rebuilt(causes[:count]) == person


DAYS = st.integers(1, 30)


def _verbs(subject, data, version, at):
    """Each verb as a room would call it, with drawn arguments."""
    topic = st.sampled_from(
        [
            "purpose:profile", "purpose:bind-device", "sensitive:bind-device", "share:affiliate", "tracker:forms",
            "purpose:third-party-login", "source:outside-accounts", "transfer:successor",
        ]
    )  # fmt: skip
    later = st.none() | DAYS.map(lambda days: at + timedelta(days=days))
    guardian = st.booleans()
    return {
        "admit": lambda: service.admit(subject, version, at),
        "tell": lambda: service.tell(subject, at, by_guardian=data.draw(guardian)),
        "give": lambda: service.give_consent(subject, data.draw(topic), at, lapses_at=data.draw(later), by_guardian=data.draw(guardian)),
        "withdraw": lambda: service.withdraw_consent(subject, data.draw(topic), at),
        "refuse": lambda: service.refuse_consent(subject, data.draw(topic), at),
        "object": lambda: service.object_to(subject, "profile", at),
        "lift": lambda: service.lift_objection(subject, "profile", at),
        "permission": lambda: service.grant_permission(subject, "location", at),
        "no permission": lambda: service.revoke_permission(subject, "location", at),
        "child": lambda: service.state_age(subject, AgeBand.CHILD, at, adult_at=at + timedelta(days=data.draw(DAYS))),
        "adult": lambda: service.state_age(subject, AgeBand.ADULT, at),
        "unknown": lambda: service.state_age(subject, AgeBand.UNKNOWN, at),
        "guardian": lambda: service.verify_guardian(subject, data.draw(later), at),
        "longer": lambda: service.extend_guardian(subject, data.draw(later), at),
        "no guardian": lambda: service.lose_guardian(subject, at),
        "restrict": lambda: service.restrict(subject, at),
        "unrestrict": lambda: service.unrestrict(subject, at),
        "cancel": lambda: service.cancel(subject, at),
        "erase": lambda: service.erase(subject, at),
    }  # fmt: skip


COMMON = [
    "tell",
    "give",
    "give",
    "withdraw",
    "refuse",
    "object",
    "lift",
    "child",
    "guardian",
    "longer",
    "restrict",
    "unrestrict",
]
ASKS = [
    Ask(act=Act.COLLECT, purpose="profile", categories=("nickname",)),
    Ask(act=Act.COLLECT, purpose="bind-device", categories=("location.precise",)),
    Ask(act=Act.SHARE, purpose="affiliate-link", categories=("phone",), recipient="affiliate"),
    Ask(act=Act.SET_TRACKER, purpose="tracker.forms"),
    Ask(act=Act.COLLECT, purpose="third-party-login", categories=("outside-profile",), source="outside-accounts"),
    Ask(act=Act.TRANSFER, purpose="account", categories=("phone",), recipient="successor"),
]


@given(data=st.data())
@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_the_packed_row_is_what_its_causes_say(version, data):
    """After any history of verbs the row equals its rebuilding, and both decide alike at any later moment."""
    subject, at = DataSubjectId(uuid7(NOW)), NOW
    with transaction.atomic():
        service.admit(subject, version, at)
    for _ in range(data.draw(st.integers(1, 12))):
        at += timedelta(days=data.draw(st.integers(0, 5)))
        verbs = _verbs(subject, data, version, at)
        name = data.draw(st.sampled_from(COMMON if data.draw(st.integers(0, 5)) else sorted(verbs)))
        try:
            with transaction.atomic():
                verbs[name]()
        except UpheldError:
            continue  # the verb refused; nothing changed
        stored = queries.of(subject).person
        anew = rebuilding.person(subject)
        assert anew == stored
    book = queries.rulebook(version)
    for days in (0, 1, 7, 31, 365):
        later = int((at + timedelta(days=days)).timestamp())
        for ask in ASKS:
            facts = Facts(rebuilding.person(subject), rebuilding.world().facts)
            assert gate.decide(book, facts, ask, later) == hot.decide(subject, ask, later)[0]


def test_a_spoilt_row_is_rebuilt(adult):
    """A row written over is made anew from its causes."""
    subject = adult()
    with transaction.atomic():
        service.give_consent(subject, "purpose:profile", NOW)
    before = queries.of(subject)
    PersonFactsRow.objects.filter(data_subject_id=subject).update(packed=b"spoilt", revision=99)
    with transaction.atomic():
        rebuilding.rebuild(subject)
    assert queries.of(subject) == before


WORLD_VERBS = st.sampled_from([
    "agree", "assess", "test", "stop", "resume", "cease", "publish", "withdraw", "source agree", "source confirm", "succeed"
])  # fmt: skip


@given(data=st.data())
@settings(deadline=None, max_examples=EXAMPLES // 4, suppress_health_check=list(HealthCheck))
def test_the_packed_world_is_what_its_causes_say(data):
    """After any history of agreements, stops and versions the world equals its rebuilding."""
    with pytest.raises(RuntimeError), transaction.atomic():
        at, seq = NOW, 0
        for _ in range(data.draw(st.integers(1, 12))):
            at += timedelta(days=data.draw(st.integers(0, 5)))
            recipient = data.draw(st.sampled_from(["affiliate", "glide"]))
            until = at + timedelta(days=data.draw(DAYS)) if data.draw(st.booleans()) else None
            match data.draw(WORLD_VERBS):
                case "agree":
                    world_service.agreement(recipient, at, until, at)
                case "assess":
                    world_service.assessment(recipient, at, until, at)
                case "test":
                    world_service.security_test(recipient, at, until, at)
                case "stop":
                    world_service.stop(recipient, at)
                case "resume":
                    world_service.resume(recipient, at)
                case "source agree":
                    world_service.source_agreement(recipient, at, until, at)
                case "source confirm":
                    world_service.lawful_origin(recipient, at, until, at)
                case "succeed":
                    world_service.bind_successor(at, until, at)
                case "cease":
                    world_service.cease(at, at)
                case "withdraw" if seq:
                    world_service.withdraw_version(seq, ends_at=at, now=at)
                case "publish" if seq < 3:
                    seq += 1
                    document = BABY.replace(b"\nversion: 1\n", b"\nversion: %d\n" % seq)
                    world_service.publish_version(document, effective_at=at, now=at)
            assert rebuilding.world() == hot.world()
        raise RuntimeError  # leave nothing behind for the next example


def test_the_policy_of_these_tests_is_whole():
    """The names that the histories use are in the policy."""
    policy = parse(BABY, "baby-device.yaml").policy
    assert {"profile", "bind-device", "affiliate-link"} <= set(policy.functions)
    assert {"affiliate", "glide"} <= set(policy.recipients)
