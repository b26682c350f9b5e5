# SPDX-License-Identifier: Apache-2.0
"""`POST /decide`: ask the gate for advice. Nothing is done and nothing is recorded but counters.

Both shells call `advise` with the same key, body and time, and send the bytes that come back.
"""

from datetime import datetime
from typing import Final

import orjson
from pydantic import TypeAdapter

from upheld.gate import Denial
from upheld.people import budgets
from upheld.people.key_values import KeyScope
from upheld.terms import DataSubjectId
from upheld.vault.deciding import Decision, decide
from upheld.web.api import counters
from upheld.web.api.schemas.asks import PersonAsk

BODY: Final = TypeAdapter(PersonAsk)


def advise(scope: KeyScope, body: PersonAsk, *, now: datetime) -> bytes:
    """Say what the gate says of an ask now, as JSON.

    Args:
        scope: what the key of the request may do.
        body: the ask, and on whom.
        now: policy time.

    Raises:
        Forbidden: the key is not for this act or purpose.
        TooMany: the key has reached as many people this hour as it may.
        Unavailable: a restore has not been replayed.
    """
    scope.require_ask(act=body.act, purpose=body.purpose)
    person = DataSubjectId(body.person)
    budgets.count_person(scope=scope, data_subject_id=person, now=now)
    decision = decide(body.as_ask(), data_subject_id=person, now=now)
    counters.count(counters.REFUSED if decision.in_the_way else counters.ALLOWED)
    return orjson.dumps(_said(decision))


def _said(decision: Decision) -> dict[str, object]:
    answer = decision.answer
    if isinstance(answer, Denial):
        reasons = [
            {"code": one.code, "control": one.control, "clause": one.clause, "lifts": one.lifts}
            for one in answer.reasons
        ]
        return _advice(decision, allowed=False, reasons=reasons)
    obligations = [{"duty": one.duty.value, "about": one.about} for one in answer.obligations]
    return _advice(decision, allowed=True, clauses=answer.clauses, obligations=obligations)


def _advice(
    decision: Decision,
    *,
    allowed: bool,
    clauses: tuple[str, ...] = (),
    obligations: list[dict[str, str]] | None = None,
    reasons: list[dict[str, str]] | None = None,
) -> dict[str, object]:
    return {
        "allowed": allowed,
        "version": decision.version,
        "clauses": clauses,
        "obligations": obligations or (),
        "reasons": reasons or (),
    }
