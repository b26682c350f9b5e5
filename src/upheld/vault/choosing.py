# SPDX-License-Identifier: Apache-2.0
"""Which of a person's items a selection means."""

from django.db.models import QuerySet

from upheld.terms import DataSubjectId
from upheld.vault.models import SealedItem
from upheld.vault.values import Selection


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
