# SPDX-License-Identifier: Apache-2.0
"""Who is bound to which version, read out of the packed rows without unpacking them.

A row begins with its format, its flags and the version (`upheld.facts.packing`), so the database can group and order by
those bytes. People who were erased or have cancelled are served no more, and are left out.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from django.db.models import BinaryField, Count
from django.db.models.functions import Substr

from upheld.facts import packing
from upheld.facts.events import PersonVerb
from upheld.facts.models import FactCause, PersonFactsRow
from upheld.gate.values import Stop
from upheld.terms import DataSubjectId

_HEAD: Final = struct.Struct(">BBI")
_SERVED_NO_MORE: Final = Stop.ERASED | Stop.CANCELLED | Stop.UNKNOWN_PERSON
_CHUNK: Final = 2_000


@dataclass(frozen=True, slots=True)
class Bound:
    """One person and the version that binds that person."""

    data_subject_id: DataSubjectId
    version: int


def counts() -> Mapping[int, int]:
    """Count the people whom each version binds, oldest version first."""
    found: dict[int, int] = {}
    heads = PersonFactsRow.objects.annotate(head=_head()).values("head")
    for head, people in heads.annotate(people=Count("data_subject_id")).values_list("head", "people"):
        version = _version(head)
        if version:
            found[version] = found.get(version, 0) + people
    return dict(sorted(found.items()))


def not_under(version: int, *, after: UUID | None = None, limit: int) -> tuple[list[Bound], UUID | None]:
    """List people whom another version binds, by id.

    Args:
        version: the one that all would be under.
        after: the last id of the page before.
        limit: rows to look at; people who are served no more make a page shorter.

    Returns:
        The people, and the id to go on after; None when this was the last page.
    """
    bound_by = Substr("packed", 3, 4, output_field=BinaryField())
    rows = PersonFactsRow.objects.annotate(head=_head(), bound=bound_by).exclude(bound=struct.pack(">I", version))
    if after is not None:
        rows = rows.filter(data_subject_id__gt=after)
    page = list(rows.order_by("data_subject_id").values_list("data_subject_id", "head")[:limit])
    known = [(one, _version(head)) for one, head in page]
    return (
        [Bound(DataSubjectId(one), bound) for one, bound in known if bound],
        page[-1][0] if len(page) == limit else None,
    )


def was_bound(data_subject_id: DataSubjectId, version: int) -> bool:
    """Say whether a version ever bound a person."""
    causes = FactCause.objects.filter(data_subject_id=data_subject_id, verb=PersonVerb.ADMIT, number=version)
    return causes.exists()


def holding(bits: Mapping[str, int]) -> Mapping[str, int]:
    """Count, for each topic and its bit, the people who granted it, by themselves or by a guardian."""
    found = dict.fromkeys(bits, 0)
    if not bits:
        return found
    for revision, packed in PersonFactsRow.objects.values_list("revision", "packed").iterator(chunk_size=_CHUNK):
        person = packing.unpack(bytes(packed), revision=revision)
        if person.stops & _SERVED_NO_MORE:
            continue
        held = person.held | person.guardian_held
        for topic, bit in bits.items():
            found[topic] += held >> bit & 1
    return found


def _head() -> Substr:
    return Substr("packed", 1, _HEAD.size, output_field=BinaryField())


def _version(head: object) -> int:
    """Return the version of a row's first bytes, as the driver gave them; 0 for who is served no more."""
    _format, flags, version = _HEAD.unpack(cast("bytes", head))
    return 0 if flags & _SERVED_NO_MORE else int(version)
