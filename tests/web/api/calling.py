# SPDX-License-Identifier: Apache-2.0
"""A program that calls the API through WSGI itself, with Django alone or with the hot path in front of it."""

import io
import json
from dataclasses import dataclass
from datetime import timedelta

from django.core.handlers.wsgi import WSGIHandler

from tests.houses import House
from upheld.clock import SystemClock
from upheld.config import middleware, wiring
from upheld.people import api_keys
from upheld.people.key_values import Terms
from upheld.people.permissions import Permission
from upheld.terms import Act
from upheld.web.api.hot import HotDecide, Surroundings

EVERY_PERMISSION = tuple(one for one in Permission if one.value.startswith("api:"))
EVERY_ACT = tuple(Act)


def django_alone():
    """The ordinary shell."""
    return WSGIHandler()


def hot_in_front():
    """The hot path, as config/wsgi.py mounts it."""
    around = Surroundings(
        policy_clock=wiring.policy_clock,
        security_clock=wiring.security_clock,
        peer=middleware.peer_of,
        is_secure=middleware.is_secure,
    )
    return HotDecide(WSGIHandler(), around)


SHELLS = {"django": django_alone, "hot": hot_in_front}


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Program:
    """One program with its key."""

    def __init__(self, application, key: str = "", address: str = "127.0.0.1") -> None:
        self.application, self.key, self.address = application, key, address

    def call(self, method: str, path: str, body=None, *, raw: bytes | None = None, **environ) -> Answer:
        content = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": self.address,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(content),
            **({"HTTP_AUTHORIZATION": f"Bearer {self.key}"} if self.key else {}),
            **environ,
        }
        seen = {}

        def start(status, headers, exc_info=None):
            seen.update(status=int(status.split()[0]), headers=dict(headers))

        parts = self.application({k: v for k, v in environ.items() if v is not None}, start)
        answer = Answer(seen["status"], seen["headers"], b"".join(parts))
        if hasattr(parts, "close"):
            parts.close()
        return answer

    def get(self, path: str, **environ) -> Answer:
        return self.call("GET", path, **environ)

    def post(self, path: str, body=None, **more) -> Answer:
        return self.call("POST", path, body, **more)

    def put(self, path: str, body=None, **more) -> Answer:
        return self.call("PUT", path, body, **more)


def house_now(name: str = "baby-device") -> House:
    """A house whose time is the system's, as the web's is."""
    return House(name, now=SystemClock().now())


def key_for(house: House, *purposes: str, **more) -> str:
    """Issue a key: for everything unless said otherwise."""
    terms = {
        "name": "program",
        "purposes": purposes or tuple(house.policy.processing),
        "acts": EVERY_ACT,
        "permissions": EVERY_PERMISSION,
        "networks": ("127.0.0.0/8", "::1/128"),
        "people_an_hour": 100,
        "life": timedelta(days=30),
    }
    return api_keys.issue(terms=Terms(**terms | more), now=house.now).text
