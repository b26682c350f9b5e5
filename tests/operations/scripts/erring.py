# SPDX-License-Identifier: Apache-2.0
"""Let a product's web fail with a phone number in its hands: in views, in statements, in requests that make no sense.

python erring.py FOLDER PHONE
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from scratch import UPHELD, begin, close

FOLDER, PHONE = Path(sys.argv[1]), sys.argv[2]
begin(FOLDER / "home")

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from tests.houses import House  # noqa: E402
from upheld.clock import SystemClock  # noqa: E402

house = House("baby-device", now=SystemClock().now())
mei = house.person("purpose:profile")
house.collect(mei, "account", phone=PHONE)

import crashing  # noqa: E402

settings.ROOT_URLCONF = "crashing"
settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
client = Client(raise_request_exception=False)
for view in crashing.VIEWS:
    for answer in (
        client.get(f"/{view.__name__}/{PHONE}", {"phone": PHONE}),
        client.post(f"/{view.__name__}/{PHONE}?phone={quote(PHONE)}", {"phone": PHONE}),
    ):
        assert answer.status_code in {400, 403, 404, 409, 500, 503}, (view.__name__, answer.status_code)
        assert PHONE.encode() not in answer.content, view.__name__
settings.ROOT_URLCONF = "upheld.config.urls"
close()


def ask(port, method, path, body=None, **headers):
    request = Request(f"http://127.0.0.1:{port}{path}", data=body, method=method, headers=headers)
    try:
        with urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.read()
    except HTTPError as refused:
        return refused.read()


def serve():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([*UPHELD, "serve", "--port", str(port), "--processes", "1"])
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, port
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


server, port = serve()
try:
    number = quote(PHONE)
    json = {"Content-Type": "application/json", "Authorization": f"Bearer {PHONE}"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for method, path, body, headers in (
        ("GET", "/", None, {}),
        ("GET", f"/{number}", None, {}),
        ("GET", f"/policy?phone={number}", None, {"User-Agent": PHONE, "X-Forwarded-For": PHONE}),
        ("POST", "/sign-in", f"phone={number}".encode(), form),
        ("POST", f"/api/v1/people/{number}", f'{{"phone": "{PHONE}"}}'.encode(), json),
        ("POST", "/api/v1/decide", f'{{"phone": "{PHONE}"'.encode(), json),
        ("PUT", "/api/v1/items", b"\xff" + PHONE.encode(), json),
        ("GET", f"/my-data/{number}", None, {"Cookie": f"session={PHONE}; language={PHONE}"}),
        ("GET", "/healthz", None, {}),
        ("GET", "/readyz", None, {}),
    ):
        ask(port, method, path, body, **headers)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.sendall(f"GET /{PHONE} HTTP/9.9\r\nHost: {PHONE}\r\n{PHONE}\r\n\r\n".encode())
        raw.recv(4096)
    print(ask(port, "GET", "/metrics").decode())
finally:
    server.terminate()
    server.wait(30)
print(subprocess.run([*UPHELD, "doctor"], capture_output=True, text=True, check=False).stdout)
