# SPDX-License-Identifier: Apache-2.0
"""What weighs stands out, what changed comes first, special words are explained, and children are spoken to."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.planting import both, cut, planted, put, words
from tests.policy.test_rendering import LANGUAGES, NASTY, _Page
from upheld import places, policy
from upheld.policy.model.weighing import weighs
from upheld.policy.plain_words import HOUSE
from upheld.policy.rendering import Extras, refusing
from upheld.policy.rendering.changed import changed
from upheld.policy.rendering.children import children_text
from upheld.policy.rendering.phrases import CHILDREN, EFFECTS, MARKS
from upheld.policy.rendering.terms import Term, pieces
from upheld.policy.rendering.weighing import Mark, marks
from upheld.policy.rendering.words import CHAPTERS, GROUPS, LABELS
from upheld.terms import Language

FIVE = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")


@pytest.fixture(scope="module", params=FIVE)
def one(request):
    return policy.parse(places.policy_file(request.param)).policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_policy_is_said_whole(one, lang):
    """In each language each clause stands once, with its words, and every link within the page leads somewhere."""
    page = _Page(policy.render(one, lang, extras=Extras(before=one, mine="/policy/clause/", child_first=True)))
    assert len(page.ids) == len(set(page.ids))
    assert {clause.id for clause in policy.bind(one)} == set(page.said)
    for clause in policy.bind(one):
        assert clause.text[lang] in page.said[clause.id]
        assert f"/policy/clause/{clause.id}" in page.links
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_weighs_stands_out(one, lang):
    """Each clause that weighs carries its mark in HTML and is bold in Markdown; the others are plain."""
    marked, html, markdown = marks(one), policy.render(one, lang), policy.render(one, lang, "md")
    for clause in policy.bind(one):
        assert (clause.id in marked) or not weighs(one, clause.id)
        line = re.search(rf'<li id="clause-{re.escape(clause.id)}".*', html)[0]
        bold = re.search(rf'<a id="clause-{re.escape(clause.id)}"></a>(.*) `', markdown)[1]
        word = MARKS[marked[clause.id]][lang] if clause.id in marked else ""
        assert bool(word) == ('class="notice-weighs"' in line) == bold.startswith(f"**{word}:** **")
        assert not word or f'<strong class="notice-mark">{word}</strong>' in line


def test_what_gives_or_limits_a_right_weighs():
    """Rights and refusals, law that keeps, sensitive data, what goes abroad and what an author marks: each by its word."""
    plants = both(put("commitments/staff/weighs", True), put("commitments/staff/chapter", "protect"))
    marked = marks(planted(plants).policy)
    assert Mark.RIGHT is marked["rights.requests.access"]
    assert Mark.LIMIT is marked["rights.fees"]
    assert Mark.SENSITIVE is marked["categories.location.precise"]
    assert Mark.WEIGHTY is marked["commitments.staff"]
    assert "categories.nickname" not in marked
    assert "commitments.staff" not in marks(planted(put("commitments/staff/chapter", "protect")).policy)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_item_says_what_a_no_costs(one, lang):
    """Each row of the list of what is collected, and each purpose and permission, has an effect of refusing."""
    assert all(row.refused for row in policy.lists(one, lang).collected)
    assert all(refusing.of_processing(one, name, Language(lang)) for name in one.processing)
    assert all(refusing.of_permission(one, name, Language(lang)) for name in one.permissions)


def test_the_author_s_words_come_before_the_house_s():
    """What the file says of a refusal is said; where it says nothing, the terms say it."""
    found = planted().policy
    said = refusing.of_processing(found, "bind-device", Language.EN)
    assert "You cannot bind a device; everything else works." == said
    silent = planted(cut("functions/bind-device/refused")).policy
    assert "“Bind a device” cannot be used" in refusing.of_processing(silent, "bind-device", Language.EN)
    assert "A law asks for it" in refusing.of_processing(found, "proof", Language.EN)
    assert "works without it" in refusing.of_item(found, "profile", "nickname", Language.EN)


def test_what_changed_is_told_before_the_rest():
    """Added, changed and removed clauses are listed with both texts, above the contents; the dates are not news."""
    before = planted().policy
    after = planted(
        both(
            put("version", 2),
            put("commitments/staff/text", words("New words.", "新的话。")),
            cut("commitments/dates"),
            put("commitments/fresh", {"chapter": "protect", "text": words("Fresh.", "新增。"), "controls": []}),
        )
    ).policy
    found = {one.clause: one.kind for one in changed(before, after, Language.EN)}
    expected = {"commitments.staff": "changed", "commitments.dates": "removed", "commitments.fresh": "added"}
    assert expected == found
    html = policy.render(after, "en", extras=Extras(before=before))
    assert html.index('id="notice-changed"') < html.index('class="notice-contents"')
    assert "<ins>New words.</ins>" in html
    assert () == changed(after, after, Language.EN)
    assert LABELS["nothing-changed"]["zh-Hans"] in policy.render(after, "zh-Hans", "md", extras=Extras(before=after))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_children_are_spoken_to(one, lang):
    """The text for children exists in both languages, retells clauses that are there, and can come first."""
    told = children_text(one, Language(lang))
    assert {line.clause for line in told} <= {clause.id for clause in policy.bind(one)}
    assert any(line.clause == "children.under" for line in told) == (one.children is not None)
    first = policy.render(one, lang, extras=Extras(child_first=True))
    last = policy.render(one, lang)
    assert first.index('id="notice-children"') < first.index('id="notice-summary"')
    assert last.index('id="notice-children"') > last.index('id="list-collected"')
    assert policy.render_children(one, lang).count("<h2") == 1


def test_no_children_no_text_for_them():
    """A policy without rules for children has none."""
    without = planted(cut("children")).policy
    assert "" == policy.render_children(without, "en")
    assert "notice-children" not in policy.render(without, "en")


def test_special_words_are_explained_once_a_chapter():
    """A word of the policy's glossary leads to its clause, one of the house to its explanation, at its first place."""
    plants = both(
        put(
            "glossary",
            {"gateway": {"label": words("staff", "员工"), "means": words("people who work here", "在此工作的人")}},
        ),
        put("commitments/staff/text", words("Our staff and other staff look at personal data.", "员工看信息。")),
    )
    html = policy.render(planted(plants).policy, "en")
    line = re.search(r'<li id="clause-commitments\.staff".*', html)[0]
    assert line.count('href="#clause-glossary.gateway"') == 1
    assert 'href="#term-personal-data"' in html
    assert '<dt id="term-personal-data">' in html
    assert "notice-term" not in re.search(r'<li id="clause-glossary\.gateway".*', html)[0]


