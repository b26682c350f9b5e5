# SPDX-License-Identifier: Apache-2.0
"""Let a person fall back to the version in force when the one that bound the person was withdrawn.

It binds again, unasked, where it bound the person before or takes nothing away from what was withdrawn; anybody else is
asked, and until then the gate refuses, since a withdrawn version permits nothing.
"""

from datetime import datetime

from upheld.facts import bindings
from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.notices import queries, stale, ways
from upheld.notices.events import NoticeEvent
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import service as vault


def fall_back(data_subject_id: DataSubjectId, bound: int, *, now: datetime) -> bool:
    """Bind a person, whose version was withdrawn, to the one in force where that needs no asking; say whether it did."""
    version = facts.current_version(now)
    if not version or not may_fall_back(data_subject_id, bound, version):
        return False
    with act() as acting:
        fact_verbs.admit(data_subject_id, version, now)
        change = queries.change_between(bound, version)
        again = stale.drop(data_subject_id, change.ask_again, now=now)
        vault.shorten_periods(data_subject_id=data_subject_id, version=version, now=now)
        _tell(data_subject_id, bound, version, now)
        acting.record(
            NoticeEvent.FELL_BACK,
            now=now,
            subject=data_subject_id,
            clause="changes",
            control="consent.cut_rights_bind_by_consent",
            facts={"version": version, "from_version": bound, "asked_again": again},
        )
    return True


def may_fall_back(data_subject_id: DataSubjectId, bound: int, version: int) -> bool:
    """Say whether a version binds a person again unasked: it did before, or takes nothing from what was withdrawn."""
    return bindings.was_bound(data_subject_id, version) or not queries.change_between(bound, version).cuts


def _tell(data_subject_id: DataSubjectId, bound: int, version: int, now: datetime) -> None:
    note = Message(
        data_subject_id=data_subject_id,
        template="notice.withdrawn",
        values={"version": str(bound), "back": str(version)},
        language=ways.language_of(data_subject_id),
        dedupe=f"withdrawn:{bound}",
        clause="changes.archive",
    )
    messages.leave_note(note, now=now)
