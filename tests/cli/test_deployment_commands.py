# SPDX-License-Identifier: Apache-2.0
"""The commands of a deployment: what they print, how they end, and what they refuse."""

import json
import socket
import stat

import pytest

from tests.cli.conftest import upheld


def looks(ended):
    return {look["name"]: look for look in json.loads(ended.out)["looks"] if look["state"] != "well"}


@pytest.fixture
def exported(run, tmp_path):
    """An exported log, and the file of keys to pin."""
    assert run("evidence", "export", tmp_path / "log").code == 1  # nothing is published before a worker ran
    step(run)
    assert run("evidence", "export", tmp_path / "log").code == 0
    (tmp_path / "keys").write_text(run("evidence", "key").out)
    return tmp_path / "log"


def step(run):
    """Let the sequencer step once."""
    run.python("from upheld.storage import sequencer\nsequencer.step(now=SystemClock().now())")


def test_setting_up_again_changes_nothing(run, home):
    """Secrets, keys and log key stay; nobody else can read them."""
    before = {file.name: file.read_bytes() for file in [home / "secrets.json", *(home / "log-keys").iterdir()]}
    assert run("setup").code == 0
    assert all(file.read_bytes() in before.values() for file in [home / "secrets.json", *(home / "log-keys").iterdir()])
    for file in [home / "secrets.json", *(home / "log-keys").iterdir(), *(home / "provider-keys").iterdir()]:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("setup", "--kind", "simulation").code == 1


def test_nothing_runs_before_setup(tmp_path):
    """One sentence and what to do, never a traceback."""
    for command in (("doctor",), ("work",), ("backup", tmp_path / "b")):
        ended = upheld(*command, home=tmp_path / "none")
        assert ended.code == 1, command
        assert "upheld setup" in ended.out + ended.err, command


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("UPHELD_DATABASE_URL", "mysql://db/upheld", "UPHELD_DATABASE_URL"),
        ("UPHELD_DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none", "does not answer"),
        ("UPHELD_PROXIES", "two", "UPHELD_PROXIES"),
        ("UPHELD_WITNESS_VKEY", "no key", "key"),
    ],
)
def test_a_wrong_setting_is_named(run, variable, value, said):
    """By its variable, without the password in it."""
    more = {variable: value, "UPHELD_WITNESS_URL": "http://127.0.0.1:9"}
    ended = run("doctor", **more)
    assert ended.code == 1
    assert said in ended.out
    assert "secret" not in ended.out + ended.err


def test_a_doctor_finds_what_is_wrong(run, home):
    """Open modes, a missing provider key, a worker that never ran."""
    found = looks(run("doctor", "--json"))
    assert found["worker"]["state"] == "wrong"
    assert found["staff"]["state"] == "warning"
    provider_key = next((home / "provider-keys").iterdir())
    provider_key.chmod(0o644)
    assert "chmod 600" in run("doctor").out
    provider_key.unlink()
    assert looks(run("doctor", "--json"))["keys"]["state"] == "wrong"
    (home / "secrets.json").chmod(0o640)
    ended = run("doctor", "--json")
    assert ended.code == 1
    assert looks(ended).keys() == {"settings"}


def test_a_log_is_exported_and_verified_with_the_key_alone(run, exported, tmp_path):
    """0 and the key that was trusted; 1 with --witnessed, for nobody witnessed it."""
    verify = ("verify", exported, "--key", tmp_path / "keys")
    ended = run(*verify, "--json")
    assert ended.code == 0
    found = json.loads(ended.out)
    assert found["verdict"] == "consistent, not witnessed"
    assert found["size"] > 0
    assert found["log_key"].split("+")[0] in (tmp_path / "keys").read_text()
    assert run(*verify, "--witnessed").code == 1
    assert run("evidence", "export", exported).code == 1  # not empty


def test_a_changed_log_is_named_and_an_unreadable_one_too(run, exported, tmp_path):
    """1 and every fault by its place; 2 where there is nothing to verify."""
    bundle = next((exported / "tile" / "entries").rglob("*.p/*"))
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    ended = run("verify", exported, "--key", tmp_path / "keys", "--json")
    assert ended.code == 1
    assert json.loads(ended.out)["faults"][0]["place"]
    assert run("verify", tmp_path / "nowhere", "--key", tmp_path / "keys").code == 2
    assert run("verify", exported, "--key", exported / "checkpoint").code == 2


def test_keys_rotate_and_a_copy_from_before_is_refused(run, tmp_path):
    """The list says which epoch is in force; a dead copy is told from a living one before anything is touched."""
    assert run("backup", tmp_path / "b").code == 0
    assert run("keys", "rotate", "--retire-now").code == 0
    states = json.loads(run("keys", "list", "--json").out)["epochs"]
    assert [(one["number"], one["is_open"], one["is_retired"]) for one in states] == [
        (1, False, True),
        (2, True, False),
    ]
    assert "given up" in run("restore", tmp_path / "b").err


def test_a_backup_is_ours_alone_and_a_damaged_one_is_refused(run, tmp_path, home):
    """Modes, a folder that is not empty, the journal beside the data, a flipped byte, another folder."""
    assert run("backup", tmp_path / "b").code == 0
    for file in (tmp_path / "b").rglob("*"):
        assert stat.S_IMODE(file.stat().st_mode) in {0o600, 0o700} or file == tmp_path / "b", file
    assert not list((tmp_path / "b").rglob("*.key"))
    assert run("backup", tmp_path / "b").code == 1
    assert run("backup", "--only", "journal", tmp_path / "b" / "journal").code == 1
    copy = tmp_path / "b" / "data" / "default.sqlite3"
    content = bytearray(copy.read_bytes())
    content[5000] ^= 1
    copy.write_bytes(content)
    before = (home / "default.sqlite3").read_bytes()
    assert run("restore", tmp_path / "b").code == 1
    assert (home / "default.sqlite3").read_bytes() == before
    assert run("restore", tmp_path).code == 1


def test_a_taken_port_is_named(run):
    """Before anything starts."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("serve", "--port", taken.getsockname()[1])
    assert ended.code == 1
    assert "taken" in ended.err


def test_staff_are_invited_once_from_the_command_line(run):
    """A link to the console; a role that nobody has is refused."""
    assert run("staff", "invite", "--role", "king").code == 2
    assert "/console/invite/" in run("staff", "invite", "--role", "officer").out


def test_a_restore_that_loses_the_tail_of_the_log_begins_a_generation(run, exported, tmp_path):
    """The log says so in an entry, verifies again, and the old log still does by itself."""
    assert run("backup", tmp_path / "b").code == 0
    run("staff", "invite")
    step(run)
    assert "new generation" in run("restore", tmp_path / "b").out
    step(run)
    assert run("evidence", "export", tmp_path / "after").code == 0
    ended = run("verify", tmp_path / "after", "--key", tmp_path / "keys", "--json")
    assert ended.code == 0
    assert json.loads(ended.out)["origin"].endswith("/generation/1")
    assert run("verify", exported, "--key", tmp_path / "keys").code == 0
