# SPDX-License-Identifier: Apache-2.0
"""Signed notes (c2sp.org/signed-note): a text, an empty line, and lines of signatures.

    — <key name> base64(key id, 4 bytes | signature)

The keys themselves come from outside: `Signer` and `Verifier` say what is expected of them, and
`upheld.crypto.signing` has both.
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol, Self

from upheld.ledger.faults import CheckpointBroken

_DASH: Final = "— "
"""U+2014 and a space begin each signature line."""

_KEY_ID_BYTES: Final = 4
NOTE_LIMIT_BYTES: Final = 1_000_000
"""Longest note that is read (the Go implementation reads as much)."""

SIGNATURES_LIMIT: Final = 100
"""Most signature lines that are read."""


class Verifier(Protocol):
    """A public key under a name."""

    @property
    def name(self) -> str:
        """Name of the key."""
        ...

    @property
    def key_id(self) -> bytes:
        """The four bytes before its signatures."""
        ...

    @property
    def is_witness(self) -> bool:
        """Whether it makes cosignatures with a time stamp."""
        ...

    def verify(self, signature: bytes, message: bytes) -> None:
        """Raise `upheld.errors.Broken` unless the signature holds."""
        ...


class Signer(Protocol):
    """A private key under a name."""

    @property
    def name(self) -> str:
        """Name of the key."""
        ...

    @property
    def key_id(self) -> bytes:
        """The four bytes before its signatures."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return a raw signature."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyring:
    """The keys that a reader pins: whose word is believed."""

    log: Verifier
    witnesses: tuple[Verifier, ...] = ()

    @classmethod
    def of(cls, verifiers: Iterable[Verifier]) -> Self:
        """Sort keys into the log's own and those of witnesses.

        Raises:
            CheckpointBroken: there is not exactly one key of a log.
        """
        keys = tuple(verifiers)
        logs = [key for key in keys if not key.is_witness]
        if len(logs) != 1:
            raise CheckpointBroken(f"exactly one log key was expected among the pinned keys, {len(logs)} came")
        return cls(log=logs[0], witnesses=tuple(key for key in keys if key.is_witness))


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureLine:
    """One signature under a note."""

    name: str
    key_id: bytes
    signature: bytes

    def is_by(self, key: Verifier) -> bool:
        """Whether it says that it was made by a key; only `verify` of that key proves it."""
        return self.name == key.name and self.key_id == key.key_id

    def to_text(self) -> str:
        """Return the line, with its newline."""
        encoded = base64.b64encode(self.key_id + self.signature).decode("ascii")
        return f"{_DASH}{self.name} {encoded}\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """A text, which ends in a newline, and its signatures."""

    text: str
    signatures: tuple[SignatureLine, ...]

    def to_bytes(self) -> bytes:
        """Return the note as it is stored."""
        return (self.text + "\n" + "".join(line.to_text() for line in self.signatures)).encode()

    def with_signatures(self, lines: Iterable[SignatureLine]) -> Self:
        """Return the note with more signatures, each line once."""
        new = [line for line in lines if line not in self.signatures]
        return type(self)(text=self.text, signatures=(*self.signatures, *new))


def parse_note(content: bytes) -> Note:
    """Read a signed note.

    Raises:
        CheckpointBroken: it is none.
    """
    if len(content) > NOTE_LIMIT_BYTES:
        raise CheckpointBroken(f"a note has at most {NOTE_LIMIT_BYTES} bytes, {len(content)} came")
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        raise CheckpointBroken("a note is UTF-8, this one is not") from None
    if any(character < " " and character != "\n" for character in whole):
        raise CheckpointBroken("a note has no control characters but newlines")
    text, separator, lines = whole.rpartition("\n\n")
    if not separator or not text or not lines:
        raise CheckpointBroken("a note is text, an empty line and signatures")
    return Note(text=text + "\n", signatures=parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[SignatureLine, ...]:
    """Read signature lines, each of which ends in a newline.

    Raises:
        CheckpointBroken: one is none, or there are too many.
    """
    if not lines.endswith("\n"):
        raise CheckpointBroken("each signature line ends in a newline")
    found = lines[:-1].split("\n")
    if len(found) > SIGNATURES_LIMIT:
        raise CheckpointBroken(f"at most {SIGNATURES_LIMIT} signatures are read, {len(found)} came")
    return tuple(_parse_line(line) for line in found)


def _parse_line(line: str) -> SignatureLine:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    content = decode_base64(encoded)
    if not line.startswith(_DASH) or not name or len(content) <= _KEY_ID_BYTES:
        raise CheckpointBroken("a signature line is a dash, a key name and base64 of key id and signature")
    return SignatureLine(name=name, key_id=content[:_KEY_ID_BYTES], signature=content[_KEY_ID_BYTES:])


def decode_base64(text: str) -> bytes:
    """Decode standard base64 (RFC 4648 section 4) in its one spelling.

    Raises:
        CheckpointBroken: it is none, or has stray bits behind its end.
    """
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise CheckpointBroken("base64 was expected") from None
    if base64.b64encode(content).decode("ascii") != text:
        raise CheckpointBroken("base64 in its canonical spelling was expected")
    return content
