# SPDX-License-Identifier: Apache-2.0
"""Language and theme: chosen without scripts, kept in a cookie, harmless whatever is sent."""

import pytest

from upheld.web.kit.preferences import THEME_COOKIE

pytestmark = pytest.mark.urls("tests.web.kit.urls")


def test_reading_sets_no_cookie(client):
    """Before a reader chooses or fills a form, nothing is stored on the device."""
    assert {} == dict(client.get("/no-such-page").cookies)


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_a_language_holds(client, code, tag):
    """The chosen language holds on the next page and is marked there."""
    response = client.post("/preferences/language", {"language": code, "next": "/kit"})
    assert "/kit" == response.headers["Location"]
    cookie = response.cookies["language"]
    assert (True, "Lax") == (cookie["httponly"], cookie["samesite"])
    text = client.get("/kit").content.decode()
    assert f'<html lang="{tag}"' in text
    assert f'value="{code}" lang="{tag}" aria-pressed="true"' in text


def test_the_browsers_language_is_heard(client):
    """Who has not chosen gets what the browser asks for."""
    assert 'lang="zh-Hans"' in client.get("/kit", headers={"accept-language": "zh-CN,zh;q=0.9"}).content.decode()[:200]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_holds(client, theme):
    """The chosen theme is on the next page; `auto` forgets it."""
    client.post("/preferences/theme", {"theme": theme})
    assert f'data-theme="{theme}"' in client.get("/kit").content.decode()
    response = client.post("/preferences/theme", {"theme": "auto"})
    assert 0 == response.cookies[THEME_COOKIE]["max-age"]
    assert "data-theme" not in client.get("/kit").content.decode()[:300]


@pytest.mark.parametrize("address", ["language", "theme"])
def test_nonsense_is_ignored(client, address):
    """Unknown values set nothing; a forged cookie never reaches the page."""
    response = client.post(f"/preferences/{address}", {address: '"><script>'})
    assert {} == dict(response.cookies)
    client.cookies[address] = "evil"
    assert "evil" not in client.get("/kit").content.decode()
    assert 405 == client.get(f"/preferences/{address}").status_code


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "", "kit"]
)
def test_the_way_back_stays_here(client, target):
    """A preference leads back to a page of this site, never elsewhere."""
    assert "/" == client.post("/preferences/theme", {"theme": "dark", "next": target}).headers["Location"]
