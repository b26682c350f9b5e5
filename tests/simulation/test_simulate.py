# SPDX-License-Identifier: Apache-2.0
"""Simulations run as anyone runs them: in a process of their own, on databases of their own."""

import json
import os
import subprocess
import sys

import pytest

POLICIES = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")
SMALL = ("--people", "14", "--days", "10", "--seed", "3")
"""Eight days: every attempt comes round once a week."""


def simulate(policy, *options, expect=0):
    """Run `upheld simulate --json` and return what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
    line = [sys.executable, "-m", "upheld", "simulate", policy, "--json", *options]
    done = subprocess.run(line, capture_output=True, env=clean, timeout=600, check=False)
    assert done.returncode == expect, done.stderr.decode()[-2_000:]
    return json.loads(done.stdout)


def statuses(made):
    return {clause["id"]: clause["status"] for clause in made["clauses"]}


@pytest.mark.parametrize("policy", POLICIES)
def test_people_live_with_a_policy_and_nothing_breaks(policy):
    """People come, choose, use, ask and leave; nothing breaks, and erasing them all changes no past status."""
    made = simulate(policy, *SMALL, "--erase-everyone")
    assert made["policy"] == policy
    assert made["counts"]["broken"] == 0
    assert made["counts"]["kept"] > 50
    ran = made["simulation"]
    assert not ran["passed"] and not ran["dead_jobs"]
    assert ran["erased"]["changed"] == [] and ran["erased"]["people"] >= 10
    lived = {"open an account", "state an age", "give a consent", "collect", "use", "hand over"}
    assert lived <= set(ran["done"])


def test_the_board_has_the_shape_that_programs_read():
    """The JSON is that of `upheld promises --json`, with what the simulation did beside it."""
    made = simulate("baby-device", "--people", "3", "--days", "1")
    assert {"policy", "version", "counts", "clauses"} <= set(made)
    assert set(made["counts"]) == {"kept", "at_risk", "broken", "not_exercised", "not_observed"}
    for clause in made["clauses"]:
        assert set(clause) == {"id", "controls", "status", "scope", "since", "evidence", "owner"}
        assert set(clause["evidence"]) == set(clause["controls"])


def test_the_same_seed_gives_the_same_result():
    """Statuses and counts depend on the policy, the sizes and the seed alone."""
    first = simulate("document-tools", "--people", "8", "--days", "4", "--seed", "5")
    again = simulate("document-tools", "--people", "8", "--days", "4", "--seed", "5")
    assert statuses(first) == statuses(again)
    assert first["counts"] == again["counts"]
    assert first["simulation"] == again["simulation"]
    other = simulate("document-tools", "--people", "8", "--days", "4", "--seed", "6")
    assert first["simulation"]["done"] != other["simulation"]["done"]


@pytest.mark.parametrize(
    ("control", "clause"),
    [
        ("gate.consent_needed", "functions.profile"),
        ("children.guardian_needed", "children.guardian"),
        ("rights.verified_first", "rights.requests.access"),
        ("sharing.agreement_in_force", "recipients.glide"),
        ("vault.staff_open_with_reason", "commitments.staff"),
    ],
)
def test_without_a_control_its_clauses_break(control, clause):
    """A control that is taken out is missed: the board names a clause that rests on it, and the exit code says so."""
    made = simulate("baby-device", *SMALL, "--without", control, expect=1)
    found = next(one for one in made["clauses"] if one["id"] == clause)
    broken = [one["id"] for one in made["clauses"] if one["status"] == "broken"]
    assert broken
    assert all(control in one["controls"] for one in made["clauses"] if one["id"] in broken)
    assert control in found["controls"]
    assert control in {one["control"] for one in made["simulation"]["passed"]}


@pytest.mark.parametrize(
    ("control", "clause"),
    [
        ("gate.source_declared", "sources.affiliates"),
        ("gate.source_lawful", "sources.affiliates"),
        ("gate.others_data_declared", "categories.guardian.contact"),
        ("gate.tracker_declared", "trackers.session"),
        ("gate.tracker_consent", "trackers.choices"),
        ("gate.successor_bound", "succession"),
    ],
)
def test_what_others_bring_trackers_and_successors_are_missed_too(control, clause):
    """Of the general platform, which has all of them: people live with them, and without a control clauses break."""
    made = simulate("general-platform", *SMALL, "--without", control, expect=1)
    broken = [one for one in made["clauses"] if one["status"] == "broken"]
    assert broken and all(control in one["controls"] for one in broken)
    assert control in next(one for one in made["clauses"] if one["id"] == clause)["controls"]
    assert control in {one["control"] for one in made["simulation"]["passed"]}
    assert "receive from a source" in made["simulation"]["done"]


@pytest.mark.parametrize(
    ("control", "why"), [("vault.expiry_at_read", "opened_expired"), ("retention.sweep", "sweep_late")]
)
def test_what_ended_is_neither_read_nor_kept(control, why):
    """Where a period of one day ends, reading past it, or leaving it lie, breaks the clause of that period."""
    made = simulate("document-tools", "--people", "8", "--days", "10", "--seed", "1", "--without", control, expect=1)
    whys = [clause["evidence"][control]["whys"] for clause in made["clauses"] if clause["status"] == "broken"]
    assert whys
    assert all(set(found) == {why} for found in whys)


def test_the_board_of_a_home_is_printed(tmp_path):
    """`upheld promises` recomputes the board of a deployment, as JSON and as lines, in the same shape."""
    home = tmp_path / "home"
    made = simulate("baby-device", "--people", "2", "--days", "1", "--home", str(home))
    env = {**os.environ, "UPHELD_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    line = [sys.executable, "-m", "upheld", "promises"]
    printed = subprocess.run([*line, "--json"], env=env, capture_output=True, timeout=120, check=False)
    board = json.loads(printed.stdout)
    assert set(made) - {"simulation"} == set(board)
    assert list(statuses(board)) == list(statuses(made))
    lines = subprocess.run(line, env=env, capture_output=True, timeout=120, check=False).stdout.decode()
    assert "all clauses" in lines


def test_an_unknown_control_is_refused():
    """A name that is no control's is said before anything runs."""
    line = [sys.executable, "-m", "upheld", "simulate", "baby-device", "--without", "gate.nothing"]
    done = subprocess.run(line, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"gate.nothing" in done.stderr


def test_a_simulation_keeps_off_a_deployment_of_people(tmp_path):
    """A home that was set up for a product is refused, whatever is in it."""
    home = tmp_path / "home"
    env = {**os.environ, "UPHELD_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([sys.executable, "-m", "upheld", "setup"], env=env, check=True, capture_output=True, timeout=120)
    line = [sys.executable, "-m", "upheld", "simulate", "baby-device", "--home", str(home), "--people", "1"]
    done = subprocess.run(line, env=env, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"was made for" in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("policy", POLICIES)
def test_a_month_of_twenty_people(policy):
    """The same over a month, in which short periods end."""
    made = simulate(policy, "--people", "20", "--days", "35", "--seed", "11", "--erase-everyone")
    assert made["counts"]["broken"] == 0
    assert made["simulation"]["erased"]["changed"] == []
