# SPDX-License-Identifier: Apache-2.0
"""A demonstration starts, answers, and takes everything with it when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

STARTS_WITHIN = 240
"""Seconds; a quiet machine takes a tenth of that, one that runs the whole suite beside it more."""


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    return clean | more


def free_port():
    """A port that is free, and the one after next, where the witness listens."""
    for port in range(28_710, 29_700, 10):
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 2))
            except OSError:
                continue
            return port
    pytest.skip("no free port")
    return 0


def test_a_taken_port_is_said_in_a_sentence(tmp_path):
    """Somebody else listens there: one sentence, no traceback, nothing made."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = [sys.executable, "-m", "upheld", "demo", "--port", str(min(port, 65_533))]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, env=environment(), timeout=120, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert f"port {port}".encode() in done.stderr
    assert not (tmp_path / ".upheld").exists()


def test_a_folder_of_somebody_else_s_is_left_alone(tmp_path):
    """A demo's home that holds something we did not make is not removed."""
    home = tmp_path / ".upheld" / "demo-baby-device"
    home.mkdir(parents=True)
    (home / "letter.txt").write_text("mine")
    line = [sys.executable, "-m", "upheld", "demo", "--port", str(free_port())]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, env=environment(), timeout=120, check=False)
    assert done.returncode == 1
    assert (home / "letter.txt").read_text() == "mine"


@pytest.mark.long
def test_a_demo_answers_and_stops(tmp_path):
    """Web, worker and witness answer, the sign-ins are printed, and Ctrl-C ends all of them."""
    port = free_port()
    line = [sys.executable, "-m", "upheld", "demo", "--port", str(port)]
    with (tmp_path / "out").open("wb") as out:
        running = subprocess.Popen(line, cwd=tmp_path, stdout=out, stderr=subprocess.STDOUT, env=environment())
        try:
            said = until_ready(running, tmp_path / "out")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                assert answer.status == 200
                assert "demo" in answer.read().decode().lower()
            assert re.search(r"officer .* password \S+", said)
            assert "otpauth://totp/" in said
            assert re.search(r"API key +upk_", said)
        finally:
            running.send_signal(signal.SIGINT)
            ended = running.wait(timeout=60)
    assert ended == 0
    for used in (port, port + 2):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", used)) != 0


def until_ready(running, said):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert running.poll() is None, said.read_text()
        if "Ctrl-C stops it" in said.read_text():
            return said.read_text()
        time.sleep(0.5)
    raise AssertionError(f"not ready within {STARTS_WITHIN} seconds")
