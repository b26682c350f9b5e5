# SPDX-License-Identifier: Apache-2.0
"""Writes the vectors beside it: `python tests/vectors/generate.py [FOLDER]`. Everything is fixed, so a second run changes nothing."""

import base64
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))

from upheld.crypto.blind import blind_index  # noqa: E402
from upheld.crypto.framing import frame  # noqa: E402
from upheld.crypto.sealing import seal_with_nonce  # noqa: E402
from upheld.crypto.signing import Algorithm, Signer  # noqa: E402
from upheld.crypto.suites import CIPHERERS, Suite  # noqa: E402
from upheld.crypto.wrapping import WrapContext, wrap_with_nonce  # noqa: E402
from upheld.ledger import entries  # noqa: E402
from upheld.ledger.canonical import canonical  # noqa: E402
from upheld.ledger.checkpoint import Checkpoint, cosign, sign  # noqa: E402
from upheld.ledger.entries import Entry  # noqa: E402
from upheld.ledger.merkle import consistency_proof, inclusion_proof, leaf_hash, range_root  # noqa: E402
from upheld.ledger.proof import Proof  # noqa: E402
from upheld.ledger.receipts import Disclosed, Receipt, write_receipt  # noqa: E402
from upheld.ledger.tiles import TileNodes, append  # noqa: E402

KEY = bytes(range(32))
OTHER_KEY = bytes(range(32, 64))
NONCE = bytes(range(100, 112))
PLACE = frame("vectors", UUID(int=7), "storage.profile")
PLAINTEXTS = (b"", b"a synthetic value", "合成值".encode(), bytes(300))


def hexed(content: bytes) -> str:
    return content.hex()


def seal_v1(key: bytes, plaintext: bytes, associated_data: bytes, suite: Suite) -> bytes:
    """The older format, which the product only reads."""
    cipherer = CIPHERERS[suite]
    working_key, _ = cipherer.working_key(key, b"upheld/seal/v1")
    framed = b"upheld seal 1" + len(associated_data).to_bytes(4, "big") + associated_data
    return bytes((1, suite)) + NONCE + cipherer.encrypt(working_key, NONCE, plaintext, framed)


def sealed() -> list[dict[str, object]]:
    found = []
    for suite in Suite:
        for plaintext in PLAINTEXTS:
            for version, content in (
                (1, seal_v1(KEY, plaintext, PLACE, suite)),
                (2, seal_with_nonce(KEY, NONCE, plaintext, associated_data=PLACE, suite=suite)),
            ):
                found.append(
                    {
                        "version": version,
                        "suite": suite.name,
                        "key": hexed(KEY),
                        "associated_data": hexed(PLACE),
                        "plaintext": hexed(plaintext),
                        "sealed": hexed(content),
                    }
                )
    return found


def wrapped() -> list[dict[str, object]]:
    context = WrapContext(key_id=UUID(int=1), epoch=3, data_subject_id=UUID(int=2), clause="storage.profile")
    return [
        {
            "suite": suite.name,
            "provider_key": hexed(KEY),
            "data_key": hexed(OTHER_KEY),
            "key_id": str(context.key_id),
            "epoch": context.epoch,
            "data_subject_id": str(context.data_subject_id),
            "clause": context.clause,
            "wrapped": hexed(wrap_with_nonce(KEY, NONCE, OTHER_KEY, context=context, suite=suite)),
        }
        for suite in Suite
    ]


def blind() -> list[dict[str, str]]:
    return [
        {"index_key": hexed(KEY), "kind": kind, "normalized": text, "index": hexed(blind_index(KEY, kind, text))}
        for kind, text in (("mobile", "+8610000000000"), ("email", "someone@upheld.example"))
    ]


def spelt() -> list[dict[str, object]]:
    values: list[dict[str, object]] = [
        {"b": 1, "a": [True, False, None], "c": {"z": "", "y": -7}},
        {
            "\r": "Carriage Return",
            "1": "One",
            "\u0080": "Control",
            "\u00f6": "O",
            "\u20ac": "Euro",
            "\U0001f600": "Emoji",
            "\ufb33": "Dalet",
        },
        {"text": 'quote " backslash \\ tab \t newline \n bell \u0007 delete \u007f'},
        {"largest": 2**53 - 1, "smallest": -(2**53 - 1), "zero": 0},
    ]
    return [{"value": value, "canonical": canonical(value).decode()} for value in values]


LOG = Signer(name="evidence.upheld.example/vectors", algorithm=Algorithm.ED25519, seed=KEY)
WITNESS = Signer(name="witness.upheld.example", algorithm=Algorithm.COSIGNATURE_V1, seed=OTHER_KEY)
LEAVES = 300
SALT = bytes(range(200, 216))
RECORD = {"what": "consent", "topic": "sensitive:photos", "given": True}


def leaf(index: int) -> bytes:
    nonce = f"nonce-{index:04d}"
    return entries.write(
        Entry(
            kind="consent.record.given",
            at=datetime(2026, 1, 1, 8, index % 60, 59, tzinfo=UTC),
            policy="0" * 64,
            clause="consent.photos",
            control="gate.separate_consent",
            actor="self",
            subject_ref=entries.subject_ref(OTHER_KEY, nonce),
            nonce=nonce,
            record=entries.commit(SALT, RECORD) if index == 17 else None,
            facts={"topic": "sensitive:photos", "index": index},
        )
    )


def log() -> dict[str, object]:
    leaves = [leaf(index) for index in range(LEAVES)]
    tiles = {
        (tile.level, tile.index): content
        for tile, content in append(lambda *_: b"", 0, [leaf_hash(one) for one in leaves])
    }
    nodes = TileNodes(lambda level, index: tiles.get((level, index), b""))
    notes = {}
    for size in (18, LEAVES):
        note = sign(Checkpoint(origin=LOG.name, size=size, root=range_root(nodes, 0, size)), LOG)
        notes[size] = note.with_signatures([cosign(note.text, WITNESS, at_seconds=1_767_225_600 + size)])
    proof = Proof(index=17, path=inclusion_proof(nodes, 17, LEAVES), checkpoint=notes[LEAVES].to_bytes())
    receipt = Receipt(leaf=leaves[17], proof=proof, disclosed=Disclosed(salt=SALT, record=RECORD))
    return {
        "log_key": LOG.verifier.to_text(),
        "witness_key": WITNESS.verifier.to_text(),
        "leaves": [one.decode() for one in leaves[:20]],
        "leaf_hashes": [hexed(leaf_hash(one)) for one in leaves],
        "roots": {str(size): hexed(range_root(nodes, 0, size)) for size in (1, 2, 3, 18, 255, 256, 257, LEAVES)},
        "inclusion": {
            str(index): [hexed(one) for one in inclusion_proof(nodes, index, LEAVES)]
            for index in (0, 17, 255, 256, 299)
        },
        "consistency": {
            str(old): [hexed(one) for one in consistency_proof(nodes, old, LEAVES)] for old in (1, 18, 256, 299)
        },
        "checkpoints": {str(size): note.to_bytes().decode() for size, note in notes.items()},
        "tiles": {
            f"{level}/{index}": base64.b64encode(content).decode() for (level, index), content in sorted(tiles.items())
        },
        "proof": proof.to_text(),
        "receipt": write_receipt(receipt).decode(),
    }


def main(folder: Path) -> None:
    made = {"sealed": sealed(), "wrapped": wrapped(), "blind": blind(), "canonical": spelt(), "log": log()}
    for name, content in made.items():
        text = json.dumps(content, indent=1, ensure_ascii=True, sort_keys=True)
        (folder / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
