# SPDX-License-Identifier: Apache-2.0
"""Posts checkpoints to the witness that `UPHELD_WITNESS_URL` names.

A witness elsewhere is reached through `egress` alone, over https. One on this machine has no certificate and none to
protect from: plain http is spoken to a literal loopback address, which no resolver can lead elsewhere.
"""

import http.client
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from upheld.errors import BadInput, Unavailable
from upheld.storage import egress
from upheld.storage.witnessing import Post

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_SECONDS: Final = 5.0
_ANSWER_LIMIT_BYTES: Final = 65_536


def configured_post() -> Post | None:
    """Return how to reach the configured witness, or None if none is."""
    url = str(settings.UPHELD["WITNESS_URL"])
    return post_to(url) if url else None


def post_to(url: str) -> Post:
    """Return a function that posts a request to a witness's submission prefix.

    Raises:
        BadInput: the address is neither https nor http on a literal loopback address.
    """
    parts = urlsplit(url)
    target = parts.path.rstrip("/") + "/add-checkpoint"
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return lambda body: _post_loopback(parts, target, body)
    if parts.scheme != "https" or not parts.hostname:
        raise BadInput("a witness is reached over https, or over http at 127.0.0.1 or ::1")
    allowed = egress.Allowed(connector="witness", private_hosts=frozenset({parts.hostname.lower()}))
    whole = f"https://{parts.netloc}{target}"

    def post(body: bytes) -> tuple[int, bytes]:
        answer = egress.send(
            "POST", whole, allowed=allowed, body=body, seconds=_SECONDS, most_bytes=_ANSWER_LIMIT_BYTES
        )
        return answer.status, answer.body

    return post


def _post_loopback(parts: SplitResult, target: str, body: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_SECONDS)
    try:
        connection.request("POST", target, body)
        answer = connection.getresponse()
        return answer.status, answer.read(_ANSWER_LIMIT_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(f"the witness gave no usable answer ({type(error).__name__})") from None
    finally:
        connection.close()
