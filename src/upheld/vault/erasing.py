# SPDX-License-Identifier: Apache-2.0
"""What retention needs to end items: begin a period, restrict, erase with keys last, and look whether anything is left.

Erasing crosses two databases and the journal, so its order matters:

1. the journal learns which items end, so that no backup revives them;
2. their sealed bytes are overwritten and their rows removed, with the evidence, in one act;
3. keys that seal nothing any more are destroyed, under an intent that was opened with the act;
4. reading back finds none of the rows and none of the keys.

Killed between any two steps, the same call made again finishes the work.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from upheld.keys import service as keys
from upheld.storage.acts import act
from upheld.terms import DataSubjectId
from upheld.vault import rules
from upheld.vault.events import VaultEvent
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import ErasedItems, Selection

EVERYTHING: Final = Selection()
"""Every item of a person."""


def chosen(data_subject_id: DataSubjectId, selection: Selection) -> QuerySet[SealedItem]:
    """Select a person's items; every condition given must hold, and what a hold names is never among them."""
    rows = SealedItem.objects.filter(data_subject_id=data_subject_id)
    if selection.item_ids is not None:
        rows = rows.filter(id__in=selection.item_ids)
    if selection.categories is not None:
        rows = rows.filter(category__in=selection.categories)
    if selection.clauses is not None:
        rows = rows.filter(clause__in=selection.clauses)
    if selection.purposes is not None:
        rows = rows.filter(purpose__in=selection.purposes)
    if selection.collected_before is not None:
        rows = rows.filter(collected_at__lt=selection.collected_before)
    if selection.expired_at is not None:
        rows = rows.filter(expires_at__lte=selection.expired_at)
    return rows.exclude(id__in=selection.except_items).exclude(clause__in=selection.except_clauses)
