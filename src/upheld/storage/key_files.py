# SPDX-License-Identifier: Apache-2.0
"""Files that only we may read; knows nothing of Django, since the witness process has none."""

import os
from pathlib import Path

from upheld.crypto.randomness import token_bytes
from upheld.crypto.signing import Signer
from upheld.errors import Misconfigured


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
