# SPDX-License-Identifier: Apache-2.0
"""Accounts, codes and staff: numbers proven, codes used once and as they were meant, staff under two factors."""

from collections.abc import Iterator

from upheld.people.events import PeopleEvent
from upheld.promises.inspectors.base import Finding, about, inspects
from upheld.promises.values import Seen

TRIES = 5
"""Tries that a code has, as the house promises."""


@inspects("people.code_proves_number", "people.nothing_beyond_number", events=(PeopleEvent.ACCOUNT_OPENED,))
def opened(seen: Seen) -> Iterator[Finding]:
    """An account was opened on a proven number, and on nothing else; one that a company vouches for says so."""
    proven = seen.facts.get("proven_by_code") is True or bool(seen.facts.get("vouched_by"))
    yield Finding(control="people.code_proves_number", kept=proven, why="number_not_proven", about=about(seen))
    collected = seen.facts.get("collected")
    alone = isinstance(collected, list) and len(collected) <= 1
    yield Finding(control="people.nothing_beyond_number", kept=alone, why="asked_for_more", about=about(seen))


@inspects("people.code_single_use", "people.code_expires", events=(PeopleEvent.CODE_PROVEN,))
def proven(seen: Seen) -> Iterator[Finding]:
    """A code was right, fresh, unused, and used for what it was sent for."""
    facts = seen.facts
    tries = facts.get("tries")
    once = (
        facts.get("code_right") is True
        and facts.get("used_before") is False
        and facts.get("purpose") == facts.get("asked_for")
        and isinstance(tries, int)
        and tries <= TRIES
    )
    yield Finding(control="people.code_single_use", kept=once, why="code_misused")
    yield Finding(control="people.code_expires", kept=facts.get("expired") is False, why="code_expired")


@inspects("people.code_limits", events=(PeopleEvent.CODE_SENT,))
def sent(seen: Seen) -> Iterator[Finding]:
    """A code was sent within the limits that the counters hold."""
    yield Finding(control="people.code_limits", kept=seen.facts.get("within_limits") is not False, why="limit_passed")


@inspects("people.staff_second_factor", events=(PeopleEvent.STAFF_SIGNED_IN,))
def staff(seen: Seen) -> Iterator[Finding]:
    """A member of staff signed in with a second factor."""
    factor = bool(seen.facts.get("second_factor"))
    yield Finding(control="people.staff_second_factor", kept=factor, why="one_factor")
