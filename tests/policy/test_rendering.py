# SPDX-License-Identifier: Apache-2.0
"""The notice says every clause once, in the reader's language, and nothing in it can act."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.planting import both, planted, put, words
from upheld import policy
from upheld.policy.rendering import render_lists

LANGUAGES = ["en", "zh-Hans"]
NASTY = "<script>alert(1)</script>\"'&amp; | `x` [a](javascript:b) *c* \n# d"


class _Page(HTMLParser):
    """Collects ids, links, tags and text, and refuses what is not closed."""

    VOID = {"meta", "br"}

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.text, self.open = [], [], set(), [], []
        self.said, self._clauses = {}, []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        found = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
            self._clauses.append(found.get("id", "").removeprefix("clause-") if tag == "li" else "")
        assert not [name for name in found if name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self._clauses.pop()

    def handle_data(self, data):
        self.text.append(data)
        for clause in filter(None, self._clauses):
            self.said[clause] = self.said.get(clause, "") + data


@pytest.fixture(scope="module")
def baby():
    return planted().policy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notice_says_every_clause_once(baby, lang):
    """Each clause has its sentence and its anchor, and every link within the notice leads somewhere."""
    page = _Page(policy.render(baby, lang, "html"))
    assert len(page.ids) == len(set(page.ids))
    assert {clause.id for clause in policy.bind(baby)} == set(page.said)
    for clause in policy.bind(baby):
        assert clause.text[lang] in page.said[clause.id]
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert page.tags <= {"article", "section", "nav", "div", "h1", "h2", "h3", "p", "ol", "ul", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "small", "strong", "code", "dl", "dt", "dd", "del", "ins", "span"}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_says_every_clause_too(baby, lang):
    """Each clause is in the Markdown, with its anchor."""
    text = policy.render(baby, lang, "md")
    for clause in policy.bind(baby):
        assert f'<a id="clause-{clause.id}"></a>' in text


def test_the_page_stands_alone(baby):
    """For the command line there is a whole page, in the language it says it is in."""
    text = policy.render(baby, "zh-Hans", "html", standalone=True)
    assert text.startswith('<!doctype html>\n<html lang="zh-Hans">')
    assert "婴儿设备应用隐私政策" in "".join(_Page(text).text)


def test_nothing_in_a_text_can_act():
    """Markup in a policy's words is shown, not run."""
    plants = both(
        put("title", words(NASTY, NASTY)),
        put("summary", words(NASTY, NASTY)),
        put("functions/account/label", words(NASTY, NASTY)),
        put("categories/phone/label", words(NASTY, NASTY)),
        put("recipients/glide/name", words(NASTY, NASTY)),
        put("commitments/staff/text", words(NASTY, NASTY)),
    )
    nasty = planted(plants).policy
    html = policy.render(nasty, "en", "html", standalone=True)
    assert "<script" not in html
    assert "javascript:" not in " ".join(_Page(html).links)
    markdown = policy.render(nasty, "en", "md")
    assert "<script" not in markdown.replace("\\<script", "")
    assert "](javascript" not in markdown.replace("\\]", "")
    assert "\n# d" not in markdown


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_words_render(text):
    """Whatever an author writes, the page stays well formed."""
    data = planted().policy
    glide = data.recipients["glide"].model_copy(update={"name": {"en": text, "zh-Hans": text}})
    odd = data.model_copy(update={"recipients": {"glide": glide}})
    _Page(render_lists(odd, "en", "html"))
    render_lists(odd, "en", "md")


def test_the_lists_have_a_row_for_everything(baby):
    """What is collected and who receives is listed, row by row, with purpose, scene and need."""
    both_lists = policy.lists(baby, "en")
    assert len(both_lists.collected) == sum(len(one.collects) for one in baby.functions.values())
    assert len(both_lists.recipients) == len(baby.recipients)
    row = next(row for row in both_lists.collected if row.category_id == "location.precise")
    assert row.function == "Bind a device"
    assert row.required
    assert row.sensitive
    assert row.scene == "while you bind a device"
    push = next(row for row in both_lists.recipients if row.recipient_id == "jiguang-push")
    assert push.package == "cn.jpush"
    assert "List of installed apps" in push.receives


def test_lists_render_in_both_languages(baby):
    """Both lists can be shown alone."""
    assert "已收集个人信息清单" in render_lists(baby, "zh-Hans", "html")
    assert "| Kind | Function |" in render_lists(baby, "en", "md")


def test_a_language_that_is_not_there_is_refused(baby):
    """Nobody is shown a notice in a language that nobody wrote."""
    only_english = baby.model_copy(update={"languages": ("en",)})
    with pytest.raises(ValueError, match="expected one of en"):
        policy.render(only_english, "zh-Hans", "md")
