# SPDX-License-Identifier: Apache-2.0
"""A person with a browser and a telephone, for stories over HTTP."""

import re

from django.test import Client

from tests.houses import House
from upheld.config import wiring
from upheld.messages import delivery, transports
from upheld.messages.models import OutgoingMessage
from upheld.messages.transports import NullTransport
from upheld.messages.values import Channel

NUMBER = "138 0013 8000"
OTHER = "139 1234 5678"


class Street:
    """A published policy, a gateway that keeps what it is given, and browsers."""

    def __init__(self, monkeypatch, name: str = "baby-device", **more) -> None:
        self.house = House(name, **more)
        self.carrier = NullTransport()
        transports.wire({Channel.SMS: self.carrier, Channel.EMAIL: self.carrier})
        monkeypatch.setattr(wiring, "_policy", self.house.clock)
        monkeypatch.setattr(wiring, "_system", self.house.clock)

    def browser(self, language: str = "en") -> "Browser":
        return Browser(self, language)

    def code(self) -> str:
        """The code of the newest message."""
        waiting = OutgoingMessage.objects.filter(state="queued").order_by("id")
        for id_ in list(waiting.values_list("id", flat=True)):
            delivery.deliver(message_id=id_, now=self.house.now)
        return re.search(r"\d{6}", self.carrier.letters[-1].body).group()

    def work(self) -> None:
        self.house.work()


class Browser:
    """One browser; it follows redirects and keeps cookies."""

    def __init__(self, street: Street, language: str) -> None:
        self.street = street
        self.client = Client(REMOTE_ADDR="127.0.0.1")
        self.client.cookies["language"] = {"en": "en", "zh-Hans": "zh-hans"}[language]

    def get(self, address: str, status: int = 200):
        response = self.client.get(address, follow=True)
        assert status == response.status_code, address
        return response

    def post(self, address: str, status: int = 200, **fields):
        data = {name.replace("__", "-").replace("value-", "value-"): value for name, value in fields.items()}
        response = self.client.post(address, data, follow=True)
        assert status == response.status_code, (address, response.status_code)
        return response

    def ask_for_code(self, number: str = NUMBER, *, accept: bool = True, status: int = 200):
        fields = {"phone": number, "version": self.street.house.version}
        if accept:
            fields["accepted"] = "on"
        return self.post("/sign-in", status, **fields)

    def register(self, number: str = NUMBER, age: str | None = "of_age"):
        self.ask_for_code(number)
        entered = self.post("/sign-in/code", code=self.street.code())
        if entered.redirect_chain[-1][0] == "/sign-in/age":
            self.post("/sign-in/age", how=age or "of_age")
        elif age is not None:
            self.post("/age", how=age)
        return self

    def sign_in(self, number: str = NUMBER):
        self.ask_for_code(number, accept=False)
        return self.post("/sign-in/code", code=self.street.code())

    def wording(self, topic: str) -> str:
        return (
            self.get("/choices").content.decode().split(f'value="{topic}"')[1].split('name="wording" value="')[1][:64]
        )

    def agree(self, topic: str):
        return self.post("/choices/choose", topic=topic, decision="given", wording=self.wording(topic))

    def warned(self, address: str) -> str:
        """What the form of a page carries to say which warning was shown above it."""
        return re.search(r'name="warned" value="([^"]*)"', self.get(address).content.decode())[1]

    def take_back(self, topic: str):
        return self.post("/choices/choose", topic=topic, decision="withdrawn")

    def fill(self, function: str, status: int = 200, **values: str):
        data = {f"value-{name}": value for name, value in values.items()}
        response = self.client.post(f"/profile/{function}", data, follow=True)
        assert status == response.status_code
        return response


def text(response) -> str:
    """What a page says, without its markup."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", plain)
