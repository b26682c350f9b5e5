# SPDX-License-Identifier: Apache-2.0
"""Transports to the outside: an SMS gateway over HTTPS, a mail server over TLS.

Both go through the house's one egress. What a gateway answers is read for its status alone and never repeated: gateways
like to quote the number that they could not reach.
"""

import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import orjson

from upheld.clock import Clock, SystemClock
from upheld.errors import BadInput, Forbidden, Misconfigured, Unavailable
from upheld.messages.transports import Transport
from upheld.messages.values import Channel, Letter
from upheld.storage import egress
from upheld.storage.egress import Allowed

_WILL_NEVER_BE_TAKEN: Final = frozenset({400, 404, 410, 413, 422})
"""What a gateway says of this letter; all else it says of itself or of our key, which an operator can put right."""
_SMTPS_PORT: Final = 465
"""Mail submission over TLS from the first byte (RFC 8314 section 3.3)."""
_SECONDS: Final = 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class HTTPGateway:
    """Posts `{"id", "to", "text"}` to an SMS gateway; the number is in the body, never in the URL.

    Attributes:
        url: https address to post to.
        key: sent as a bearer token.
        reports: whether the gateway calls back when a message arrived.
    """

    url: str
    key: str = field(default="", repr=False)
    allowed: Allowed = field(default_factory=lambda: Allowed(connector="sms"))
    reports: bool = False
    keeps: timedelta = timedelta(0)

    def send(self, letter: Letter) -> None:
        """Post the letter, under its id.

        Raises:
            Unavailable: no answer, or one that an operator can put right.
            BadInput: the gateway will never take it.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(letter.id)}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        body = orjson.dumps({"id": str(letter.id), "to": letter.address, "text": letter.body})
        status = self._status(body, headers)
        if status in _WILL_NEVER_BE_TAKEN:
            raise BadInput(f"the SMS gateway refuses this message (status {status})")
        if not 200 <= status < 300:
            raise Unavailable(f"the SMS gateway did not take the message (status {status})")

    def _status(self, body: bytes, headers: Mapping[str, str]) -> int:
        try:
            answer = egress.send("POST", self.url, allowed=self.allowed, body=body, headers=headers, seconds=_SECONDS)
        except (BadInput, Forbidden) as error:  # the address of the gateway, not this letter, is wrong
            raise Unavailable("the SMS gateway's address cannot be used", hint="set UPHELD_SMS_URL") from error
        return answer.status


@dataclass(frozen=True, kw_only=True, slots=True)
class SMTPTransport:
    """Submits mail to one server, over TLS.

    Attributes:
        host: the server's name, which its certificate must carry.
        port: 465 unless the operator says otherwise.
        sender: the address that mail comes from.
        user: to sign in with, if the server asks.
        password: the same.
    """

    host: str
    sender: str
    port: int = _SMTPS_PORT
    user: str = ""
    password: str = field(default="", repr=False)
    allowed: Allowed = field(default_factory=lambda: Allowed(connector="mail"))
    clock: Clock = field(default_factory=SystemClock)
    reports: bool = False
    keeps: timedelta = timedelta(0)

    def send(self, letter: Letter) -> None:
        """Submit the letter; its id makes the Message-ID, so that a repeated one is known as the same.

        Raises:
            Unavailable: the server did not take it now.
            BadInput: the server will never take it.
        """
        failure = self._submitted(self._mail(letter), letter.address)
        if failure is not None:  # outside the handler: what the server said goes nowhere
            raise failure

    def _submitted(self, mail: EmailMessage, address: str) -> Unavailable | BadInput | None:
        try:
            with _Submission(self) as server:
                if self.user:
                    server.login(self.user, self.password)
                server.sendmail(self.sender, [address], mail.as_bytes(policy=SMTP))
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if 500 <= code < 600:
                return BadInput(f"the mail server refuses this address (code {code})")
            return Unavailable(f"the mail server did not take the address (code {code})")
        except smtplib.SMTPResponseException as error:
            return Unavailable(f"the mail server did not take the message (code {error.smtp_code})")
        except (OSError, smtplib.SMTPException, Forbidden, BadInput) as error:
            return Unavailable(f"the mail server could not be reached ({type(error).__name__})")
        return None

    def _mail(self, letter: Letter) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = letter.address
        mail["Subject"] = letter.subject
        mail["Date"] = format_datetime(self.clock.now())
        mail["Message-ID"] = f"<{letter.id}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
        mail.set_content(letter.body)
        return mail


class _Submission(smtplib.SMTP):
    """A session whose connection egress makes: resolved once, checked, TLS from the first byte."""

    def __init__(self, transport: SMTPTransport) -> None:
        self._transport = transport
        super().__init__(transport.host, transport.port, local_hostname="localhost", timeout=_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> object:
        return egress.connect(host, port, allowed=self._transport.allowed, seconds=timeout)


def sms_gateway(url: str, *, allowed: Allowed | None = None) -> HTTPGateway:
    """Read `https://KEY@HOST/PATH` as an SMS gateway.

    Raises:
        Misconfigured: it is no such address.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise Misconfigured("UPHELD_SMS_URL is no https address", hint="expected https://KEY@HOST/PATH")
    place = parts.netloc.rpartition("@")[2]
    key = unquote(parts.username or parts.password or "")
    bare = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
    return HTTPGateway(url=bare, key=key, allowed=allowed or Allowed(connector="sms"))


def mail_server(url: str, *, allowed: Allowed | None = None) -> SMTPTransport:
    """Read `smtps://USER:PASSWORD@HOST:465?from=ADDRESS` as a mail server.

    Raises:
        Misconfigured: it is no such address, or names no sender.
    """
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme != "smtps" or not parts.hostname or "@" not in sender:
        raise Misconfigured(
            "UPHELD_SMTP_URL is no address of a mail server over TLS",
            hint="expected smtps://USER:PASSWORD@HOST:465?from=ADDRESS",
        )
    return SMTPTransport(
        host=parts.hostname,
        port=parts.port or _SMTPS_PORT,
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        allowed=allowed or Allowed(connector="mail"),
    )


def configured(*, sms_url: str, smtp_url: str) -> Mapping[Channel, Transport]:
    """Return the transports that an operator's settings name; a channel without one lets its messages wait.

    Raises:
        Misconfigured: a setting is no address of a gateway.
    """
    found: dict[Channel, Transport] = {}
    if sms_url:
        found[Channel.SMS] = sms_gateway(sms_url)
    if smtp_url:
        found[Channel.EMAIL] = mail_server(smtp_url)
    return found
