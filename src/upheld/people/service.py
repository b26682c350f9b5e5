# SPDX-License-Identifier: Apache-2.0
"""The room's verbs on one page; see each file for what it promises.

sign_in        begin_sign_in, finish_sign_in: codes for people, known or not
accounts       open_account, register, add_represented, cancel_account
identifying    begin_confirmation, begin_change, tell, shown: a person's own number
codes          begin, finish, claim: what the two above are made of
sessions       start, authenticate, rotate, end, end_all, live_sessions
staff_invites  invite, begin_enrolment, finish_enrolment
staff          sign_in, renew_recovery_codes
staff_records  change_role, end, forget, everyone, one
api_keys       issue, rotate, end, authenticate, keys_issued
budgets        count_person
limits         take, take_all, count_failure, refuse_while_delayed
permissions    Role, Permission, require
erase_subject  here: what retention calls when a person is erased whole
"""

from datetime import datetime
from functools import partial

from django.db import transaction

from upheld.keys import service as keys
from upheld.messages import erasing
from upheld.people import restoring
from upheld.people.events import PeopleEvent
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.terms import DataSubjectId


def erase_subject(*, data_subject_id: DataSubjectId, now: datetime) -> None:
    """Erase what this room and messages hold of a person: sessions, identifiers' index, letters and notes.

    The opaque id and the dates of the account stay: evidence points at them. Doing it again changes nothing.
    """
    with act() as acting:
        ended = restoring.forget_subject(data_subject_id, now=now)
        journal.narrow(restoring.SUBJECT_ERASED, facts={"subject": str(data_subject_id)}, now=now)
        acting.record(
            PeopleEvent.SUBJECT_ERASED,
            now=now,
            subject=data_subject_id,
            clause="rights.requests.erasure",
            control="retention.erasure_read_back",
            facts={"sessions_ended": ended},
        )
        transaction.on_commit(partial(keys.unbind, data_subject_id=data_subject_id))
    erasing.erase_subject(data_subject_id=data_subject_id, now=now)
