# SPDX-License-Identifier: Apache-2.0
"""The reasoning behind an answer: every clause in its words, every fact that was looked at, in both languages."""

from dataclasses import replace

import pytest

from tests.gate.in_order import NOW, adult, world
from tests.gate.test_rules import CASES, IDS, facts_of
from tests.gate.conftest import rulebook
from upheld import gate
from upheld.gate import Facts
from upheld.gate.rules import RULES
from upheld.gate.words_of_facts import FACTS
from upheld.policy import bind
from upheld.terms import Language


def test_every_fact_that_a_rule_sees_has_words():
    """What is observed is said in words, in both languages."""
    assert {rule.seen_as for rule in RULES} <= set(FACTS)
    assert all(en and zh for en, zh in FACTS.values())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("ask", "asked", "person", "changed", "gap"), CASES, ids=IDS)
def test_a_denial_says_clause_rule_and_remedy(ask, asked, person, changed, gap, language):
    """Each thing in the way has a sentence, and each fact that was looked at is told with its value."""
    book = rulebook()
    answer = gate.decide(book, facts_of(book, person, changed), replace(ask, **asked), NOW)
    why = gate.reason_out(answer, book.policy, language)
    assert not why.permitted
    assert [one.reason for one in why.in_the_way] == list(answer.reasons)
    assert all(one.said and one.rule for one in why.in_the_way)
    assert all(bool(one.lifts) == bool(one.reason.lifts) for one in why.in_the_way)
    assert {name for name, _, _ in why.looked_at} == set(answer.observed)
    clauses = {clause.id for clause in bind(book.policy)}
    assert all(bool(one.sentence) == (one.reason.clause in clauses) for one in why.in_the_way)


def test_a_permit_says_what_it_rests_on():
    """The clauses of a permit come with their sentences, and with what it obliges to."""
    book = rulebook()
    ask = CASES[0][0]
    why = gate.reason_out(gate.decide(book, Facts(adult(book), world(book)), ask, NOW), book.policy, Language.EN)
    assert why.permitted
    assert why.rests_on["functions.profile"].startswith("Profile")
    assert "leave a record" in why.obliges_to
