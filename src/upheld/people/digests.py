# SPDX-License-Identifier: Apache-2.0
"""The pepper of this room: a key that enters no database, under which codes and counters are digested."""

from collections.abc import Mapping
from typing import cast

from django.conf import settings

from upheld.crypto.framing import frame
from upheld.crypto.macs import mac
from upheld.errors import Misconfigured


def pepper() -> bytes:
    """Return the deployment's pepper.

    Raises:
        Misconfigured: the deployment was not set up.
    """
    found = cast("Mapping[str, bytes]", settings.UPHELD["SECRETS"]).get("pepper", b"")
    if len(found) != 32:
        raise Misconfigured("the deployment has no pepper of 32 bytes", hint="run `upheld setup`")
    return found


def keyed(what: str, *parts: str) -> bytes:
    """Return a digest that says nothing without the pepper, and nothing elsewhere than in `what`."""
    return mac(pepper(), frame(*parts), domain=f"people/{what}")
