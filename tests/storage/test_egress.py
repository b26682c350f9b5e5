# SPDX-License-Identifier: Apache-2.0
"""The way out, against a server of our own on loopback."""

import datetime
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from upheld.errors import BadInput
from upheld.storage import egress
from upheld.storage.egress import Allowed, ForbiddenAddress, NoAnswer, is_public, send


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(200):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.05)
            return
        if self.path == "/short":
            self.send_response(200)
            self.send_header("Content-Length", "50")
            self.end_headers()
            self.wfile.write(b"x")
            return
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()
            return
        body = b"x" * 100_000 if self.path == "/large" else b"hello"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("X-Host", self.headers["Host"])
        self.end_headers()
        self.wfile.write(sent[::-1])

    def log_message(self, *_):
        pass


def certificate(folder, name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(file)


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    folder, running = tmp_path_factory.mktemp("tls"), []

    def start(name):
        file = certificate(folder, name)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return server.server_address[1], file

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def local(serve):
    port, file = serve("localhost")
    return f"https://localhost:{port}", Allowed(connector="trial", private_hosts=frozenset({"localhost"}), ca_file=file)


def test_a_request_goes_out_and_its_answer_comes_back(local):
    """To an allowed host, with a certificate of its name."""
    base, allowed = local
    answer = send("POST", f"{base}/in", allowed=allowed, body=b"abc", headers={"Content-Type": "text/plain"})
    assert (answer.status, answer.body) == (201, b"cba")
    assert answer.headers["x-host"] == base.removeprefix("https://")
    assert "cba" not in repr(answer)


def test_a_private_network_is_closed_to_whoever_was_not_allowed(local):
    """The same server, the same trust, without the operator's word."""
    base, allowed = local
    with pytest.raises(ForbiddenAddress):
        send("GET", f"{base}/", allowed=Allowed(connector="other", ca_file=allowed.ca_file))


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    """A name that leads to both may lead inside next time."""
    both = [(2, 1, 6, "", ("1.1.1.1", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(ForbiddenAddress):
        send("GET", "https://both.example/", allowed=Allowed(connector="trial"))


def test_the_name_is_resolved_once(local, monkeypatch):
    """An answer that changes between check and connection changes nothing."""
    base, allowed = local
    asked = []
    honest = socket.getaddrinfo

    def once(host, *rest, **more):
        if host == "localhost":
            asked.append(host)
        return honest(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    send("GET", f"{base}/", allowed=allowed)
    assert asked == ["localhost"]


def test_a_certificate_of_another_name_is_refused(serve):
    """Reaching the address is not enough."""
    port, file = serve("other.example")
    allowed = Allowed(connector="trial", private_hosts=frozenset({"localhost"}), ca_file=file)
    with pytest.raises(NoAnswer, match="SSLCertVerificationError"):
        send("GET", f"https://localhost:{port}/", allowed=allowed)


def test_redirects_are_answers(local):
    """Where it points to is not visited."""
    base, allowed = local
    answer = send("GET", f"{base}/away", allowed=allowed)
    assert (answer.status, answer.headers["location"]) == (302, "https://elsewhere.example/")


def test_a_long_answer_is_cut_off(local):
    """Up to the bound it passes."""
    base, allowed = local
    assert len(send("GET", f"{base}/large", allowed=allowed, most_bytes=100_000).body) == 100_000
    with pytest.raises(NoAnswer):
        send("GET", f"{base}/large", allowed=allowed, most_bytes=99_999)


def test_an_answer_that_drips_ends_at_the_deadline(local):
    """Each byte comes in time, all of them do not."""
    base, allowed = local
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        send("GET", f"{base}/drip", allowed=allowed, seconds=0.5)
    assert time.monotonic() - began < 3


def test_an_answer_that_ends_early_is_none(local):
    """What was announced did not come."""
    base, allowed = local
    with pytest.raises(NoAnswer):
        send("GET", f"{base}/short", allowed=allowed)


def test_nobody_listening(local):
    """A refused connection is no answer."""
    _, allowed = local
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer):
            send("GET", f"https://localhost:{taken.getsockname()[1]}/", allowed=allowed)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "https:///path", "https://u:p@a.example/", "https://a.example/#f", "https://a.example:99999/",
     "ftp://a.example", "https://a.example/ b", "https://[::1", "//a.example", "https://a.example/\r\nX: y"],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_https_address_is_refused(url):
    """Before anything is resolved."""
    with pytest.raises(BadInput):
        send("GET", url, allowed=Allowed(connector="trial"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "255.255.255.255"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    """Private, local, shared, multicast, and IPv4 hidden in IPv6."""
    assert is_public(address) is False


def test_addresses_that_are_public():
    """The rest of the world."""
    assert all(map(is_public, ("1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8")))


def test_a_name_without_an_address(monkeypatch):
    """No answer, not a traceback."""

    def none(*_, **__):
        raise socket.gaierror("a secret name")

    monkeypatch.setattr(egress.socket, "getaddrinfo", none)
    with pytest.raises(NoAnswer) as caught:
        send("GET", "https://nowhere.example/", allowed=Allowed(connector="trial"))
    assert "secret" not in str(caught.value)
