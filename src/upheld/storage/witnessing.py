# SPDX-License-Identifier: Apache-2.0
"""Has the latest checkpoint cosigned by a witness (c2sp.org/tlog-witness)."""

from collections.abc import Callable
from datetime import datetime

from upheld.errors import Broken, Misconfigured, Unavailable
from upheld.ledger.checkpoint import verify_cosignature
from upheld.ledger.notes import Note, SignatureLine, Verifier, parse_note, parse_signatures
from upheld.ledger.witness import write_request
from upheld.storage.ledger_models import LedgerCheckpoint
from upheld.storage.log_keys import witness_verifier
from upheld.storage.stored_log import consistency_for, head

Post = Callable[[bytes], tuple[int, bytes]]
"""Posts a request to the witness's add-checkpoint address; returns the status and the body of the answer."""


class WitnessRefused(Broken):
    """The witness remembers another history of this log than ours: a restore lost the tail, or it was changed."""

    code = "witness_refused"


def ask_witness(post: Post, *, now: datetime) -> bool:
    """Have the latest checkpoint cosigned; return False if it is already.

    Raises:
        Misconfigured: no witness key is configured.
        WitnessRefused: the witness does not find our log consistent with what it signed before.
        Unavailable: it answered something else.
    """
    present = head()
    if present is None:
        return False
    rows = LedgerCheckpoint.objects.filter(generation=present.generation).order_by("-size")
    row = rows.first()
    if row is None or row.witnessed_at is not None:
        return False
    witness = witness_verifier()
    if witness is None:
        raise Misconfigured("no witness key is configured", hint="set UPHELD_WITNESS_VKEY")
    known = rows.filter(witnessed_at__isnull=False).first()
    note = parse_note(bytes(row.note))
    line = _request(post, 0 if known is None else known.size, row.size, note, witness)
    signed = note.with_signatures([line]).to_bytes()
    LedgerCheckpoint.objects.filter(id=row.id, witnessed_at__isnull=True).update(note=signed, witnessed_at=now)
    return True


def _request(post: Post, old_size: int, size: int, note: Note, witness: Verifier) -> SignatureLine:
    """Ask; where the witness remembers another size than we thought, ask once more from there."""
    status, body = post(write_request(old_size, consistency_for(old_size, size), note.to_bytes()))
    if status == 409:
        remembered = _size(body)
        if remembered > size:
            raise WitnessRefused(f"the witness signed {remembered} entries before, this log has {size}")
        status, body = post(write_request(remembered, consistency_for(remembered, size), note.to_bytes()))
    if status in {409, 422}:
        raise WitnessRefused("the witness signed another history of this log before")
    if status != 200:
        raise Unavailable(f"the witness answered with status {status}")
    for line in parse_signatures(body.decode("utf-8", "replace")):
        if line.is_by(witness):
            verify_cosignature(note.text, line, witness)
            return line
    raise Unavailable("the witness answered without a signature of its configured key")


def _size(body: bytes) -> int:
    text = body.decode("ascii", "replace").strip()
    if not text.isdecimal() or len(text) > 18:
        raise Unavailable("the witness did not say which size it remembers")
    return int(text)
