# SPDX-License-Identifier: Apache-2.0
"""What happens in the vault, as the ledger names it."""

from enum import StrEnum


class VaultEvent(StrEnum):
    """One kind of evidence that the vault leaves."""

    COLLECTED = "vault.item.collected"
    COLLECTION_REFUSED = "vault.item.collection_refused"
    OPENED = "vault.item.opened"
    OPENING_REFUSED = "vault.item.opening_refused"
    CORRECTED = "vault.item.corrected"
    CORRECTION_REFUSED = "vault.item.correction_refused"
    COPIED = "vault.item.copied"
    ERASED = "vault.item.erased"
    KEYS_DESTROYED = "vault.key.destroyed"
    PERIOD_BEGUN = "vault.item.period_begun"
    PERIODS_SHORTENED = "vault.item.periods_shortened"
    RESTRICTED = "vault.item.restricted"
    UNRESTRICTED = "vault.item.unrestricted"
    RESEALED = "vault.item.resealed"
    FOUND = "vault.subject.found"
    LISTED = "vault.subject.listed"
    PERMIT_ISSUED = "vault.permit.issued"
    PERMIT_REFUSED = "vault.permit.refused"
    PERMIT_SPENT = "vault.permit.spent"
