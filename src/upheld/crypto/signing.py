# SPDX-License-Identifier: Apache-2.0
"""Ed25519 keys in the encodings of C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-cosignature).

    verifier key  <name>+<key id, 8 hex digits>+<base64(algorithm byte | 32-byte public key)>
    signing key   PRIVATE+KEY+<name>+<key id>+<base64(algorithm byte | 32-byte seed)>
    key id        first four bytes of SHA-256(name | newline | algorithm byte | public key)

What is signed (a note's text, or a cosigned message) is composed in `upheld.ledger`, which knows no cryptography.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from upheld.crypto.faults import KeyMalformed, SignatureBroken
from upheld.crypto.randomness import token_bytes

_PRIVATE: Final = "PRIVATE+KEY+"
_PUBLIC_BYTES: Final = 32


class Algorithm(IntEnum):
    """Signature algorithm byte of a signed note's key."""

    ED25519 = 0x01
    COSIGNATURE_V1 = 0x04


@dataclass(frozen=True, kw_only=True, slots=True)
class Verifier:
    """A public key under a name: whose signatures to believe."""

    name: str
    algorithm: Algorithm
    public_key: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each of its signatures; a hint, never a proof."""
        material = self.name.encode() + b"\n" + bytes((self.algorithm,)) + self.public_key
        return hashlib.sha256(material).digest()[:4]

    @property
    def is_witness(self) -> bool:
        """Whether it makes cosignatures with a time stamp instead of plain note signatures."""
        return self.algorithm is Algorithm.COSIGNATURE_V1

    def verify(self, signature: bytes, message: bytes) -> None:
        """Check a raw 64-byte signature.

        Raises:
            SignatureBroken: it is not this key's signature over this message.
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except InvalidSignature:
            raise SignatureBroken(f"a signature said to be by {self.name} does not hold") from None

    def to_text(self) -> str:
        """Return the verifier key as one line."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes((self.algorithm,)) + self.public_key)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a verifier key.

        Raises:
            KeyMalformed: it is none, or its key id does not fit.
        """
        name, key_id, algorithm, public_key = _parsed(text.strip())
        verifier = cls(name=name, algorithm=algorithm, public_key=public_key)
        _check_id(verifier, key_id)
        return verifier


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """A private key under a name; it never shows its seed but through `to_text`."""

    name: str
    algorithm: Algorithm
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Self:
        """Make a new key.

        Raises:
            KeyMalformed: the name is empty, or has white space or a plus sign in it.
        """
        _check_name(name)
        return cls(name=name, algorithm=algorithm, seed=token_bytes(32))

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        public_key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(name=self.name, algorithm=self.algorithm, public_key=public_key)

    @property
    def key_id(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return self.verifier.key_id

    def sign(self, message: bytes) -> bytes:
        """Return the raw 64-byte signature of a message."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def to_text(self) -> str:
        """Return the signing key as one line, for a file of mode 0600."""
        return f"{_PRIVATE}{self.name}+{self.key_id.hex()}+{_base64(bytes((self.algorithm,)) + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a signing key.

        Raises:
            KeyMalformed: it is none, or its key id does not fit.
        """
        line = text.strip()
        if not line.startswith(_PRIVATE):
            raise KeyMalformed(f"a signing key begins with {_PRIVATE}, this one does not")
        name, key_id, algorithm, seed = _parsed(line.removeprefix(_PRIVATE))
        signer = cls(name=name, algorithm=algorithm, seed=seed)
        _check_id(signer.verifier, key_id)
        return signer


def parse_key_file(text: str) -> tuple[Verifier, ...]:
    """Read verifier keys, one a line; empty lines and lines that begin with `#` say nothing.

    Raises:
        KeyMalformed: a line is no key, or there is none.
    """
    lines = [line.strip() for line in text.splitlines()]
    keys = tuple(Verifier.parse(line) for line in lines if line and not line.startswith("#"))
    if not keys:
        raise KeyMalformed("a key file has one verifier key a line, this one has none")
    return keys


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise KeyMalformed("a key's name is not empty and has neither white space nor a plus sign")


def _check_id(verifier: Verifier, key_id: str) -> None:
    if verifier.key_id.hex() != key_id:
        raise KeyMalformed(f"the key of {verifier.name} has id {verifier.key_id.hex()}, its text says another")


def _parsed(text: str) -> tuple[str, str, Algorithm, bytes]:
    """Split name, key id, algorithm and key bytes; base64 itself may hold plus signs."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise KeyMalformed("a key is written name+id+base64")
    name, key_id, encoded = parts
    _check_name(name)
    try:
        content = base64.b64decode(encoded, validate=True)
        algorithm = Algorithm(content[0] if content else 0)
    except (binascii.Error, ValueError):
        raise KeyMalformed("a key's last part is base64 of an algorithm byte (1 or 4) and 32 bytes") from None
    if len(content) != 1 + _PUBLIC_BYTES:
        raise KeyMalformed(f"a key has 32 bytes behind its algorithm byte, {len(content) - 1} came")
    return name, key_id, algorithm, content[1:]
