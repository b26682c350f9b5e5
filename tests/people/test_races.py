# SPDX-License-Identifier: Apache-2.0
"""What several do at once: threads on PostgreSQL, processes on a SQLite file."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from upheld.errors import UpheldError
from upheld.people import budgets
from upheld.people.key_values import KeyScope
from upheld.people.models import Account, CodeChallenge, LimitWindow
from upheld.terms import DataSubjectId
from upheld.crypto.randomness import uuid7
from tests.people.conftest import NOW, begun, finished, opened

ROOT = Path(__file__).parents[2]
MANY = 8


def racing(*arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.people.racing", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.long
def test_of_several_processes_with_the_same_code_one_wins(tmp_path):
    """On a SQLite file, in processes that start together."""
    prepared = racing("prepare", str(tmp_path))
    said, fault = prepared.communicate(timeout=120)
    assert prepared.returncode == 0, fault[-2000:]
    challenge, code = said.split()
    at = str(time.time() + 4)
    racers = [racing("finish", str(tmp_path), challenge, code, at) for _ in range(4)]
    answers = [racer.communicate(timeout=120) for racer in racers]
    assert sorted(out.strip() for out, _ in answers) == ["proven", "refused", "refused", "refused"], answers[0][1][
        -2000:
    ]


def at_once(work, many: int = MANY) -> list:
    def guarded(n: int):
        try:
            return work(n)
        except UpheldError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(guarded, range(many)))


@pytest.fixture
def postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("threads share an in-memory SQLite; the same is tried with processes above")


threads = pytest.mark.django_db(transaction=True, databases="__all__")


@threads
def test_of_several_threads_with_the_same_code_one_wins(postgresql, phones):
    """All have the right code; one proves the number."""
    challenge = begun()
    code = phones.code()
    answers = at_once(lambda _: finished(challenge, code))
    assert sum(not isinstance(answer, UpheldError) for answer in answers) == 1


@threads
def test_wrong_guesses_at_once_have_five_tries_together(postgresql, phones):
    """No guess slips past the count."""
    challenge = begun()
    at_once(lambda _: finished(challenge, "x"))
    assert CodeChallenge.objects.get().tries == 5


@threads
def test_openings_at_once_make_one_account(postgresql, phones, version):
    """Proofs of one number race; one account is opened, the index leads to it."""
    proofs = []
    for _ in range(3):
        challenge = begun()
        proofs.append(finished(challenge, phones.code()))
    answers = at_once(lambda n: opened(proofs[n], version), len(proofs))
    assert sum(not isinstance(answer, UpheldError) for answer in answers) == 1
    assert Account.objects.count() == 1


@threads
def test_a_limit_is_not_passed_together(postgresql, phones):
    """Eight ask at once for a number that gets three."""
    answers = at_once(lambda _: begun())
    assert sum(not isinstance(answer, UpheldError) for answer in answers) == 3


@threads
def test_a_budget_is_not_passed_together_and_counts_a_person_once(postgresql):
    """Eight requests for one person count one; eight for eight people stop at the budget."""
    scope = KeyScope(
        key_id=uuid7(NOW), purposes=frozenset(), acts=frozenset(), permissions=frozenset(), people_an_hour=3
    )
    same = DataSubjectId(uuid7(NOW))
    at_once(lambda _: budgets.count_person(scope=scope, data_subject_id=same, now=NOW))
    assert LimitWindow.objects.get().used == 1
    answers = at_once(lambda _: budgets.count_person(scope=scope, data_subject_id=DataSubjectId(uuid7(NOW)), now=NOW))
    assert sum(not isinstance(answer, UpheldError) for answer in answers) == 2
    assert LimitWindow.objects.get().used == 3
