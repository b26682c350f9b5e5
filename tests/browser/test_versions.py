# SPDX-License-Identifier: Apache-2.0
"""A newer version in a real browser: window, red dot, answer, archive; small and large, light and dark, without scripts."""

import pytest

from tests.browser.test_portal import SERIOUS, WORDS, axe, opened, pytestmark, register, street  # noqa: F401 - fixture
from tests.stories.test_person_versions import publish
from upheld.promises import history

SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 900}]
PAGES = ("/", "/policy/newer", "/policy/versions", "/policy/compare?old=1&new=2", "/policy/promises", "/choices")


def is_sound(page) -> None:
    """Nothing is wider than the screen, and nobody is kept out."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    found = axe.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == [], page.url


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])
@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("zh-hans", "light")])
def test_a_newer_version_is_seen_and_answered(live_server, street, language, scheme, size):  # noqa: F811 - fixture
    """The window stands on the first page with its red dot; both answers weigh the same; a refusal ends it."""
    site = live_server.url
    with opened(site, language, viewport=size, color_scheme=scheme) as page:
        register(page, street, site, WORDS[language])
        history.take(version=1, now=street.house.now)
        publish(street.house, "within: 15 days", "within: 25 days")
        page.goto(site)
        assert page.locator("dialog.window").is_visible()
        assert page.locator("a.dotted").is_visible()
        is_sound(page)
        page.locator("dialog.window a.button").click()
        accept, refuse = (one.bounding_box() for one in page.locator(".answers button").all())
        assert (accept["width"], accept["height"]) == (refuse["width"], refuse["height"])
        assert len({one.get_attribute("class") for one in page.locator(".answers button").all()}) == 1
        for address in PAGES:
            page.goto(site + address)
            is_sound(page)
        page.goto(f"{site}/policy/newer")
        page.locator(".answers button").last.click()
        page.goto(site)
        assert page.locator("dialog.window, a.dotted").count() == 0
        assert not page.complaints
