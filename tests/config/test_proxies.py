# SPDX-License-Identifier: Apache-2.0
"""Behind a proxy that ends HTTPS, pages work as if the process ended it itself."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from tests.web.portal.road import NUMBER, Street
from upheld.messages import transports
from upheld.storage.sequencer import make_log_key

HTTPS = {"HTTP_HOST": "testserver", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
SAY = "import json; from upheld.config import settings; print(json.dumps(settings.SECURE_PROXY_SSL_HEADER))"


def scheme_header(proxies: int, tmp_path):
    """The header that Django takes the scheme from, as the settings say it to a process of so many proxies."""
    environ = os.environ | {"UPHELD_PROXIES": str(proxies), "UPHELD_HOME": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", SAY], env=environ, capture_output=True, check=True, text=True)
    found = json.loads(said.stdout)
    return None if found is None else tuple(found)


@pytest.fixture
def street(db, monkeypatch, settings):
    settings.INSECURE_LOOPBACK = False
    make_log_key()
    yield Street(monkeypatch)
    transports.wire({})


def test_a_form_sent_through_the_operators_proxy_is_taken(street, settings, tmp_path):
    """The browser names an origin of https, and the check against forged requests knows it for ours."""
    settings.UPHELD = settings.UPHELD | {"PROXIES": 1}
    settings.SECURE_PROXY_SSL_HEADER = scheme_header(1, tmp_path)
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in", **HTTPS).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    fields = {"csrfmiddlewaretoken": token, "phone": NUMBER, "version": street.house.version}
    assert client.post("/sign-in", fields, HTTP_ORIGIN="https://testserver", **HTTPS).status_code == 302
    assert client.post("/sign-in", fields, HTTP_ORIGIN="https://elsewhere.example", **HTTPS).status_code == 403


def test_without_a_proxy_nobody_says_that_a_request_came_over_https(tmp_path):
    """The header of a stranger counts for nothing where the operator declared no proxy."""
    assert scheme_header(0, tmp_path) is None
