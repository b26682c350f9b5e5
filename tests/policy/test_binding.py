# SPDX-License-Identifier: Apache-2.0
"""Every promise of a policy is a clause with words and controls."""

from collections import Counter

import pytest

from tests.policy.planting import BABY, planted, put, words
from upheld import controls, policy
from upheld.policy.binding.phrases import PHRASES
from upheld.policy.binding.values import REGIONS, VALUES
from upheld.terms import Language

FIVE = sorted(BABY.parent.glob("*.yaml"))


@pytest.fixture(scope="module")
def clauses():
    return {clause.id: clause for clause in policy.bind(planted().policy)}


@pytest.mark.parametrize("path", FIVE, ids=lambda path: path.stem)
def test_each_clause_of_each_policy_is_whole(path):
    """A clause has an id of its own, words in each language, controls that exist, and a place in the file."""
    parsed = policy.parse(path)
    bound = policy.bind(parsed.policy)
    assert max(Counter(clause.id for clause in bound).values()) == 1
    for clause in bound:
        assert set(clause.text) == set(parsed.policy.languages)
        assert all(text.strip() and "{" not in text for text in clause.text.values())
        assert clause.controls
        assert set(clause.controls) <= set(controls.CONTROLS)


def test_every_clause_leads_to_its_line(clauses):
    """A clause's id is a path in the file, or lies within one where the format fills in what is not written."""
    parsed = planted()
    implied = {"background", "refusable", "cut-rights", "archive", "name", "collects"}
    for name in clauses:
        assert name in parsed.places or name.rpartition(".")[2] in implied


def test_sentences_say_the_terms_in_both_languages(clauses):
    """What the file says in terms, the clause says in words."""
    said = clauses["storage.account"].text
    assert "for 180 days from the closing of your account, then erase it." in said[Language.EN]
    assert "自账号注销起保存180天，期满后删除。" in said[Language.ZH_HANS]
    said = clauses["rights.requests.access"].text
    assert "within 15 days from receipt" in said[Language.EN]
    assert "自收到请求起15天内答复" in said[Language.ZH_HANS]
    assert "14" in clauses["children.under"].text[Language.EN]
    assert "precise location (needed)" not in clauses["functions.bind-device.collects"].text[Language.ZH_HANS]


def test_the_author_may_say_it_in_their_own_words():
    """An author's text stands in the place of the written one, in the languages it is given in."""
    own = planted(put("storage/account/text", words("Our own words.", "自己的话。"))).policy
    said = {clause.id: clause for clause in policy.bind(own)}["storage.account"]
    assert said.text == {Language.ZH_HANS: "自己的话。", Language.EN: "Our own words."}
    assert "vault.expiry_at_read" in said.controls


def test_controls_follow_the_terms(clauses):
    """What a clause says decides what upholds it."""
    assert "gate.separate_consent" in clauses["functions.bind-device"].controls
    assert "gate.separate_consent" not in clauses["functions.account"].controls
    assert "gate.residency" in clauses["recipients.facebook"].controls
    assert "gate.residency" not in clauses["recipients.glide"].controls
    assert "retention.cancellation_erases" in clauses["storage.account"].controls
    assert "retention.cancellation_erases" not in clauses["storage.logs"].controls


def test_an_unknown_id_stands_for_itself():
    """A policy with findings can still be bound, so that every finding shows at once."""
    wrong = planted(put("storage/account/of", ["unheard"])).policy
    assert "unheard" in {clause.id: clause for clause in policy.bind(wrong)}["storage.account"].text[Language.EN]


def test_every_phrase_is_there_in_both_languages():
    """No sentence can be written in one language only."""
    for table in (PHRASES, REGIONS, VALUES):
        for key, said in table.items():
            assert set(said) == set(Language), key
            names = [set(_fields(text)) for text in said.values()]
            assert names[0] == names[1], key


def _fields(text):
    from string import Formatter

    return (field for _, field, _, _ in Formatter().parse(text) if field)
