# SPDX-License-Identifier: Apache-2.0
"""Put values into the vault: decided, sealed and evidenced in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Final

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput
from upheld.gate import Ask, Denied
from upheld.keys import service as keys
from upheld.storage.acts import Fact, act
from upheld.terms import Act, DataSubjectId
from upheld.vault import rules, seals, terms
from upheld.vault.deciding import Decision, decide, named
from upheld.vault.events import VaultEvent
from upheld.vault.models import SealedItem
from upheld.vault.values import Collected, CollectedItem, Source

UNNAMED: Final = ""
"""The source of what a third party passed on where nobody says which: no policy declares it, so the gate refuses."""


def collect(
    *,
    ask: Ask,
    data_subject_id: DataSubjectId,
    values: Mapping[str, str],
    now: datetime,
    source: Source = Source.SELF,
) -> Collected:
    """Collect values of one person for one purpose.

    Args:
        ask: act `collect`, its purpose, and exactly the categories of `values`.
        data_subject_id: the one person whom every value is about.
        values: text by category.
        now: the moment of collection; storage periods may run from it.
        source: where the values come from; what a third party passed on names its source in the ask.

    Raises:
        BadInput: a value is not what its category asks for, or the ask does not fit the values.
        Denied: the gate said no; the refusal is recorded, nothing is stored.
    """
    _check_shape(ask, values)
    if source is Source.THIRD_PARTY and ask.source is None:
        ask = replace(ask, source=UNNAMED)
    with act() as acting:
        decision = decide(ask, data_subject_id=data_subject_id, now=now)
        if decision.denial is None:
            rows = _sealed_rows(decision, data_subject_id, values, now=now, source=source)
            SealedItem.objects.bulk_create(rows)
            facts = decision.evidence(source=source.value, **kept(rows))
            acting.record(VaultEvent.COLLECTED, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)
            return receipt(rows, decision, data_subject_id, now=now)
        facts = decision.evidence(source=source.value)
        acting.record(VaultEvent.COLLECTION_REFUSED, now=now, subject=data_subject_id, facts=facts, **decision.bears_on)
    raise Denied(decision.denial)


def _check_shape(ask: Ask, values: Mapping[str, str]) -> None:
    if ask.act is not Act.COLLECT:
        raise BadInput(f"collecting needs an ask of act collect, {ask.act.value} came")
    if not values:
        raise BadInput("expected at least one value, none came")
    if len(values) > rules.VALUES_AT_ONCE:
        raise BadInput(f"expected at most {rules.VALUES_AT_ONCE} values at once, {len(values)} came")
    if set(ask.categories) != set(values):
        raise BadInput("the ask and the values name different categories")


def _sealed_rows(
    decision: Decision, data_subject_id: DataSubjectId, values: Mapping[str, str], *, now: datetime, source: Source
) -> list[SealedItem]:
    """Check and seal each value under the key of its person and storage clause; nothing is saved yet."""
    policy, purpose = terms.policy(decision.version), decision.ask.purpose
    key_of = cache(partial(keys.data_key, data_subject_id=data_subject_id, now=now))
    rows = []
    for category, value in values.items():
        checked = terms.checked(policy, category, value)
        term = terms.storage_term(policy, purpose=purpose, category=category)
        period = term.period(now)
        key_id, key = key_of(clause=term.clause, period=period)
        row = SealedItem(
            id=uuid7(now),
            data_subject_id=data_subject_id,
            category=category,
            purpose=purpose,
            clause=term.clause,
            period=period,
            key_id=key_id,
            collected_at=now,
            expires_at=term.expires_at(now),
            source=source.value,
            version=decision.version,
        )
        row.sealed = seals.seal(key.secret, checked, seals.item_place(row.id, data_subject_id, category))
        row.sealed_format = seals.format_of(row.sealed)
        rows.append(row)
    return rows


def kept(rows: Sequence[SealedItem]) -> dict[str, Fact]:
    """Say in evidence what is kept, sealed in which formats, under which clause until when, cut to the minute."""
    formats: list[Fact] = [*sorted({row.sealed_format for row in rows})]
    return {
        "items": len(rows),
        "formats": formats,
        "clauses": named(row.clause for row in rows),
        "until": named(rules.minute(row.expires_at) for row in rows),
    }


def receipt(
    rows: Sequence[SealedItem], decision: Decision, data_subject_id: DataSubjectId, *, now: datetime
) -> Collected:
    """Say what was made."""
    return Collected(
        data_subject_id=data_subject_id,
        purpose=decision.ask.purpose,
        version=decision.version,
        collected_at=now,
        items=tuple(
            CollectedItem(item_id=row.id, category=row.category, clause=row.clause, expires_at=row.expires_at)
            for row in rows
        ),
    )