TERMS = tuple(Term(anchor=f"term-{n}", word=w, meaning="x") for n, w in enumerate(["cookie", "SDK", "个人信息", "a.b"]))


@given(st.lists(st.sampled_from(["cookie", "cookies", "sdk", "个人信息", "a.b", "axb", " ", "<", "x"])).map("".join))
@settings(deadline=None)
def test_the_pieces_are_the_sentence(text):
    """Whatever is linked, no letter is lost, and each word is linked once."""
    found = list(pieces(text, TERMS, set()))
    assert text == "".join(piece.text for piece in found)
    linked = [piece.anchor for piece in found if piece.anchor]
    assert len(linked) == len(set(linked))
    assert all(piece.text.lower() in {term.word.lower() for term in TERMS} for piece in found if piece.anchor)


@given(st.text(alphabet="<>&\"'`*_[](){}|~#\\=-+:/ ax个", min_size=1, max_size=40))
@settings(max_examples=15, deadline=None)
def test_hostile_words_stay_words(text):
    """Markup in glossary, labels and the version before is shown, not run."""
    said = words(NASTY + text, NASTY + text)
    before = planted(both(put("commitments/staff/text", said), put("functions/account/refused", said))).policy
    after = planted(
        both(put("glossary", {"x": {"label": said, "means": said}}), put("children/guardian/verified-by", {"x": said}))
    ).policy
    extras = Extras(before=before, mine="/x/", child_first=True)
    page = _Page(policy.render(after, "en", standalone=True, extras=extras))
    assert "script" not in page.tags
    assert not [link for link in page.links if not link.startswith(("#", "/x/", "https://"))]
    assert "<script" not in policy.render(after, "en", "md", extras=extras).replace("\\<script", "")


def test_every_text_is_there_in_both_languages():
    """No label, mark, effect or sentence for children lacks a language."""
    for texts in (CHAPTERS, GROUPS, LABELS, MARKS, EFFECTS, CHILDREN, HOUSE):
        assert all(set(Language) == set(said) and all(said.values()) for said in texts.values())
