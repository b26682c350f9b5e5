# SPDX-License-Identifier: Apache-2.0
"""The console in a real browser: accessible, inside the screen, in both languages, also without scripts.

With UPHELD_SHOTS=FOLDER in the environment every page is kept as a picture there.
"""

import os
import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from tests.houses import House
from tests.web.console.desks import PASSWORD, joined
from upheld.clock import SystemClock
from upheld.config import wiring
from upheld.crypto.randomness import uuid7
from upheld.people import api_keys, staff_invites
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission, Role
from upheld.promises import history
from upheld.rights import service
from upheld.rights.values import Filing
from upheld.sharing import queries as sharing
from upheld.storage import sequencer
from upheld.storage.jobs.models import JobRun, JobStatus
from upheld.terms import Act, Language, Right

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SHOTS = os.environ.get("UPHELD_SHOTS", "")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]
PAGES = [
    "", "account/", "requests/", "people/", "holds/", "board/", "versions/", "versions/propose/", "recipients/",
    "messages/", "log/", "jobs/", "keys/", "keys/issue/", "staff/",
]  # fmt: skip


@pytest.fixture
def house(monkeypatch):
    """A house that has been lived in for some weeks: requests in every state, a board with a past, jobs in trouble."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop of its own in this thread
    house = House("baby-device")
    monkeypatch.setattr(wiring, "_policy", house.clock)
    person = house.person("purpose:profile")
    house.collect(person, "account", phone="+8613800138000")
    for row in sharing.directory(language=Language.EN, now=house.now)[:2]:
        house.agree(row.recipient)
    for _ in range(4):
        while sequencer.drain():
            pass
        history.take(version=1, now=house.now)
        house.later(days=3)
        house.collect(house.person(), "account", phone="+8613800138001")
    file(house, person, Right.EXPLANATION)
    house.later(days=13)
    file(house, person, Right.ERASURE, case="withdrawn")
    file(house, person, Right.PORTABILITY, verified_by="signed-in")
    house.later(days=3)
    api_keys.issue(
        terms=Terms(
            name="Order system", purposes=("orders",), acts=(Act.USE,), permissions=(Permission.API_DECISIONS_ASK,),
            networks=("192.0.2.0/24",), people_an_hour=50, life=timedelta(days=30),
        ),
        now=house.now,
    )  # fmt: skip
    JobRun.objects.create(
        id=uuid7(house.now), key="a", status=JobStatus.DEAD, run_at=house.now, attempts=8, last_error="unavailable",
        arguments={}, state={}, created_at=house.now, kind="messages.deliver", step="start",
    )  # fmt: skip
    while sequencer.drain():
        pass
    return house


def file(house, person, right, *, case="", verified_by=""):
    filing = Filing(
        data_subject_id=person, right=right, channel="protection-office", case=case, verified_by=verified_by,
        statement="Please look at what the machine decided about me.",
    )  # fmt: skip
    return service.file(filing=filing, now=house.now)


def next_version(house):
    text = (
        house.document.decode()
        .replace("\nversion: 1\n", "\nversion: 2\n")
        .replace("keep: 180 days", "keep: 400 days", 1)
    )
    text = text.replace("updated: 2026-01-05", f"updated: {house.now.date()}")
    return text.replace("effective: 2026-02-05", f"effective: {(house.now + timedelta(days=60)).date()}").encode()


@contextmanager
def browser(site, language="en", **options):
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        context = chromium.new_context(**options)
        context.add_cookies([{"name": "language", "value": language, "url": site}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        yield page
        chromium.close()


def sign_in(page, site, colleague):
    page.goto(f"{site}/console/sign-in/")
    page.locator("[name=email]").fill(colleague.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=code]").fill(colleague.recovery_codes[0])
    page.locator("main form button").click()
    page.wait_for_url(re.compile("/console/(\\?.*)?$"))


def faults(page):
    """Return what keeps somebody out, sticks out, or breaks the content policy."""
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in axe.Axe().run(page).response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    complaints = [text for text in page.complaints if "status of 4" not in text]
    return found + ([f"{wider} px too wide"] if wider > 0 else []) + complaints


def keep(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


LOOKS = [("en", 1280, "light"), ("zh-hans", 1280, "dark"), ("zh-hans", 390, "light"), ("en", 390, "dark")]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_can_be_used_by_everyone(live_server, house, language, width, scheme):
    """axe finds nothing serious or critical on any page, nothing is wider than the screen, nothing breaks the headers."""
    site, wrong = live_server.url, {}
    colleague = joined(Role.OFFICER, now=house.now, name="Lin Yue")
    with browser(site, language, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:

        def look(name):
            found = faults(page)
            if found:
                wrong[name] = found
            keep(page, f"{name}-{language}-{width}-{scheme}")

        page.goto(f"{site}/console/sign-in/")
        look("sign-in")
        sign_in(page, site, colleague)
        for address in PAGES:
            page.goto(f"{site}/console/{address}")
            look(address.strip("/").replace("/", "-") or "home")
        page.goto(f"{site}/console/board/clauses/functions.account/")
        look("clause")
        page.goto(f"{site}/console/requests/")
        page.locator("tbody th a").first.click()
        look("request")
        page.goto(f"{page.url}refuse/?ground=trade-secret")
        look("refuse")
        page.locator("main form[method=post] button").click()
        look("refuse-wrong")
        page.goto(page.url.partition("refuse/")[0] + "look/")
        look("look-for")
        page.locator("[name=reason]").fill("To answer what is asked")
        page.locator("main form[method=post] button").last.click()
        look("look")
        page.locator("[name=categories]").first.check()
        page.locator("[name=reason]").fill("To answer what is asked")
        page.locator("#open form button").click()
        look("look-opened")
        for name, document in {
            "propose-findings": b"upheld: 1\nnonsense: true\n",
            "proposal": next_version(house),
        }.items():
            page.goto(f"{site}/console/versions/propose/")
            upload = {"name": "policy.yaml", "mimeType": "application/yaml", "buffer": document}
            page.locator("[name=document]").set_input_files(upload)
            page.locator("main form[method=post] button").last.click()
            look(name)
        page.goto(f"{site}/console/recipients/")
        page.locator("tbody th a").first.click()
        look("recipient")
        page.goto(f"{site}/console/kit")
        look("kit")
    assert {} == wrong


def test_an_officer_works_without_scripts(live_server, house):
    """Join by the link, sign in, verify and answer: with scripts off everything is a link or a form."""
    site = live_server.url
    token = staff_invites.invite(role=Role.OFFICER, now=house.now, security_now=SystemClock().now()).token
    with browser(site, java_script_enabled=False, viewport={"width": 1280, "height": 900}) as page:
        page.goto(f"{site}/console/invite/{token}")
        secret = re.search(r"[A-Z2-7]{32}", page.content()).group()
        keep(page, "join")
        for name, text in {
            "name": "Lin Yue",
            "email": "lin@staff.example",
            "password": PASSWORD,
            "again": PASSWORD,
        }.items():
            page.locator(f"[name={name}]").fill(text)
        page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Join").click()
        codes = page.locator("pre").inner_text().split()
        page.get_by_role("link", name="sign in").click()
        page.locator("[name=email]").fill("lin@staff.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=code]").fill(codes[0])
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{site}/console/requests/?right=explanation")
        assert "Overdue" in page.content()
        page.locator("tbody th a").first.click()
        page.get_by_label("a written request with a proof of identity").check()
        page.get_by_role("button", name="The requester is verified").click()
        page.locator("[name=text]").fill("A person looked at it again.")
        page.get_by_role("button", name="Answer", exact=True).click()
        said = page.locator("[role=status]").inner_text()
    assert "answered" in said


def test_the_board_says_how_far_it_has_come(live_server, house):
    """With scripts the page asks again by itself and shows the new board when it is done."""
    site = live_server.url
    colleague = joined(Role.AUDITOR, now=house.now)
    with browser(site, viewport={"width": 1280, "height": 900}) as page:
        sign_in(page, site, colleague)
        page.goto(f"{site}/console/board/")
        page.get_by_role("button", name="Recompute").click()
        assert page.get_by_text("waits for the worker").is_visible()
        house.work()
        page.get_by_text("waits for the worker").wait_for(state="detached", timeout=10_000)
        assert page.get_by_role("button", name="Recompute").is_visible()
        assert not [text for text in page.complaints if "Content Security" in text]
