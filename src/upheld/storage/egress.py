# SPDX-License-Identifier: Apache-2.0
"""The only maker of outgoing connections.

1. The address is https, with a host name and no user, password or fragment.
2. The host is resolved once; every address that came is public, unless the operator allows that host for that
   connector. A name that leads inside is how a server is made to attack its own network.
3. The connection goes to the address that was checked, while the certificate must be the host name's.
4. Redirects are not followed: they are an answer like any other.
5. The whole exchange is bounded in seconds, and the answer in bytes.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, urlsplit

from upheld.errors import BadInput, Forbidden, Unavailable

LONGEST_SECONDS: Final = 30.0
LARGEST_ANSWER_BYTES: Final = 1024 * 1024
_PART: Final = 16 * 1024
_HTTPS_PORT: Final = 443


class ForbiddenAddress(Forbidden):
    """The address is one that nothing may be sent to."""

    code = "forbidden_address"


class NoAnswer(Unavailable):
    """The other side did not answer as it should, or not in time."""

    code = "no_answer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    """What an operator allows one connector."""

    connector: str
    private_hosts: frozenset[str] = frozenset()
    """Host names, lower case, that may be in a private network."""
    ca_file: str | None = None
    """Certificates to trust instead of the system's, for a host of one's own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def send(
    method: str,
    url: str,
    *,
    allowed: Allowed,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = 10.0,
    most_bytes: int = LARGEST_ANSWER_BYTES,
) -> Answer:
    """Make one request and return its answer, whatever its status.

    Raises:
        BadInput: the URL is no https address of a host.
        ForbiddenAddress: the host is, or leads, inside a private network.
        NoAnswer: no connection, no valid certificate, no end in time, or an answer that is too long.
    """
    parts = _checked(url)
    host = (parts.hostname or "").rstrip(".").lower()
    deadline = time.monotonic() + min(seconds, LONGEST_SECONDS)
    address = _resolve(host, parts.port or _HTTPS_PORT, allowed)
    connection = _Connection(host, parts.port or _HTTPS_PORT, address, deadline, _context(allowed))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    watch = threading.Timer(_left(deadline), connection.cut)  # also against an answer that drips byte by byte
    watch.daemon = True
    watch.start()
    try:
        connection.request(method, target, body=body or None, headers=dict(headers or {}))
        response = connection.getresponse()
        read = _read(response, most_bytes)
        if not connection.was_cut:  # an answer that was cut looks like one that ended
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(status=response.status, headers=named, body=read)
        kind = "TimeoutError"
    except (OSError, http.client.HTTPException, ValueError) as error:
        kind = type(error).__name__
    finally:
        watch.cancel()
        connection.close()
    raise NoAnswer(f"{allowed.connector}: no usable answer ({kind})")


def connect(host: str, port: int, *, allowed: Allowed, seconds: float = 10.0) -> ssl.SSLSocket:
    """Return a TLS connection for a protocol other than HTTP; the host is checked like any other.

    Args:
        host: the name that the certificate must carry.
        port: where it listens with TLS from the first byte.
        allowed: what the operator allows this connector.
        seconds: for connecting, and for each read and write afterwards.

    Raises:
        ForbiddenAddress: the host leads inside a private network.
        NoAnswer: no connection, or no valid certificate.
    """
    name = host.rstrip(".").lower()
    limit = min(seconds, LONGEST_SECONDS)
    address = _resolve(name, port, allowed)
    try:
        plain = socket.create_connection((address, port), timeout=limit)
        try:
            return _context(allowed).wrap_socket(plain, server_hostname=name)
        except BaseException:
            plain.close()
            raise
    except OSError as error:
        kind = type(error).__name__
    raise NoAnswer(f"{allowed.connector}: no usable answer ({kind})")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput("an outgoing address is no URL") from None
    if parts.scheme != "https" or not parts.hostname:
        raise BadInput(f"an outgoing address starts with https:// and a host, {parts.scheme or 'no scheme'!r} came")
    if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        raise BadInput("an outgoing address has no user, password, fragment or port 0")
    if any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        raise BadInput("an outgoing address has no blanks or control characters")
    return parts


def _resolve(host: str, port: int, allowed: Allowed) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise NoAnswer(f"{allowed.connector}: the host has no address") from None
    addresses = [str(place[0]) for *_, place in found]
    if host not in allowed.private_hosts and not all(is_public(address) for address in addresses):
        raise ForbiddenAddress(f"{allowed.connector}: the host leads into a private network")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an address belongs to the public internet, also when written inside an IPv6 address.

    >>> [is_public(a) for a in ("1.1.1.1", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "64:ff9b::a00:1")]
    [True, False, False, False, False]
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address inside a NAT64 one (RFC 6052)."""
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _context(allowed: Allowed) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=allowed.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Connection(http.client.HTTPSConnection):
    """A connection to a checked address, verified by host name, with one deadline for all of it."""

    def __init__(self, host: str, port: int, address: str, deadline: float, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=_left(deadline), context=context)
        self._address = address
        self._deadline = deadline
        self._tls = context
        self._plain: socket.socket | None = None
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the address that was checked, not to whatever the name gives now."""
        plain = socket.create_connection((self._address, self.port), timeout=_left(self._deadline))
        self._plain = plain
        try:
            plain.settimeout(_left(self._deadline))
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        self._plain = self.sock

    def cut(self) -> None:
        """End the exchange at its deadline, wherever it stands."""
        self.was_cut = True
        if self._plain is not None:
            with suppress(OSError):
                self._plain.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    body = bytearray()
    while True:
        part = response.read1(_PART)
        if not part:
            if response.length:
                raise http.client.IncompleteRead(b"")
            return bytes(body)
        body += part
        if len(body) > most_bytes:
            raise ValueError  # becomes NoAnswer: longer than was asked for
