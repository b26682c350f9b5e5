# SPDX-License-Identifier: Apache-2.0
"""The rendered notice and the record of processing in a real browser: open to everyone, on a phone, in the dark, on paper."""

import pytest

from tests.browser.test_portal import ARGUMENTS, CHROMIUM, SERIOUS
from upheld import places, policy
from upheld.policy.rendering import Extras
from upheld.policy.rendering.machine import record_of_processing
from upheld.policy.rendering.machine.record_writing import as_html

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")]

FIVE = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")


@pytest.fixture(scope="module")
def chromium():
    with pytest.MonkeyPatch.context() as patch, playwright.sync_playwright() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


def written(name, lang):
    """A notice with all it can have, and the record of processing."""
    found = policy.parse(places.policy_file(name)).policy
    earlier = found.model_copy(update={"commitments": {}})
    yield policy.render(found, lang, standalone=True, extras=Extras(before=earlier, mine="/x/", child_first=True))
    yield as_html(record_of_processing(found, lang))


LOOKS = [(name, lang, width) for name in FIVE for lang in ("en", "zh-Hans") for width in (390, 1280)]
SHORT = [("document-tools", "zh-Hans", 390), ("document-tools", "en", 1280)]


@pytest.mark.parametrize(
    ("name", "lang", "width"), [one if one in SHORT else pytest.param(*one, marks=pytest.mark.long) for one in LOOKS]
)
def test_notices_keep_nobody_out(chromium, name, lang, width):
    """axe finds nothing serious, and nothing but a table in its own frame is wider than the screen."""
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if width == 390 else "light")
    for html in written(name, lang):
        page.set_content(html)
        violations = axe.Axe().run(page).response["violations"]
        found = [(one["id"], one["nodes"][0]["html"][:120]) for one in violations if one["impact"] in SERIOUS]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.close()


def test_paper_has_all_the_words_and_none_of_the_links(chromium):
    """Printed, each clause and both lists are there; contents and anchors, which lead nowhere on paper, are not."""
    page = chromium.new_page(viewport={"width": 800, "height": 900})
    page.set_content(next(written("family-website", "en")))
    page.emulate_media(media="print")
    assert page.locator("li[id^='clause-']:visible").count() == page.locator("li[id^='clause-']").count() > 0
    assert page.locator("#list-recipients").is_visible()
    assert not page.locator(".notice-contents").is_visible()
    assert page.locator(".notice-anchor:visible").count() == 0
    assert page.locator(".notice-weighs .notice-mark").first.is_visible()
    page.close()
