# SPDX-License-Identifier: Apache-2.0
"""The witness as a process: HTTP in front of `upheld.ledger.witness`, and a folder of its own.

    witness.key    its signing key, mode 0600, made at the first start
    witness.vkey   the public half, to pin
    state.json     the largest tree it cosigned, by origin; replaced whole, and durable before any answer
    checkpoint     the checkpoint it cosigned last, for `upheld verify --known`

It shares no database, key or folder with the log it watches; run it under another account, better on another machine.

    POST /add-checkpoint   c2sp.org/tlog-witness
    GET  /                 the public key
"""

import fcntl
import json
import os
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import TextIOWrapper
from pathlib import Path
from typing import Any, ClassVar, Final

from upheld.clock import Clock
from upheld.crypto.signing import Algorithm, Signer, Verifier
from upheld.errors import Misconfigured, UpheldError
from upheld.ledger.witness import REQUEST_LIMIT_BYTES, Answer, Seen, add_checkpoint
from upheld.storage.key_files import read_signer, sync_folder, write_secret

_KEY: Final = "witness.key"
_VKEY: Final = "witness.vkey"
_STATE: Final = "state.json"
_CHECKPOINT: Final = "checkpoint"
_LOCK: Final = "lock"
_STATE_VERSION: Final = 1
_SILENCE_SECONDS: Final = 10
"""A connection that says nothing for so long is closed."""


class Witness:
    """A witness with its key and state; one answer at a time."""

    def __init__(self, folder: Path, logs: tuple[Verifier, ...]) -> None:
        """Open the folder, and make a key if there is none.

        Raises:
            Misconfigured: the key or the state cannot be trusted.
        """
        self._folder = folder
        self._logs = logs
        self._lock = threading.Lock()
        self._held = _hold(folder)
        try:
            self._signer, self._state = _open(folder, logs)
        except UpheldError:
            self._held.close()
            raise
        _replace(folder / _VKEY, (self.vkey + "\n").encode())

    def close(self) -> None:
        """Let another process have the folder."""
        self._held.close()

    @property
    def vkey(self) -> str:
        """The public key, to pin."""
        return self._signer.verifier.to_text()

    def answer(self, body: bytes, *, at_seconds: int) -> Answer:
        """Answer one request; what it makes the witness remember is durable before this returns."""
        with self._lock:
            answer = add_checkpoint(
                body, state=self._state, logs=self._logs, signer=self._signer, at_seconds=at_seconds
            )
            if answer.remember is not None:
                origin, seen = answer.remember
                state = {**self._state, origin: seen}
                _replace(self._folder / _STATE, _state_text(state))
                _replace(self._folder / _CHECKPOINT, answer.cosigned)
                self._state = state
            return answer


def _open(folder: Path, logs: tuple[Verifier, ...]) -> tuple[Signer, dict[str, Seen]]:
    """Return key and state; the state is made before the key, so a key without a state means that it was lost."""
    if not (folder / _KEY).exists():
        _replace(folder / _STATE, _state_text({}))
        name = f"{logs[0].name}/witness" if logs else "upheld-witness"
        write_secret(folder / _KEY, Signer.generate(name, Algorithm.COSIGNATURE_V1).to_text() + "\n")
    return read_signer(folder / _KEY), _read_state(folder / _STATE)


def _hold(folder: Path) -> TextIOWrapper:
    """Keep any other process off this folder for as long as the returned file is open."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = (folder / _LOCK).open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise Misconfigured("another witness runs on this folder") from None
    return held


def _read_state(file: Path) -> dict[str, Seen]:
    logs: dict[str, Seen] | None = None
    try:
        found = json.loads(file.read_text())
        if found["v"] == _STATE_VERSION:
            logs = {
                origin: Seen(size=int(seen["size"]), root=bytes.fromhex(seen["root"]))
                for origin, seen in found["logs"].items()
            }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        logs = None
    if logs is None:
        raise Misconfigured(
            "the witness's state cannot be read", hint="restore it; a witness that forgets protects nobody"
        )
    return logs


def _state_text(state: dict[str, Seen]) -> bytes:
    logs = {origin: {"size": seen.size, "root": seen.root.hex()} for origin, seen in state.items()}
    return json.dumps({"v": _STATE_VERSION, "logs": logs}, indent=1, sort_keys=True).encode()


def _replace(file: Path, content: bytes) -> None:
    """Replace a file whole, durably: after a crash it is either the old one or the new one."""
    beside = file.with_name(f".{file.name}.new")
    with beside.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)
    sync_folder(file.parent)


class _Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for a witness; keeps no log of who asked."""

    protocol_version = "HTTP/1.1"
    server_version = "upheld-witness"
    sys_version = ""
    timeout: ClassVar[int] = _SILENCE_SECONDS

    def __init__(self, witness: Witness, clock: Clock, *arguments: Any) -> None:
        self._witness = witness
        self._clock = clock
        super().__init__(*arguments)

    def do_GET(self) -> None:
        if self.path == "/":
            self._send(Answer(status=200, body=self._witness.vkey + "\n"))
        else:
            self._send(Answer(status=404, body="no such page\n"))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != "/add-checkpoint":
            self._refuse(404, "no such page\n")
        elif not length.isdecimal() or len(length) > 9:
            self._refuse(411, "a request has a Content-Length\n")
        elif int(length) > REQUEST_LIMIT_BYTES:
            self._refuse(413, f"a request has at most {REQUEST_LIMIT_BYTES} bytes\n")
        else:
            at_seconds = int(self._clock.now().timestamp())
            self._send(self._witness.answer(self.rfile.read(int(length)), at_seconds=at_seconds))

    def _refuse(self, status: int, body: str) -> None:
        """Answer without reading the body, and close."""
        self.close_connection = True
        self._send(Answer(status=status, body=body))

    def _send(self, answer: Answer) -> None:
        content = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by http.server
        """Say nothing: requests carry network addresses."""


class WitnessServer(ThreadingHTTPServer):
    """A witness that listens."""

    daemon_threads = True
    request_queue_size = 16

    def __init__(self, place: tuple[str, int], witness: Witness, clock: Clock) -> None:
        """Listen at an address and port."""
        self.witness = witness
        super().__init__(place, partial(_Handler, witness, clock))

    def server_close(self) -> None:
        """Stop listening and let go of the folder."""
        super().server_close()
        self.witness.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a connection that broke: a traceback would carry its address."""


def server(*, address: str, port: int, folder: Path, log_vkey: str, clock: Clock) -> WitnessServer:
    """Return the witness as a server that listens and is not yet serving.

    Args:
        address: loopback unless a reverse proxy with TLS stands in front.
        port: 0 for any that is free.
        folder: where it keeps key and state.
        log_vkey: the log's public key.
        clock: for the time in cosignatures.
    """
    witness = Witness(folder, (Verifier.parse(log_vkey),))
    return WitnessServer((address, port), witness, clock)


def serve(*, address: str = "127.0.0.1", port: int, folder: Path, log_vkey: str, clock: Clock) -> None:
    """Serve until interrupted; every answer is durable, so any signal may end it."""
    with server(address=address, port=port, folder=folder, log_vkey=log_vkey, clock=clock) as running:
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            return
