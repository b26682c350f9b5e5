# SPDX-License-Identifier: Apache-2.0
"""A witness signs a log that grows, and no other."""

import pytest

from tests.ledger.worlds import KEYRING, LOG, OTHER, WITNESS, Log
from upheld.ledger.checkpoint import verify
from upheld.ledger.witness import add_checkpoint, write_request

LOGS = (LOG.verifier,)


def ask(state, body, logs=LOGS):
    answer = add_checkpoint(body, state=state, logs=logs, signer=WITNESS, at_seconds=1_767_225_600)
    return answer, dict([answer.remember]) if answer.remember else state


def seen_at(size):
    """A log whose tree of `size` the witness has signed, and what it remembers."""
    log = Log(size)
    answer, state = ask({}, write_request(0, (), log.checkpoint(witnessed=False)))
    assert 200 == answer.status
    return log, state


def test_growth_is_signed():
    """Step by step, and again at the same size, the witness signs and remembers."""
    log, state = seen_at(5)
    for grow in (0, 1, 300, 7):
        old = log.size
        log.grow(grow)
        note = log.checkpoint(witnessed=False)
        answer, state = ask(state, write_request(old, log.consistency(old), note))
        assert 200 == answer.status
        assert log.size == state[LOG.name].size
        assert 1 == len(verify(answer.cosigned, KEYRING).cosignatures)
        assert answer.body.encode() in answer.cosigned


def test_rewritten_history_is_refused():
    """A log of the right size whose past differs gets 422, and the witness remembers what it knew."""
    log, state = seen_at(5)
    forked = Log(5, twist=1).grow(4)
    answer, after = ask(state, write_request(5, forked.consistency(5), forked.checkpoint(witnessed=False)))
    assert (422, state) == (answer.status, after)
    assert "" == answer.cosigned.decode()
    log.grow(4)
    assert 200 == ask(state, write_request(5, log.consistency(5), log.checkpoint(witnessed=False)))[0].status


def test_another_tree_of_the_same_size_is_refused():
    """Two trees of one size: 409, with the size it remembers."""
    _, state = seen_at(5)
    answer, after = ask(state, write_request(5, (), Log(5, twist=1).checkpoint(witnessed=False)))
    assert (409, "5\n", "text/x.tlog.size") == (answer.status, answer.body, answer.content_type)
    assert state == after


@pytest.mark.parametrize("old", [0, 4, 6, 7])
def test_wrong_old_size_is_told(old):
    """Who does not know what the witness remembers is told, and can ask again."""
    log, state = seen_at(5)
    log.grow(2)
    answer, _ = ask(state, write_request(old, log.consistency(old), log.checkpoint(witnessed=False)))
    assert (409, "5\n") == (answer.status, answer.body)


def test_a_cut_tail_is_refused():
    """A log that lost its tail asks in vain, whatever old size it claims."""
    _, state = seen_at(5)
    short = Log(3)
    for old in (0, 3):
        answer, _ = ask(state, write_request(old, (), short.checkpoint(witnessed=False)))
        assert (409, "5\n") == (answer.status, answer.body)
    assert 400 == ask(state, write_request(5, (), short.checkpoint(witnessed=False)))[0].status


def test_unknown_and_unsigned_logs_are_refused():
    """A log that it does not serve is not found; a forged signature is forbidden."""
    note = Log(3).checkpoint(witnessed=False)
    assert 404 == ask({}, write_request(0, (), note), logs=())[0].status
    forged = Log(3).checkpoint(witnessed=False, signer=OTHER)
    assert 403 == ask({}, write_request(0, (), forged))[0].status
    cut = note[:-8] + b"AAAAAAA\n"
    assert 400 <= ask({}, write_request(0, (), cut))[0].status < 404


@pytest.mark.parametrize(
    "body",
    [b"", b"old 0", b"old 00\n\n", b"new 0\n\n", b"old 0\nnot base64\n\n", b"old 0\n" + b"AA==\n" * 64 + b"\n", bytes(20_000),
     b"old 0\n\nno checkpoint", b"\xff\xfe\n\n"],
    ids=range(9),
)  # fmt: skip
def test_misshapen_requests_are_refused(body):
    """Whatever else is sent is a bad request."""
    assert 400 == ask({}, body)[0].status


def test_padded_proofs_are_refused():
    """From nothing to something no hashes are needed, so none may come."""
    assert 422 == ask({}, write_request(0, (bytes(32),), Log(3).checkpoint(witnessed=False)))[0].status
