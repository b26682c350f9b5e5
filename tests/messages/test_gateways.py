# SPDX-License-Identifier: Apache-2.0
"""Gateways, against servers of our own on loopback: what they are given, and what their refusals mean."""

import datetime
import json
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from upheld.errors import BadInput, Misconfigured, Unavailable
from upheld.messages import gateways
from upheld.messages.gateways import HTTPGateway, SMTPTransport
from upheld.messages.values import Channel, Letter
from upheld.storage.egress import Allowed

NUMBER, ADDRESS = "+8613800138000", "lin@company.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + pem)
    return str(file)


def server_context(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def allowed(certificate) -> Allowed:
    return Allowed(connector="trial", private_hosts=frozenset({"localhost"}), ca_file=certificate)


@pytest.fixture
def sms(certificate):
    """An SMS gateway that answers what the test says and keeps what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        status, seen = 202, []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Handler.seen.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(Handler.status)
            self.end_headers()
            self.wfile.write(b"cannot reach " + NUMBER.encode())

        def log_message(self, *_):
            pass

    Handler.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = server_context(certificate).wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    Handler.port = server.server_address[1]
    yield Handler
    server.shutdown()
    server.server_close()


def letter(address: str = NUMBER) -> Letter:
    return Letter(id=uuid4(), channel=Channel.SMS, address=address, subject="Your code", body="123456 您的验证码")


def test_the_number_goes_in_the_body_under_the_letters_id(sms, allowed):
    """Never in the URL; the key goes as a bearer token."""
    sent = letter()
    HTTPGateway(url=f"https://localhost:{sms.port}/send", key="k", allowed=allowed).send(sent)
    ((path, headers, body),) = sms.seen
    assert path == "/send"
    assert body == {"id": str(sent.id), "to": NUMBER, "text": sent.body}
    assert headers["Idempotency-Key"] == str(sent.id)
    assert headers["Authorization"] == "Bearer k"


@pytest.mark.parametrize(
    ("status", "meaning"),
    [(400, BadInput), (422, BadInput), (401, Unavailable), (429, Unavailable), (503, Unavailable), (302, Unavailable)],
)
def test_what_a_refusal_means(sms, allowed, status, meaning):
    """Some letters will never be taken; all else may be later. Nothing of the answer is repeated."""
    sms.status = status
    with pytest.raises(meaning) as refused:
        HTTPGateway(url=f"https://localhost:{sms.port}/send", allowed=allowed).send(letter())
    assert NUMBER not in str(refused.value) + refused.value.diagnostics()


def test_a_gateway_on_a_private_network_is_not_called(sms, certificate):
    """Without the operator's word the letter waits; it is not the letter that is wrong."""
    closed = Allowed(connector="trial", ca_file=certificate)
    with pytest.raises(Unavailable):
        HTTPGateway(url=f"https://localhost:{sms.port}/send", allowed=closed).send(letter())
    assert sms.seen == []


class MailServer:
    """Speaks as much SMTP as a submission needs."""

    def __init__(self, certificate: str) -> None:
        self.recipient_answer = b"250 ok"
        self.mails: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._context = server_context(certificate)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(plain, server_side=True) as tls:
                    self._speak(tls)
            except OSError:
                plain.close()

    def _speak(self, tls: ssl.SSLSocket) -> None:
        lines = tls.makefile("rb")
        tls.sendall(b"220 localhost\r\n")
        for line in lines:
            word = line.split()[0].upper().rstrip(b":") if line.split() else b""
            if word == b"EHLO":
                tls.sendall(b"250-localhost\r\n250 AUTH PLAIN\r\n")
            elif word == b"AUTH":
                tls.sendall(b"235 welcome\r\n")
            elif word == b"RCPT":
                tls.sendall(self.recipient_answer + b"\r\n")
            elif word == b"DATA":
                tls.sendall(b"354 go on\r\n")
                mail = b""
                while (part := lines.readline()) != b".\r\n":
                    mail += part
                self.mails.append(mail)
                tls.sendall(b"250 taken\r\n")
            elif word == b"QUIT":
                tls.sendall(b"221 bye\r\n")
                return
            else:
                tls.sendall(b"250 ok\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def mail_server(certificate):
    server = MailServer(certificate)
    yield server
    server.close()


def transport(server: MailServer, allowed: Allowed) -> SMTPTransport:
    return SMTPTransport(
        host="localhost", port=server.port, sender="privacy@company.example", user="u", password="p", allowed=allowed
    )


def test_mail_is_submitted_over_tls_under_the_letters_id(mail_server, allowed):
    """With an id that a repeated submission shares."""
    sent = letter(ADDRESS)
    transport(mail_server, allowed).send(sent)
    (mail,) = mail_server.mails
    assert f"Message-ID: <{sent.id}@company.example>".encode() in mail
    assert b"Auto-Submitted: auto-generated" in mail
    assert ADDRESS.encode() in mail


@pytest.mark.parametrize(
    ("answer", "meaning"), [(b"550 no " + ADDRESS.encode(), BadInput), (b"451 later " + ADDRESS.encode(), Unavailable)]
)
def test_what_a_mail_servers_refusal_means(mail_server, allowed, answer, meaning):
    """5xx is for good, 4xx for now; what the server said goes nowhere."""
    mail_server.recipient_answer = answer
    with pytest.raises(meaning) as refused:
        transport(mail_server, allowed).send(letter(ADDRESS))
    assert ADDRESS not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None
    assert mail_server.mails == []


def test_a_mail_server_that_is_away_or_unproven_gets_nothing(mail_server, allowed):
    """No listener, or a certificate of nobody's: the letter waits."""
    away = SMTPTransport(host="localhost", port=1, sender="a@b.example", allowed=allowed)
    unproven = transport(mail_server, Allowed(connector="trial", private_hosts=frozenset({"localhost"})))
    for server in (away, unproven):
        with pytest.raises(Unavailable):
            server.send(letter(ADDRESS))
    assert mail_server.mails == []


def test_settings_name_gateways():
    """Keys and passwords leave the address; what is no address is said so without repeating it."""
    found = gateways.configured(
        sms_url="https://secret@sms.example/v1/send?x=1", smtp_url="smtps://u:p%40ss@mail.example?from=a@b.example"
    )
    assert (found[Channel.SMS].url, found[Channel.SMS].key) == ("https://sms.example/v1/send?x=1", "secret")
    assert (found[Channel.EMAIL].host, found[Channel.EMAIL].port) == ("mail.example", 465)
    assert found[Channel.EMAIL].password == "p@ss"
    assert "secret" not in repr(found)
    assert "p@ss" not in repr(found)
    assert gateways.configured(sms_url="", smtp_url="") == {}
    for sms_url, smtp_url in (
        ("http://sms.example", ""),
        ("", "smtp://mail.example?from=a@b.example"),
        ("", "smtps://mail.example"),
    ):
        with pytest.raises(Misconfigured):
            gateways.configured(sms_url=sms_url, smtp_url=smtp_url)
