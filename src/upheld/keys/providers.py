# SPDX-License-Identifier: Apache-2.0
"""Where provider keys live: outside every database and backup, one for each epoch.

A provider makes a key for a new epoch, shows it to the process that wraps, and gives it up when the epoch is retired:
from then on no copy of the key store made under that epoch opens anything.
"""

import os
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import ClassVar, Final, Protocol, cast

from django.conf import settings

from upheld.crypto.randomness import token_bytes, token_text
from upheld.keys.faults import ProviderUnfit

KEY_BYTES: Final = 32
_OPEN_TO_OTHERS: Final = 0o077
_REF: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Provider(Protocol):
    """A holder of provider keys."""

    name: ClassVar[str]

    def open_epoch(self, *, used: Collection[str]) -> str:
        """Make or choose a key that no epoch uses, and return its reference."""
        ...

    def key(self, ref: str) -> bytes:
        """Return a key.

        Raises:
            ProviderUnfit: there is no such key, or it is not safe to use.
        """
        ...

    def give_up(self, ref: str) -> bool:
        """Destroy a key for good; return whether this provider could, or an operator still has to."""
        ...


class FileProvider:
    """Keys in files of mode 0600, in a folder of mode 0700: the embedded default.

    A key is read once and kept in memory while its file stays as it was; every use looks at the file again, so a key
    given up by one process is gone in all.
    """

    name: ClassVar[str] = "file"

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when the first key is."""
        self._folder = folder
        self._read: dict[str, tuple[tuple[int, int, int], bytes]] = {}

    def open_epoch(self, *, used: Collection[str]) -> str:  # noqa: ARG002 - a new name is never a used one
        """Write a new random key, durable before it is named."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_open(self._folder)
        ref = token_text(12)
        descriptor = os.open(self._file(ref), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, token_bytes(KEY_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._sync_folder()
        return ref

    def key(self, ref: str) -> bytes:
        """Return a key, from memory while its file is unchanged."""
        file = self._file(ref)
        try:
            found = file.stat()
        except FileNotFoundError:
            self._read.pop(ref, None)
            raise ProviderUnfit("the provider key of an epoch is not in its folder", hint="restore that file") from None
        seen = (found.st_ino, found.st_mtime_ns, found.st_mode)
        known = self._read.get(ref)
        if known is None or known[0] != seen:
            self._refuse_open(self._folder)
            self._refuse_open(file)
            known = (seen, _checked(file.read_bytes()))
            self._read[ref] = known
        return known[1]

    def give_up(self, ref: str) -> bool:
        """Overwrite and unlink the file; copies that an operator made elsewhere are the operator's to destroy."""
        file = self._file(ref)
        self._read.pop(ref, None)
        if file.exists():
            with file.open("r+b") as opened:
                opened.write(bytes(KEY_BYTES))
                opened.flush()
                os.fsync(opened.fileno())
            file.unlink()
            self._sync_folder()
        return True

    def _file(self, ref: str) -> Path:
        if not _REF.fullmatch(ref):
            raise ProviderUnfit("the reference of a provider key is misshapen")
        return self._folder / f"{ref}.key"

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @staticmethod
    def _refuse_open(path: Path) -> None:
        if path.stat().st_mode & _OPEN_TO_OTHERS:
            kind, mode = ("folder", "700") if path.is_dir() else ("file", "600")
            raise ProviderUnfit(f"a {kind} of provider keys can be read by others", hint=f"chmod {mode} on it")


class EnvironmentProvider:
    """Keys that the configuration hands over, by reference; an operator adds one before each rotation."""

    name: ClassVar[str] = "environment"

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Keep the keys, checked."""
        self._keys = {ref: _checked(key) for ref, key in keys.items()}

    def open_epoch(self, *, used: Collection[str]) -> str:
        """Choose the first key, by reference, that no epoch has used."""
        unused = sorted(set(self._keys) - set(used))
        if not unused:
            raise ProviderUnfit("every provider key is used by an epoch already", hint="configure one more key")
        return unused[0]

    def key(self, ref: str) -> bytes:
        """Return a key."""
        try:
            return self._keys[ref]
        except KeyError:
            raise ProviderUnfit("the provider key of an epoch is not configured") from None

    def give_up(self, ref: str) -> bool:
        """Forget it here; the operator has to remove it where it is configured."""
        self._keys.pop(ref, None)
        return False


def provider() -> Provider:
    """Return the provider that the settings name: configured keys if there are any, else files."""
    given = cast("Mapping[str, bytes]", settings.UPHELD.get("PROVIDER_KEYS_GIVEN", {}))
    if given:
        return EnvironmentProvider(given)
    return _files(cast("Path", settings.UPHELD["PROVIDER_KEYS"]))


@cache
def _files(folder: Path) -> FileProvider:
    return FileProvider(folder)


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ProviderUnfit(f"a provider key has {KEY_BYTES} bytes, {len(key)} came")
    return key
