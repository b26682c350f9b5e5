# SPDX-License-Identifier: Apache-2.0
"""The witness as a process: over HTTP, with a state that survives it."""

import http.client
import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.ledger.worlds import LOG, Log
from upheld.clock import SimulatedClock
from upheld.crypto.signing import Verifier
from upheld.errors import BadInput, Misconfigured, Unavailable
from upheld.ledger.checkpoint import verify
from upheld.ledger.notes import Keyring
from upheld.ledger.witness import REQUEST_LIMIT_BYTES, write_request
from upheld.storage.witness_client import configured_post, post_to
from upheld.storage.witness_process import Witness, server

VKEY = LOG.verifier.to_text()
CLOCK = SimulatedClock(datetime(2026, 1, 1, tzinfo=UTC))


@contextmanager
def running(folder):
    with server(address="127.0.0.1", port=0, folder=folder, log_vkey=VKEY, clock=CLOCK) as witness:
        thread = threading.Thread(target=witness.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield witness.server_address[1]
        finally:
            witness.shutdown()
            thread.join()


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    found = answer.status, answer.read(), answer.headers["Content-Type"]
    connection.close()
    return found


def keyring(folder):
    witness = Verifier.parse((folder / "witness.vkey").read_text())
    return Keyring.of([LOG.verifier, witness])


def test_witness_signs_over_http_and_remembers_across_a_restart(tmp_path):
    """What it signed before a restart binds it after; the auditor's copy is signed by the key it shows."""
    log = Log(3)
    with running(tmp_path) as port:
        status, body, _ = ask(port, "POST", "/add-checkpoint", write_request(0, (), log.checkpoint(witnessed=False)))
        assert 200 == status
        assert (tmp_path / "witness.vkey").read_bytes() == ask(port, "GET", "/")[1]
    verified = verify((tmp_path / "checkpoint").read_bytes(), keyring(tmp_path))
    assert (3, 1) == (verified.checkpoint.size, len(verified.cosignatures))
    assert body in verified.note.to_bytes()
    with running(tmp_path) as port:
        forked = Log(2).grow(2, twist=1)
        request = write_request(0, (), forked.checkpoint(witnessed=False))
        assert (409, b"3\n", "text/x.tlog.size") == ask(port, "POST", "/add-checkpoint", request)
        request = write_request(3, forked.consistency(3), forked.checkpoint(witnessed=False))
        assert 422 == ask(port, "POST", "/add-checkpoint", request)[0]
        log.grow(2)
        request = write_request(3, log.consistency(3), log.checkpoint(witnessed=False))
        assert 200 == ask(port, "POST", "/add-checkpoint", request)[0]
    assert 5 == json.loads((tmp_path / "state.json").read_text())["logs"][LOG.name]["size"]


def test_of_many_at_once_only_one_history_is_signed(tmp_path):
    """Two histories asked for at the same moment: one of them is signed, the other never."""
    with running(tmp_path) as port:
        notes = [Log(3, twist=twist).checkpoint(witnessed=False) for twist in range(8)]
        statuses = []
        threads = [
            threading.Thread(
                target=lambda note=note: statuses.append(
                    ask(port, "POST", "/add-checkpoint", write_request(0, (), note))[0]
                )
            )
            for note in notes
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [200] + [409] * 7 == sorted(statuses)


def test_bad_requests_are_refused(tmp_path):
    """Other paths, bodies without length or too long, and nonsense get their status and close nothing else."""
    with running(tmp_path) as port:
        assert 404 == ask(port, "GET", "/elsewhere")[0]
        assert 404 == ask(port, "POST", "/elsewhere", b"x")[0]
        assert 400 == ask(port, "POST", "/add-checkpoint", b"nonsense")[0]
        assert 413 == ask(port, "POST", "/add-checkpoint", b"", {"Content-Length": str(REQUEST_LIMIT_BYTES + 1)})[0]
        assert 411 == ask(port, "POST", "/add-checkpoint", b"", {"Content-Length": "-5"})[0]
        assert 501 == ask(port, "DELETE", "/")[0]
        assert 200 == ask(port, "GET", "/")[0]


def test_a_witness_that_forgot_does_not_start(tmp_path):
    """A state that is missing or unreadable beside a key is refused: it would sign anything again."""
    Witness(tmp_path, (LOG.verifier,)).close()
    (tmp_path / "state.json").write_text("{}")
    with pytest.raises(Misconfigured, match="state"):
        Witness(tmp_path, (LOG.verifier,))
    (tmp_path / "state.json").unlink()
    with pytest.raises(Misconfigured, match="state"):
        Witness(tmp_path, (LOG.verifier,))


def test_two_processes_cannot_share_a_folder(tmp_path):
    """A second witness on one folder could sign two histories, so it does not start."""
    first = Witness(tmp_path, (LOG.verifier,))
    with pytest.raises(Misconfigured, match="another witness"):
        Witness(tmp_path, (LOG.verifier,))
    first.close()
    Witness(tmp_path, (LOG.verifier,)).close()


def test_key_is_private(tmp_path):
    """Its key is readable by its owner alone."""
    Witness(tmp_path / "folder", (LOG.verifier,)).close()
    assert 0o600 == (tmp_path / "folder" / "witness.key").stat().st_mode & 0o777


def test_a_log_reaches_its_witness(tmp_path, settings):
    """The configured address is posted to; a witness that is not there is unavailable, in words without an address."""
    with running(tmp_path) as port:
        settings.UPHELD = {**settings.UPHELD, "WITNESS_URL": f"http://127.0.0.1:{port}/"}
        status, _ = configured_post()(write_request(0, (), Log(3).checkpoint(witnessed=False)))
        assert 200 == status
    with pytest.raises(Unavailable, match="no usable answer"):
        configured_post()(b"")
    settings.UPHELD = {**settings.UPHELD, "WITNESS_URL": ""}
    assert configured_post() is None


@pytest.mark.parametrize(
    "url", ["http://witness.example", "http://localhost:1", "ftp://127.0.0.1", "https://", "nonsense"]
)
def test_other_addresses_are_refused(url):
    """Plain http leaves this machine never, and a name that only resolves to loopback is a name."""
    with pytest.raises(BadInput, match="https"):
        post_to(url)
