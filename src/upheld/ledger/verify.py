# SPDX-License-Identifier: Apache-2.0
"""Check an exported log, or a receipt, with pinned keys, and name exactly what is wrong.

An exported log is a set of files, read through a function so that a directory, an archive or a web server will do:

    checkpoint                 the latest signed checkpoint, with cosignatures
    checkpoints/<size>         every checkpoint ever published, the latest included
    tile/<level>/<n>[.p/<w>]   hashes
    tile/entries/<n>[.p/<w>]   entries

Steps of `verify_log`:

    1. The latest checkpoint is signed by the pinned log key; cosignatures of pinned witnesses hold.
    2. Every bundle of entries has as many entries as the checkpoint's size says, and each is an entry.
    3. The tree rebuilt from the entries has the checkpoint's root. If not, the tiles tell which entry it is.
    4. Every tile equals the one rebuilt from the entries.
    5. Every older checkpoint is signed and is of a tree that the log began as.
    6. There are no files that do not belong: nothing can hide beside the log.
    7. What is known from outside (the witness's last checkpoint, a receipt) is in the log: its tail was not cut.

The outcome is `witnessed` only if a pinned witness cosigned the latest checkpoint; otherwise all that is known is that
the log is consistent with itself and with what was known from outside. What the caller still owes: to get the keys
and the witness's last checkpoint from somewhere other than whoever handed over the log.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from upheld.ledger import checkpoint as checkpoints
from upheld.ledger._rebuild import Rebuilt, rebuild
from upheld.ledger.checkpoint import Checkpoint, Cosignature, Verified
from upheld.ledger.faults import CheckpointBroken, EntryMalformed, Fault, LogBroken, ProofBroken
from upheld.ledger.merkle import leaf_hash
from upheld.ledger.notes import Keyring
from upheld.ledger.receipts import Receipt, parse_receipt, verify_receipt
from upheld.ledger.tiles import is_tile_path

FILE_LIMIT_BYTES: Final = 17_000_000
"""A full bundle of the longest leaves; nothing in a log is larger."""

FileReader = Callable[[str], bytes | None]
"""Returns the content of a file below the log's prefix, or None."""


class Verdict(StrEnum):
    """How much is known once nothing is wrong."""

    WITNESSED = "witnessed"
    CONSISTENT_NOT_WITNESSED = "consistent, not witnessed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What was verified, and on whose word."""

    verdict: Verdict
    origin: str
    size: int
    root: bytes
    log_key: str
    """Name and id of the key that was trusted for the log."""
    cosignatures: tuple[Cosignature, ...]
    strangers: tuple[str, ...]
    """Signers whose keys are not pinned."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known from outside the log: where it came from, and the checkpoint or receipt itself."""

    place: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class _Elsewhere:
    """A checkpoint that holds, and a leaf that must stand in the log."""

    place: str
    checkpoint: Checkpoint
    index: int = 0
    leaf_hash: bytes | None = None


def verify_receipt_file(content: bytes, keyring: Keyring) -> Outcome:
    """Check a single receipt, offline.

    Raises:
        LogBroken: it does not hold; the fault says why.
    """
    try:
        verified = verify_receipt(parse_receipt(content), keyring)
    except (EntryMalformed, CheckpointBroken, ProofBroken) as error:
        raise LogBroken((Fault(code=error.code, place="receipt", message=error.message),)) from error
    return _outcome(verified, keyring)


def verify_log(read: FileReader, names: Iterable[str], keyring: Keyring, *, known: Iterable[Known] = ()) -> Outcome:
    """Check an exported log; see the steps above.

    Args:
        read: returns a file's content by its name.
        names: every file there is, "/" between parts.
        keyring: the pinned keys.
        known: checkpoints and receipts known from outside.

    Raises:
        LogBroken: something is wrong; every fault found is listed, with its place.
    """
    listed = frozenset(names)
    verified = _latest(read, keyring)  # 1
    latest = verified.checkpoint
    faults: list[Fault] = []
    older = _older(read, listed, keyring, latest, faults)  # 5, the signatures
    outside = _outside(known, keyring, latest, faults)  # 7, the signatures
    sizes = {one.checkpoint.size for one in (*older, *outside)}
    rebuilt = rebuild(read, latest, sizes)  # 2, 3, 4
    faults += rebuilt.faults
    if rebuilt.is_sound:  # otherwise every later comparison would only repeat what is named already
        faults += [fault for one in older if (fault := _differs(one, rebuilt, "checkpoint_altered"))]  # 5
        faults += [fault for one in outside if (fault := _differs(one, rebuilt, "history_rewritten"))]  # 7
    faults += _strays(listed, rebuilt, older)  # 6
    if faults:
        raise LogBroken(tuple(faults))
    return _outcome(verified, keyring)


