# SPDX-License-Identifier: Apache-2.0
"""The log's signing key: a file of mode 0600 in the folder `LOG_KEYS`, apart from every sealing key."""

from pathlib import Path
from typing import Final

from django.conf import settings

from upheld.crypto.randomness import token_bytes
from upheld.crypto.signing import Signer, Verifier
from upheld.ledger.notes import Keyring
from upheld.storage.key_files import read_signer, write_secret

_FILE: Final = "evidence-log.key"


def make_log_key(name: str = "") -> str:
    """Make the log's key unless there is one, and return its public half as text to pin.

    Args:
        name: name of the log, best a URL without its scheme; a random one if empty.
    """
    file = _folder() / _FILE
    if not file.exists():
        signer = Signer.generate(name or f"upheld-log/{token_bytes(8).hex()}")
        write_secret(file, signer.to_text() + "\n")
    return log_signer().verifier.to_text()


def log_signer() -> Signer:
    """Return the log's signing key.

    Raises:
        Misconfigured: there is none, or others may read it.
    """
    return read_signer(_folder() / _FILE, hint="run: upheld setup")


def witness_verifier() -> Verifier | None:
    """Return the witness's key that this deployment was told of, if any."""
    text = str(settings.UPHELD["WITNESS_VKEY"])
    return Verifier.parse(text) if text else None


def own_keyring() -> Keyring:
    """Return the keys that this deployment itself goes by; an auditor pins their own copy."""
    witness = witness_verifier()
    return Keyring(log=log_signer().verifier, witnesses=() if witness is None else (witness,))


def _folder() -> Path:
    return Path(str(settings.UPHELD["LOG_KEYS"]))
