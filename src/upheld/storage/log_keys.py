# SPDX-License-Identifier: Apache-2.0
"""The log's signing key: a file of mode 0600 in the folder `LOG_KEYS`, apart from every sealing key."""

import os
from pathlib import Path
from typing import Final

from django.conf import settings

from upheld.crypto.randomness import token_bytes
from upheld.crypto.signing import Signer, Verifier
from upheld.errors import Misconfigured
from upheld.ledger.notes import Keyring

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
    text: str = settings.UPHELD["WITNESS_VKEY"]
    return Verifier.parse(text) if text else None


def own_keyring() -> Keyring:
    """Return the keys that this deployment itself goes by; an auditor pins their own copy."""
    witness = witness_verifier()
    return Keyring(log=log_signer().verifier, witnesses=() if witness is None else (witness,))


def read_signer(file: Path, *, hint: str = "") -> Signer:
    """Read a signing key from a file.

    Raises:
        Misconfigured: there is none, or others may read it.
    """
    if not file.exists():
        raise Misconfigured(f"there is no key file {file.name}", hint=hint)
    if file.stat().st_mode & 0o077:
        raise Misconfigured(f"the key file {file.name} can be read by others", hint="chmod 600 on it")
    return Signer.parse(file.read_text())


def write_secret(file: Path, text: str) -> None:
    """Write a file that only we may read, whole or not at all, and durably.

    Raises:
        FileExistsError: somebody made it meanwhile.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{token_bytes(6).hex()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(beside, file)  # unlike a rename, this never replaces a key
    finally:
        beside.unlink()
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's new names durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folder() -> Path:
    return Path(settings.UPHELD["LOG_KEYS"])
