# SPDX-License-Identifier: Apache-2.0
"""A person's road in a real browser, in both languages: it works without scripts, and keeps nobody out."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.web.portal.road import OTHER, Street
from upheld.messages import transports
from upheld.storage import sequencer
from upheld.storage.sequencer import make_log_key

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SERIOUS = {"serious", "critical"}
WORDS = {
    "en": {
        "send": "Send me a code", "continue": "Continue", "agree": "Agree", "save": "Save", "withdraw": "Withdraw",
        "nickname": "Nickname", "profile": "Profile", "adult": "I am 14 or older", "refused": "Not saved",
        "right": "Save the right value", "erase": "Erase for good", "csv": "Download CSV",
    },
    "zh-hans": {
        "send": "获取验证码", "continue": "继续", "agree": "同意", "save": "保存", "withdraw": "撤回同意",
        "nickname": "昵称", "profile": "个人资料", "adult": "我已满 14 周岁", "refused": "未保存",
        "right": "保存正确内容", "erase": "永久删除", "csv": "下载 CSV",
    },
}  # fmt: skip
PAGES = (
    "/", "/policy", "/policy/lists", "/policy/versions", "/choices", "/choices/history", "/profile",
    "/profile/profile", "/my-data", "/my-data/looks", "/my-data/disclosures", "/my-data/copy", "/my-data/erase",
    "/my-data/erase/everything", "/my-data/erase/kind/phone", "/requests", "/requests/new/complaint", "/receipts",
    "/account", "/account/number", "/account/messages", "/account/family", "/account/close", "/age", "/guardian",
)  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]


@pytest.fixture
def street(monkeypatch, settings):
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    make_log_key()
    yield Street(monkeypatch)
    transports.wire({})


@contextmanager
def opened(site, language, **options):
    """Open a browser on the site's first page."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = browser.new_context(accept_downloads=True, **options)
        context.add_cookies([{"name": "language", "value": language, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        yield page
        browser.close()


def register(page, street, site, words, number=None):
    """Walk in: number, box ticked by hand, code, age."""
    page.goto(f"{site}/sign-in")
    assert not page.locator("input[name=accepted]").is_checked()
    page.fill("input[name=phone]", number or "138 0013 8000")
    page.check("input[name=accepted]")
    page.get_by_role("button", name=words["send"]).click()
    page.fill("input[name=code]", street.code())
    page.get_by_role("button", name=words["continue"]).click()
    page.get_by_label(words["adult"]).check()
    page.get_by_role("button", name=words["continue"]).click()


def choose(page, topic, word):
    """Press one of the two buttons of a choice."""
    page.locator(f"#choice-{topic}").get_by_role("button", name=word, exact=True).click()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_road_works_without_scripts(live_server, street, language):
    """Register, agree, fill in, correct, copy, withdraw and be refused, erase: all with scripts off."""
    words, site = WORDS[language], live_server.url
    with opened(site, language, java_script_enabled=False, viewport={"width": 390, "height": 844}) as page:
        register(page, street, site, words)
        choose(page, "purpose-profile", words["agree"])
        page.goto(f"{site}/profile/profile")
        page.get_by_label(words["nickname"]).fill("Mimi")
        page.get_by_role("button", name=words["save"], exact=True).click()
        page.goto(f"{site}/my-data")
        page.get_by_role("link", name=words["nickname"], exact=True).click()
        page.get_by_label(words["nickname"]).fill("Momo")
        page.get_by_role("button", name=words["right"]).click()
        assert "Momo" in page.locator("main").inner_text()
        page.goto(f"{site}/my-data/copy")
        with page.expect_download() as download:
            page.get_by_role("button", name=words["csv"]).click()
        assert "my-data.csv" == download.value.suggested_filename
        page.goto(f"{site}/choices")
        choose(page, "purpose-profile", words["withdraw"])
        page.goto(f"{site}/profile/profile")
        page.locator("input[name='value-occupation']").fill("Baker")
        page.get_by_role("button", name=words["save"], exact=True).click()
        assert words["refused"] in page.locator("main").inner_text()
        assert "Baker" == page.locator("input[name='value-occupation']").input_value()
        page.goto(f"{site}/my-data/erase/kind/nickname")
        page.get_by_role("button", name=words["erase"]).click()
        street.work()
        page.goto(f"{site}/my-data")
        assert words["nickname"] not in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 390, "dark"),
        ("zh-hans", 1280, "light"),
        pytest.param("zh-hans", 390, "light", marks=pytest.mark.long),
        pytest.param("en", 1280, "dark", marks=pytest.mark.long),
    ],
)
def test_nothing_keeps_anyone_out(live_server, street, language, width, scheme):
    """On every page axe finds nothing serious, nothing is wider than the screen, the content policy holds."""
    words, site = WORDS[language], live_server.url
    found, wider = [], []
    with opened(site, language, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        for address in ("/", "/sign-in"):
            page.goto(site + address)
            found += faults(page, address)
        register(page, street, site, words, OTHER)
        choose(page, "purpose-profile", words["agree"])
        page.goto(f"{site}/profile/profile")
        page.get_by_label(words["nickname"]).fill("Mimi")
        page.get_by_role("button", name=words["save"], exact=True).click()
        page.goto(f"{site}/requests/new/complaint")
        page.fill("textarea", "Hello.")
        page.locator("form.form button").click()
        sequencer.drain()
        sequencer.publish(now=street.house.now)
        places = [first(page, site, start) for start in ("/my-data", "/requests", "/receipts")]
        for address in (*PAGES, *places):
            page.goto(site + address)
            found += faults(page, address)
            if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
                wider.append(address)
        complaints = [text for text in page.complaints if "404" not in text]
    assert [] == found
    assert [] == wider
    assert [] == complaints


def first(page, site, start):
    """The address of the first entry of a list."""
    page.goto(site + start)
    return re.search(rf'href="({start}/[0-9a-f-]{{36}})"', page.content()).group(1)


def faults(page, address):
    """What axe finds that is serious or critical, with the place."""
    violations = axe.Axe().run(page).response["violations"]
    return [(address, one["id"], one["nodes"][0]["html"][:120]) for one in violations if one["impact"] in SERIOUS]
