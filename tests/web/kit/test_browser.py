# SPDX-License-Identifier: Apache-2.0
"""The components in a real browser: accessible, inside the screen, obedient to the policy, working without scripts."""

import threading
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.kit.urls"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


class Server(ThreadingMixIn, WSGIServer):
    """Answers in threads, so that a page and its parts load together."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Prints no addresses."""

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def site():
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def opened(address, language="en", **options):
    """Open a page as a reader would, and close the browser before the databases are looked at again."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(**options)
        context.add_cookies([{"name": "language", "value": language, "url": address}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.goto(address)
        yield page
        browser.close()


@pytest.mark.parametrize(
    ("shell", "language", "width", "scheme"),
    [
        ("kit", "en", 390, "light"),
        ("kit", "zh-hans", 390, "dark"),
        ("kit", "zh-hans", 1280, "light"),
        ("kit", "en", 1280, "dark"),
        ("portal", "zh-hans", 390, "light"),
        ("portal", "en", 1280, "dark"),
        ("no-such-page", "zh-hans", 390, "dark"),
    ],
)
def test_nothing_keeps_anyone_out(site, shell, language, width, scheme):
    """axe finds nothing, nothing is wider than the screen, nothing breaks the content policy."""
    with opened(f"{site}/{shell}", language, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        found = [violation["id"] for violation in axe.Axe().run(page).response["violations"]]
        wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        complaints = [text for text in page.complaints if "404" not in text]
    assert [] == found
    assert wider <= 0
    assert [] == complaints


def test_every_target_is_large_enough(site):
    """Links of navigation, buttons and fields are at least 44 px high (WCAG 2.2, 2.5.5)."""
    small = """[...document.querySelectorAll('button, .button, .nav a, .pages a, .chips a, select, summary, input:not([type=hidden]):not([type=checkbox]):not([type=radio])')]
        .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
    with opened(f"{site}/portal", viewport={"width": 390, "height": 900}) as page:
        found = page.evaluate(small)
    assert [] == found


def test_language_and_theme_change_without_scripts(site):
    """Both switches are forms; they work where scripts are off and lead back to the same page."""
    with opened(f"{site}/kit", java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        page.get_by_role("button", name="简体中文").click()
        language = page.locator("html").get_attribute("lang")
        page.get_by_role("button", name="深色").click()
        theme = page.locator("html").get_attribute("data-theme")
        address = page.url
    assert ("zh-Hans", "dark", f"{site}/kit") == (language, theme, address)


def test_our_own_forms_pass_the_check_against_forged_ones(site):
    """The referrer policy lets browsers say where a form came from, so a real form with its token is taken."""
    with opened(f"{site}/form") as page:
        page.get_by_role("button").click()
        said = page.content()
    assert "taken" in said


def test_the_keyboard_reaches_the_content_first(site):
    """The first Tab stop leads past the navigation."""
    with opened(f"{site}/kit") as page:
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        page.keyboard.press("Enter")
        page.wait_for_url("**#main")
    assert "skip" == first


def test_a_phone_reads_cards(site):
    """On a phone each value of a table stands beside its column's name, and stays a table for readers of speech."""
    with opened(f"{site}/kit", viewport={"width": 390, "height": 900}) as page:
        shown = page.locator("td[data-label=Due]").first.evaluate("e => getComputedStyle(e, '::before').content")
        tables = page.get_by_role("table", name="Requests by when they are due").count()
    assert ('"Due"', 1) == (shown, tables)
