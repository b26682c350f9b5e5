# SPDX-License-Identifier: Apache-2.0
"""An auditor checks a folder or a receipt with a key file."""

import subprocess
import sys

import pytest

from tests.ledger.worlds import LOG, WITNESS, Log
from upheld.errors import BadInput, NotFound
from upheld.ledger.faults import LogBroken
from upheld.ledger.verify import Verdict
from upheld.storage.log_folder import verify_path


@pytest.fixture
def handed_over(tmp_path):
    """An exported log, a receipt and a key file, as an auditor has them."""
    log = Log(300)
    log.checkpoint()
    for name, content in log.files().items():
        target = tmp_path / "log" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (tmp_path / "receipt.json").write_bytes(log.receipt(5))
    (tmp_path / "keys").write_text(f"# pinned\n{LOG.verifier.to_text()}\n{WITNESS.verifier.to_text()}\n")
    log.grow(1)
    (tmp_path / "witness").write_bytes(log.checkpoint())
    return tmp_path


def test_folder_and_receipt_verify(handed_over):
    """Both hold, and say that the witness signed."""
    for name in ("log", "receipt.json"):
        outcome = verify_path(handed_over / name, handed_over / "keys")
        assert (Verdict.WITNESSED, 300) == (outcome.verdict, outcome.size)
    verify_path(handed_over / "log", handed_over / "keys", (handed_over / "receipt.json",))


def test_cut_tail_is_named(handed_over):
    """What the witness keeps shows that an entry is missing at the end."""
    with pytest.raises(LogBroken, match="1 were cut off"):
        verify_path(handed_over / "log", handed_over / "keys", (handed_over / "witness",))


def test_links_are_not_followed(handed_over):
    """A link in the folder is no file of the log."""
    tile = handed_over / "log" / "tile" / "0" / "000"
    tile.rename(handed_over / "elsewhere")
    tile.symlink_to(handed_over / "elsewhere")
    with pytest.raises(LogBroken, match="there is no such file"):
        verify_path(handed_over / "log", handed_over / "keys")


def test_missing_and_misshapen_paths_are_refused(handed_over):
    """No such folder, key file or text: one clear error."""
    with pytest.raises(NotFound):
        verify_path(handed_over / "nothing", handed_over / "keys")
    with pytest.raises(NotFound):
        verify_path(handed_over / "log", handed_over / "nothing")
    with pytest.raises(NotFound):
        verify_path(handed_over / "log", handed_over / "keys", (handed_over / "nothing",))
    (handed_over / "keys").write_bytes(b"\xff")
    with pytest.raises(BadInput):
        verify_path(handed_over / "log", handed_over / "keys")


def test_verifying_needs_no_django(handed_over):
    """The verifier runs where no framework, database or network is."""
    code = (
        "import sys; from pathlib import Path; from upheld.storage.log_folder import verify_path;"
        "verify_path(Path(sys.argv[1]), Path(sys.argv[2]));"
        "assert not {'django', 'psycopg', 'socket', 'http'} & set(sys.modules), sys.modules.keys()"
    )
    subprocess.run(
        [sys.executable, "-c", code, handed_over / "log", handed_over / "keys"],
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
