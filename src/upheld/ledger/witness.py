# SPDX-License-Identifier: Apache-2.0
"""What a witness answers when a log asks it to cosign (c2sp.org/tlog-witness, add-checkpoint).

The witness remembers, for each log, the largest tree that it cosigned. It signs another only if that tree begins with
the one it remembers, so a log that forgets or changes a single entry gets no signature any more.

    1. the request is well formed                                          else 400
    2. the witness knows a key for the checkpoint's origin                 else 404
    3. the log signed the checkpoint with that key                         else 403
    4. the old size is not larger than the checkpoint's                    else 400
    5. the old size is that of the tree it remembers, or 0 for none        else 409, with the size it remembers
    6. of the same size, the root is the same                              else 409
    7. the consistency proof leads from the old root to the new            else 422
    8. the new tree is remembered, durably, before the answer goes out     then 200 with the cosignature

Everything here is a function from state to state; `upheld.storage.witness_process` keeps the state and the key.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from upheld.errors import Broken
from upheld.ledger.checkpoint import Checkpoint, check_origin, cosign, parse, verify_log_signature
from upheld.ledger.faults import CheckpointBroken, ProofBroken
from upheld.ledger.merkle import EMPTY_ROOT, verify_consistency
from upheld.ledger.notes import Note, Signer, Verifier, decode_base64, parse_note

REQUEST_LIMIT_BYTES: Final = 16_384
"""63 hashes and a checkpoint with a hundred signatures fit several times over."""

PATH_LIMIT: Final = 63
"""Most consistency hashes of a request (c2sp.org/tlog-witness)."""

_OLD: Final = re.compile(r"old (0|[1-9]\d{0,18})", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """The largest tree of one log that the witness cosigned."""

    size: int
    root: bytes


NOTHING_SEEN: Final = Seen(size=0, root=EMPTY_ROOT)
"""What a witness remembers of a log that it never cosigned."""

WitnessState = Mapping[str, Seen]
"""What a witness remembers, by origin."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What goes back over HTTP, and what must be kept before it does."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"
    remember: tuple[str, Seen] | None = None
    cosigned: bytes = b""
    """The whole checkpoint with the cosignature, to be kept beside the state for auditors."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddCheckpoint:
    """A request, read."""

    old_size: int
    path: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


def write_request(old_size: int, path: tuple[bytes, ...], note: bytes) -> bytes:
    """Return the body of a request."""
    hashes = "".join(base64.b64encode(one).decode("ascii") + "\n" for one in path)
    return f"old {old_size}\n{hashes}\n".encode() + note


def parse_request(body: bytes) -> AddCheckpoint:
    """Read the body of a request.

    Raises:
        CheckpointBroken: it is none.
    """
    if len(body) > REQUEST_LIMIT_BYTES:
        raise CheckpointBroken(f"a request has at most {REQUEST_LIMIT_BYTES} bytes, {len(body)} came")
    head, separator, rest = body.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    old = _OLD.fullmatch(lines[0])
    if not separator or old is None or len(lines) - 1 > PATH_LIMIT:
        raise CheckpointBroken(f"an old size, at most {PATH_LIMIT} hashes and an empty line were expected")
    note = parse_note(rest)
    path = tuple(decode_base64(line) for line in lines[1:])
    return AddCheckpoint(old_size=int(old[1]), path=path, note=note, checkpoint=parse(note.text))


def add_checkpoint(
    body: bytes, *, state: WitnessState, logs: tuple[Verifier, ...], signer: Signer, at_seconds: int
) -> Answer:
    """Answer a request to cosign; see the steps above.

    Args:
        body: the request.
        state: what the witness remembers.
        logs: keys of the logs it serves.
        signer: its own key.
        at_seconds: seconds since 1970, for the cosignature.
    """
    try:  # 1
        request = parse_request(body)
    except CheckpointBroken as broken:
        return _refusal(400, broken.message)
    checkpoint = request.checkpoint
    log = _log_of(checkpoint.origin, logs)
    if log is None:  # 2
        return _refusal(404, "this witness does not serve that log")
    try:  # 3
        verify_log_signature(request.note, log)
    except Broken as broken:
        return _refusal(403, broken.message)
    if request.old_size > checkpoint.size:  # 4
        return _refusal(400, "the old size is larger than the checkpoint's")
    seen = state.get(checkpoint.origin, NOTHING_SEEN)
    if request.old_size != seen.size or (checkpoint.size == seen.size and checkpoint.root != seen.root):  # 5, 6
        return Answer(status=409, body=f"{seen.size}\n", content_type="text/x.tlog.size")
    try:  # 7
        verify_consistency(seen.size, checkpoint.size, seen.root, checkpoint.root, request.path)
    except ProofBroken as broken:
        return _refusal(422, broken.message)
    line = cosign(request.note.text, signer, at_seconds=at_seconds)  # 8
    remember = (checkpoint.origin, Seen(size=checkpoint.size, root=checkpoint.root))
    cosigned = request.note.with_signatures([line]).to_bytes()
    return Answer(status=200, body=line.to_text(), remember=remember, cosigned=cosigned)


def _log_of(origin: str, logs: tuple[Verifier, ...]) -> Verifier | None:
    for log in logs:
        try:
            check_origin(origin, log)
        except CheckpointBroken:
            continue
        return log
    return None


def _refusal(status: int, message: str) -> Answer:
    return Answer(status=status, body=message + "\n")
