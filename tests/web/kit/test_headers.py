# SPDX-License-Identifier: Apache-2.0
"""What the browser is told, and that no page needs more than that."""

import gzip
import re
from pathlib import Path

import pytest
from django.http import HttpResponse

from upheld.web.kit.headers import HEADERS, SecurityHeaders

pytestmark = pytest.mark.urls("tests.web.kit.urls")
WEB = Path(__file__).resolve().parents[3] / "src" / "upheld" / "web"
INLINE = re.compile(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("address", ["/kit", "/no-such-page", "/post-only", "/fail/Broken", "/api/no-such"])
def test_every_answer_carries_the_headers(client, address):
    """Pages, refusals and errors are all protected."""
    response = client.get(address)
    assert HEADERS == {name: response.headers[name] for name in HEADERS}


def test_the_policy_lets_in_nothing_inline():
    """No script, style, frame or base of another place, and none written into a page."""
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_may_say_that_it_can_be_kept(rf):
    """A published notice sets its own `Cache-Control`; whatever does not is never stored."""
    public = SecurityHeaders(lambda request: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))
    assert "public, max-age=60" == public(rf.get("/")).headers["Cache-Control"]
    assert "no-store" == SecurityHeaders(lambda request: HttpResponse())(rf.get("/")).headers["Cache-Control"]


@pytest.mark.parametrize("template", sorted(WEB.rglob("*.html")), ids=lambda path: path.relative_to(WEB).as_posix())
def test_no_template_writes_scripts_or_styles(template):
    """Every template of portal, console and kit works under the policy."""
    assert [] == INLINE.findall(template.read_text())


def test_the_stylesheet_is_small_and_stands_alone():
    """One stylesheet of less than 10 KB as it is sent, that fetches nothing."""
    css = (WEB / "kit" / "static" / "upheld.css").read_text()
    assert len(gzip.compress(css.encode())) < 10 * 1024
    assert "url(" not in css
    assert "@import" not in css