def _latest(read: FileReader, keyring: Keyring) -> Verified:
    content = read("checkpoint")
    if content is None:
        raise LogBroken((Fault(code="checkpoint_missing", place="checkpoint", message="there is no such file"),))
    try:
        return checkpoints.verify(content, keyring)
    except CheckpointBroken as broken:
        fault = Fault(code="checkpoint_altered", place="checkpoint", message=broken.message)
        raise LogBroken((fault,)) from broken


def _older(
    read: FileReader, listed: frozenset[str], keyring: Keyring, latest: Checkpoint, faults: list[Fault]
) -> list[_Elsewhere]:
    """Read the checkpoints that were published before, and name those that do not hold."""
    found = []
    for name in sorted(name for name in listed if name.startswith("checkpoints/")):
        try:
            checkpoint = checkpoints.verify(read(name) or b"", keyring).checkpoint
        except CheckpointBroken as broken:
            faults.append(Fault(code="checkpoint_altered", place=name, message=broken.message))
            continue
        if checkpoint_path(checkpoint.size) != name:
            message = f"it says size {checkpoint.size}, which another file should say"
            faults.append(Fault(code="checkpoint_misplaced", place=name, message=message))
        elif checkpoint.size > latest.size:
            message = f"the log ends at {latest.size}, but a checkpoint of {checkpoint.size} was published"
            faults.append(Fault(code="tail_missing", place=name, message=message))
        else:
            found.append(_Elsewhere(place=name, checkpoint=checkpoint))
    if latest.size and checkpoint_path(latest.size) not in listed:
        message = "the latest checkpoint is missing from the list of all"
        faults.append(Fault(code="checkpoint_missing", place=checkpoint_path(latest.size), message=message))
    return found


def checkpoint_path(size: int) -> str:
    """Return where an exported log keeps the checkpoint of a size.

    >>> checkpoint_path(42)
    'checkpoints/0000000000000000042'
    """
    return f"checkpoints/{size:019d}"


def _outside(known: Iterable[Known], keyring: Keyring, latest: Checkpoint, faults: list[Fault]) -> list[_Elsewhere]:
    """Read what is known from outside, and say where the log is shorter than it."""
    found = []
    for one in known:
        try:
            elsewhere = _read_known(one, keyring)
        except (EntryMalformed, CheckpointBroken, ProofBroken) as error:
            faults.append(Fault(code="known_altered", place=one.place, message=error.message))
            continue
        if elsewhere.checkpoint.size > latest.size:
            missing = elsewhere.checkpoint.size - latest.size
            message = (
                f"it proves {elsewhere.checkpoint.size} entries; the log has {latest.size}: {missing} were cut off"
            )
            faults.append(Fault(code="tail_missing", place=one.place, message=message))
        else:
            found.append(elsewhere)
    return found


def _read_known(known: Known, keyring: Keyring) -> _Elsewhere:
    if not known.content.lstrip().startswith(b"{"):
        return _Elsewhere(place=known.place, checkpoint=checkpoints.verify(known.content, keyring).checkpoint)
    receipt: Receipt = parse_receipt(known.content)
    checkpoint = verify_receipt(receipt, keyring).checkpoint
    return _Elsewhere(
        place=known.place, checkpoint=checkpoint, index=receipt.proof.index, leaf_hash=leaf_hash(receipt.leaf)
    )


def _differs(one: _Elsewhere, rebuilt: Rebuilt, code: str) -> Fault | None:
    """Say that a signed checkpoint is of another tree than the one this log began as."""
    if rebuilt.roots.get(one.checkpoint.size) == one.checkpoint.root:
        return None
    message = f"the log's first {one.checkpoint.size} entries are not those of this signed checkpoint"
    return Fault(code=code, place=one.place, message=message)


def _strays(listed: frozenset[str], rebuilt: Rebuilt, older: list[_Elsewhere]) -> list[Fault]:
    """Name files that do not belong to a log of this size."""
    belonging = rebuilt.paths | {one.place for one in older} | {"checkpoint"}
    return [
        Fault(code="stray_file", place=name, message="no such file belongs to a log of this size")
        for name in sorted(listed - belonging)
        if not name.startswith("checkpoints/") and (name.startswith("tile/") or is_tile_path(name))
    ]


def _outcome(verified: Verified, keyring: Keyring) -> Outcome:
    checkpoint = verified.checkpoint
    return Outcome(
        verdict=Verdict.WITNESSED if verified.cosignatures else Verdict.CONSISTENT_NOT_WITNESSED,
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root,
        log_key=f"{keyring.log.name}+{keyring.log.key_id.hex()}",
        cosignatures=verified.cosignatures,
        strangers=verified.strangers,
    )
