# SPDX-License-Identifier: Apache-2.0
"""kill -9 of web, worker and sequencer at random moments: after a restart nothing is lost, doubled or unproven."""

import pytest


def counts(printed):
    return [int(number) for number in printed.split()]


def test_three_kills_lose_nothing(run):
    """Every act has its evidence, every intent its outcome, every job ends once, and the export verifies."""
    kills, entries, people, _ = counts(run("kills.py", 3, 1))
    assert kills == 3
    assert entries > people > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_fifty_kills_lose_nothing(run, seed):
    """The same, ten kills at a time."""
    kills, entries, _, erasures = counts(run("kills.py", 10, seed + 2, seconds=900))
    assert kills == 10
    assert entries > 100
    assert erasures > 0


@pytest.mark.long
def test_a_killed_server_answers_again(run):
    """A web process is replaced; a whole server starts again on the same port; asked to stop, it ends with 0."""
    assert "well" in run("serving.py")
