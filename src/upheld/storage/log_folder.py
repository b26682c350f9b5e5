# SPDX-License-Identifier: Apache-2.0
"""Checks a receipt or an exported log on disk, with a key file and nothing else: no Django, database or network."""

from collections.abc import Iterator
from pathlib import Path

from upheld.crypto.signing import parse_key_file
from upheld.errors import BadInput, NotFound
from upheld.ledger.notes import Keyring
from upheld.ledger.verify import FILE_LIMIT_BYTES, Known, Outcome, verify_log, verify_receipt_file

_KEY_FILE_LIMIT_BYTES = 65_536


def verify_path(path: Path, keys: Path, known: tuple[Path, ...] = ()) -> Outcome:
    """Verify a receipt (a file) or an exported log (a folder).

    Args:
        path: the receipt or folder.
        keys: the file of pinned keys, got from somewhere other than whoever handed over the log.
        known: checkpoints and receipts known from outside; they show whether a log's tail was cut off.

    Raises:
        LogBroken: something is wrong; every fault is listed with its place.
        NotFound: there is no such file or folder.
        BadInput: the key file is none.
    """
    keyring = Keyring.of(parse_key_file(_text(keys)))
    if path.is_file():
        return verify_receipt_file(_bounded(path), keyring)
    if not path.is_dir():
        raise NotFound("there is no such receipt or folder")
    told = [Known(place=str(one), content=_bounded(one)) for one in known]

    def read(name: str) -> bytes | None:
        file = path / name
        return _bounded(file) if file.is_file() and not file.is_symlink() else None

    return verify_log(read, _names(path), keyring, known=told)


def _names(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if not file.is_dir():
            yield file.relative_to(folder).as_posix()


def _bounded(file: Path) -> bytes:
    """Read a file, but never more than any file of a log can have."""
    if not file.is_file():
        raise NotFound("there is no such file")
    with file.open("rb") as stream:
        return stream.read(FILE_LIMIT_BYTES)


def _text(file: Path) -> str:
    if not file.is_file():
        raise NotFound("there is no such key file")
    try:
        with file.open("rb") as stream:
            return stream.read(_KEY_FILE_LIMIT_BYTES).decode()
    except UnicodeDecodeError:
        raise BadInput("a key file is text, this one is not") from None
