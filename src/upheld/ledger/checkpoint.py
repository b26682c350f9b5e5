# SPDX-License-Identifier: Apache-2.0
"""Checkpoints (c2sp.org/tlog-checkpoint) and cosignatures (c2sp.org/tlog-cosignature, version 1).

    <origin>
    <tree size>
    <base64 of the root hash>

    — <log> <signature over the three lines above>
    — <witness> <time stamp and signature over "cosignature/v1", the time and the three lines>

The origin is the name of the log's key. After a restore that lost entries a new generation begins, whose origin is
`<name>/generation/<n>`; no extension lines are used.
"""

import base64
import re
from dataclasses import dataclass
from typing import Final

from upheld.errors import Broken
from upheld.ledger.faults import CheckpointBroken
from upheld.ledger.merkle import EMPTY_ROOT, HASH_BYTES
from upheld.ledger.notes import Keyring, Note, SignatureLine, Signer, Verifier, decode_base64, parse_note

_SIZE: Final = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)
_GENERATION: Final = re.compile(r"/generation/[1-9]\d{0,5}", re.ASCII)
_STAMP_BYTES: Final = 8
_SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A tree's size and root under the name of its log."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cosignature:
    """That a witness saw a checkpoint, and when."""

    name: str
    at_seconds: int
    """Seconds since 1970, by the witness's clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """A checkpoint whose log signature holds under a pinned key, and what else was found under it."""

    checkpoint: Checkpoint
    note: Note
    cosignatures: tuple[Cosignature, ...]
    """Those that hold under pinned keys of witnesses."""
    strangers: tuple[str, ...]
    """Names of signers whose keys are not pinned; they prove nothing."""


def origin_of(name: str, generation: int = 0) -> str:
    """Return the origin of a log's generation.

    >>> origin_of("evidence.example/log", 2)
    'evidence.example/log/generation/2'
    """
    return name if generation == 0 else f"{name}/generation/{generation}"


def sign(checkpoint: Checkpoint, signer: Signer) -> Note:
    """Sign a checkpoint with the log's key."""
    text = checkpoint.body()
    line = SignatureLine(name=signer.name, key_id=signer.key_id, signature=signer.sign(text.encode()))
    return Note(text=text, signatures=(line,))


def cosign(text: str, signer: Signer, *, at_seconds: int) -> SignatureLine:
    """Sign a checkpoint's text as a witness; the caller has verified it."""
    stamp = at_seconds.to_bytes(_STAMP_BYTES, "big")
    signature = signer.sign(_cosigned(text, at_seconds))
    return SignatureLine(name=signer.name, key_id=signer.key_id, signature=stamp + signature)


def _cosigned(text: str, at_seconds: int) -> bytes:
    return f"cosignature/v1\ntime {at_seconds}\n{text}".encode()


def parse(text: str) -> Checkpoint:
    """Read a checkpoint's text.

    Raises:
        CheckpointBroken: it is none, or has extension lines.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise CheckpointBroken("a checkpoint has three lines: origin, size and root")
    origin, size, root = lines[0], lines[1], decode_base64(lines[2])
    if not origin or not _SIZE.fullmatch(size) or len(root) != HASH_BYTES:
        raise CheckpointBroken("a checkpoint has an origin, a decimal size and a root of 32 bytes")
    if size == "0" and root != EMPTY_ROOT:
        raise CheckpointBroken("the checkpoint of an empty tree has the root of the empty tree")
    return Checkpoint(origin=origin, size=int(size), root=root)


def verify(content: bytes, keyring: Keyring) -> Verified:
    """Check a signed checkpoint under pinned keys.

    Raises:
        CheckpointBroken: it is none, is of another log, is not signed by the log's key, or a signature said to be of a
            pinned key does not hold.
    """
    note = parse_note(content)
    checkpoint = parse(note.text)
    check_origin(checkpoint.origin, keyring.log)
    verify_log_signature(note, keyring.log)
    cosignatures, strangers = [], []
    for line in note.signatures:
        if line.name == keyring.log.name and line.key_id == keyring.log.key_id:
            continue
        witness = next((key for key in keyring.witnesses if line.is_by(key)), None)
        if witness is not None:
            cosignatures.append(verify_cosignature(note.text, line, witness))
        else:
            _check_stranger(line, keyring)
            strangers.append(line.name)
    return Verified(checkpoint=checkpoint, note=note, cosignatures=tuple(cosignatures), strangers=tuple(strangers))


def _check_stranger(line: SignatureLine, keyring: Keyring) -> None:
    """Refuse a line that wears half of a pinned key: the specification would ignore it, a careful reader names it."""
    for key in (keyring.log, *keyring.witnesses):
        if line.name == key.name or line.key_id == key.key_id:
            raise CheckpointBroken(f"a signature has either the name or the id of the pinned key {key.name}, not both")


def check_origin(origin: str, log: Verifier) -> None:
    """Check that an origin belongs to a log's key.

    Raises:
        CheckpointBroken: it is of another log.
    """
    rest = origin.removeprefix(log.name)
    if not origin.startswith(log.name) or (rest and not _GENERATION.fullmatch(rest)):
        raise CheckpointBroken(f"a checkpoint of {log.name} was expected, one of another log came")


def verify_log_signature(note: Note, log: Verifier) -> None:
    """Check the log's own signature.

    Raises:
        CheckpointBroken: it is missing or does not hold.
    """
    lines = [line for line in note.signatures if line.is_by(log)]
    if not lines:
        raise CheckpointBroken(f"no signature of the pinned key {log.name}+{log.key_id.hex()} is under the checkpoint")
    for line in lines:
        _verify(log, line.signature, note.text.encode())


def verify_cosignature(text: str, line: SignatureLine, witness: Verifier) -> Cosignature:
    """Check a witness's line.

    Raises:
        CheckpointBroken: it does not hold.
    """
    stamp, signature = line.signature[:_STAMP_BYTES], line.signature[_STAMP_BYTES:]
    if len(signature) != _SIGNATURE_BYTES:
        raise CheckpointBroken(f"a cosignature of {witness.name} has another length than 72 bytes")
    at_seconds = int.from_bytes(stamp, "big")
    _verify(witness, signature, _cosigned(text, at_seconds))
    return Cosignature(name=witness.name, at_seconds=at_seconds)


def _verify(key: Verifier, signature: bytes, message: bytes) -> None:
    try:
        key.verify(signature, message)
    except Broken as broken:
        raise CheckpointBroken(f"the signature of {key.name} under the checkpoint does not hold") from broken
