# SPDX-License-Identifier: Apache-2.0
"""The doorway: what was opened had not expired, staff said why, and everything stored is sealed."""

from collections.abc import Iterator

from upheld.promises.inspectors.base import Finding, Now, about, inspects, looks
from upheld.promises.values import Seen
from upheld.rights.events import RequestEvent
from upheld.vault import queries
from upheld.vault.events import VaultEvent

READ = (VaultEvent.OPENED, VaultEvent.COPIED)


@inspects("vault.expiry_at_read", events=READ)
def expiry(seen: Seen) -> Iterator[Finding]:
    """No item was opened at or after its end."""
    expired = seen.facts.get("expired_items", 0)
    yield Finding(control="vault.expiry_at_read", kept=expired == 0, why="opened_expired", about=about(seen))


@inspects("vault.sealed_at_rest", events=(VaultEvent.COLLECTED,))
def sealed_then(seen: Seen) -> Iterator[Finding]:
    """Every value was sealed when it was collected; format 0 is clear text."""
    formats = seen.facts.get("formats")
    if isinstance(formats, list):
        kept = bool(formats) and 0 not in formats
        yield Finding(control="vault.sealed_at_rest", kept=kept, why="stored_in_clear")


STAFF_LOOKS = (
    VaultEvent.OPENED,
    VaultEvent.OPENING_REFUSED,
    VaultEvent.FOUND,
    VaultEvent.LISTED,
    RequestEvent.NOTES_OPENED,
)


@inspects("vault.staff_open_with_reason", events=STAFF_LOOKS)
def staff_reason(seen: Seen) -> Iterator[Finding]:
    """Staff opened only with a listed reason, told in words."""
    if seen.facts.get("reader") != "staff":
        return
    if seen.event == VaultEvent.OPENING_REFUSED:
        yield Finding(control="vault.staff_open_with_reason")
        return
    reasoned = bool(seen.facts.get("reason_code")) and seen.facts.get("reason_given") is True
    yield Finding(control="vault.staff_open_with_reason", kept=reasoned, why="staff_without_reason")


@inspects("vault.item_has_one_subject", "rights.own_data_only", events=(VaultEvent.COPIED, VaultEvent.CORRECTED))
def own(seen: Seen) -> Iterator[Finding]:
    """Who used a right over data was the person, a proven guardian, or staff on a request."""
    entitled = seen.facts.get("entitled") is True
    for control in ("vault.item_has_one_subject", "rights.own_data_only"):
        yield Finding(control=control, kept=entitled, why="stranger_acted", about=about(seen))


@inspects("vault.copy_is_whole", events=(VaultEvent.COPIED,))
def whole(seen: Seen) -> Iterator[Finding]:
    """No copy of a person's own data was cut off without a word."""
    if isinstance(seen.facts.get("cut_off"), bool):
        kept = seen.facts["cut_off"] is False
        yield Finding(control="vault.copy_is_whole", kept=kept, why="copy_cut_off")


@looks("vault.sealed_at_rest")
def sealed(_: Now) -> Iterator[Finding]:
    """Every stored value carries a known sealed format."""
    unsealed = queries.unsealed_count()
    held = queries.held_count()
    if held:
        yield Finding(control="vault.sealed_at_rest", kept=unsealed == 0, why="stored_in_clear")


@inspects("vault.source_recorded", events=(VaultEvent.COLLECTED,))
def source(seen: Seen) -> Iterator[Finding]:
    """What was collected says where it came from."""
    known = bool(seen.facts.get("source"))
    yield Finding(control="vault.source_recorded", kept=known, why="origin_unknown", about=about(seen))
