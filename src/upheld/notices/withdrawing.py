# SPDX-License-Identifier: Apache-2.0
"""Take a version back that was published by mistake, in plain sight.

From the moment it is withdrawn the version permits nothing. Whom it bound falls back to the version in force then
(`upheld.notices.falling`). The withdrawn version stays in the archive, with who took it back and why.
"""

from collections.abc import Mapping
from datetime import datetime

from upheld.crypto.randomness import uuid7
from upheld.errors import BadInput, Conflict
from upheld.facts import bindings
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.notices import changes, following, queries
from upheld.notices.events import NoticeEvent
from upheld.notices.models import NoticeWithdrawal
from upheld.notices.values import Withdrawal
from upheld.storage.acts import act
from upheld.terms import Language, StaffId


def withdraw(*, version: int, words: Mapping[Language, str], staff_id: StaffId, now: datetime) -> Withdrawal:
    """Withdraw a version for good.

    Args:
        version: which.
        words: why, in each of the policy's languages; anyone can read it.
        staff_id: who withdraws; the caller has checked the permission.
        now: when; from then on the version permits nothing.

    Raises:
        NotFound: no such version was published.
        Conflict: it was withdrawn before, or people are bound to it and no other version is in force.
        BadInput: the reason is missing in one of the policy's languages.
    """
    back = falls_back_to(version, now=now)
    silent = [one.value for one in facts.policy(version).languages if not words.get(one, "").strip()]
    if silent:
        raise BadInput(f"a withdrawal says why in each of the policy's languages; missing in {', '.join(silent)}")
    bound = bindings.counts().get(version, 0)
    if bound and not back:
        raise Conflict(
            "people are bound to this version and no other one is in force for them to fall back to",
            hint="publish a corrected version first",
        )
    with act() as acting:
        kept = {language.value: text.strip() for language, text in words.items()}
        NoticeWithdrawal.objects.create(
            id=uuid7(now), version=version, reason=kept, falls_back_to=back, withdrawn_by=staff_id, at=now
        )
        world.withdraw_version(version, ends_at=now, now=now)
        following.begin_back(version=version, now=now)
        acting.record(
            NoticeEvent.WITHDRAWN,
            now=now,
            subject=None,
            clause="changes",
            control="notices.archive_public",
            facts={"version": version, "falls_back_to": back, "people": bound},
        )
    return queries.withdrawals()[version]


def falls_back_to(version: int, *, now: datetime) -> int:
    """Return the version that would be in force without this one; 0 for none.

    Raises:
        NotFound: no such version was published.
        Conflict: it was withdrawn before.
    """
    if queries.published(version, now=now).is_withdrawn:
        raise Conflict(f"version {version} was withdrawn before")
    others = [one for one in changes.standing(now) if one.seq != version and one.effective_at <= now]
    return max((one.seq for one in others), default=0)
