# SPDX-License-Identifier: Apache-2.0
"""What people see when something goes wrong: plain words in both languages, and nothing of the cause."""

import json

import pytest
from django.test import Client

from upheld import errors
from upheld.web.kit.errors import status_of
from upheld.web.kit.words import WORDS

pytestmark = pytest.mark.urls("tests.web.kit.urls")
SECRET = b"a secret that must not show"
STATUS = {
    "BadInput": 400, "Unauthenticated": 401, "Forbidden": 403, "NotFound": 404, "Conflict": 409, "TooMany": 429,
    "Unavailable": 503, "NoEvidence": 500, "Broken": 500, "Misconfigured": 500, "UpheldError": 500,
}  # fmt: skip


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def is_page(response, status):
    text = response.content.decode()
    words = WORDS[status]
    assert status == response.status_code
    assert SECRET not in response.content
    assert words.en.title in text
    assert words.zh_hans.title in text
    assert "Traceback" not in text


@pytest.mark.parametrize(("name", "status"), STATUS.items())
def test_errors_of_the_house_have_pages(client, name, status):
    """Each kind of error has its status, its page, and keeps its message to itself."""
    is_page(client.get(f"/fail/{name}"), status)


def test_every_error_of_the_house_has_a_status():
    """A new kind of error is not forgotten here."""
    kinds = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.UpheldError)
    }
    assert set(STATUS) == kinds


def test_a_denial_is_a_refusal():
    """What the gate denies answers 403 although the gate's error lives above the others."""
    denied = type("Denied", (errors.UpheldError,), {"code": "denied"})
    assert 403 == status_of(denied("no"))


@pytest.mark.parametrize(
    ("address", "status"), [("/crash", 500), ("/refuse", 403), ("/no-such-page", 404), ("/post-only", 405)]
)
def test_the_frameworks_refusals_have_pages(client, address, status):
    """Crashes, refusals, wrong addresses and wrong methods read like the rest of the house."""
    is_page(client.get(address), status)


def test_headers_of_a_bare_refusal_stay(client):
    """405 still names the methods that are allowed, 429 still says when to come back."""
    assert "POST" == client.get("/post-only").headers["Allow"]
    assert "42" == client.get("/fail/TooMany").headers["Retry-After"]


def test_a_body_too_large(client, settings):
    """What is too large is refused as that, not as malformed."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    is_page(client.post("/post-only", {"a": "x" * 100}), 413)


def test_a_body_too_large_before_the_view(settings):
    """The check against forged requests reads the body first; the answer is the same."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "x" * 32
    is_page(client.post("/post-only", "a=" + "x" * 100, content_type="application/x-www-form-urlencoded"), 413)


def test_a_forged_form(settings):
    """A form without its token is refused in plain words."""
    is_page(Client(enforce_csrf_checks=True).post("/post-only", {"a": "b"}), 403)


def test_the_readers_language_comes_first(client):
    """The page leads with the language that the reader chose and marks the other one."""
    client.cookies["language"] = "zh-hans"
    text = client.get("/no-such-page").content.decode()
    assert '<html lang="zh-Hans"' in text
    assert text.index(WORDS[404].zh_hans.title) < text.index('lang="en"') < text.index(WORDS[404].en.title)


@pytest.mark.parametrize(("address", "status"), [("/api/no-such", 404), ("/api/fail/Broken", 500)])
def test_programs_get_problems(client, address, status):
    """What never reached the REST shell still answers problem+json, without the cause."""
    response = client.get(address)
    assert "application/problem+json" == response.headers["Content-Type"]
    assert status == json.loads(response.content)["status"] == response.status_code
    assert SECRET not in response.content


def test_a_page_that_cannot_be_drawn_is_said_in_plain_text(client, monkeypatch):
    """When even the templates fail, words remain."""
    monkeypatch.setattr("upheld.web.kit.errors.render_to_string", lambda *args: 1 / 0)
    response = client.get("/crash")
    assert 500 == response.status_code
    assert "text/plain; charset=utf-8" == response.headers["Content-Type"]
    assert WORDS[500].zh_hans.title in response.content.decode()
