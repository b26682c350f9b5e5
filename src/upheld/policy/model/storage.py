# SPDX-License-Identifier: Apache-2.0
"""How long each thing is kept, where, and when it may leave."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, CategoryId, Entry, Id, Part, Sentence, Words
from upheld.policy.model.identity import Region
from upheld.policy.model.spans import Span


class Start(StrEnum):
    """The moment from which a storage period is counted."""

    COLLECTION = "collection"
    LAST_USE = "last_use"
    CASE_CLOSED = "case_closed"
    CANCELLATION = "cancellation"
    ERASURE = "erasure"


class Afterwards(StrEnum):
    """What follows a storage period."""

    ERASE = "erase"
    ANONYMISE = "anonymise"


class LegalBounds(Part):
    """What a law says of how long to keep."""

    at_least: Span | None = None
    at_most: Span | None = None
    source: Words | Sentence
    """The law and its article."""


class StoragePeriod(Entry):
    """How long some categories are kept."""

    label: Words
    of: Annotated[tuple[CategoryId, ...], Field(min_length=1)]
    functions: tuple[Id, ...] = ()
    """Only what these functions collected; none means whatever function collected it."""
    keep: Span
    from_: Annotated[Start, HYPHENED]
    then: Annotated[Afterwards, HYPHENED]
    law: LegalBounds | None = None

    @property
    def by_month(self) -> bool:
        """Say whether its keys are cut by month, because the period runs from collection."""
        return self.from_ is Start.COLLECTION


class Ground(Entry):
    """A case in which an act is allowed without consent, or a request need not be answered, and what must be shown."""

    label: Words
    evidence: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The evidence fields that each use must fill."""


class Grounds(Part):
    """Grounds without consent, per operation; one shared list would be wrong."""

    collect: Mapping[Id, Ground] = {}
    use: Mapping[Id, Ground] = {}
    share: Mapping[Id, Ground] = {}
    transfer: Mapping[Id, Ground] = {}
    publish: Mapping[Id, Ground] = {}


class AllowedBy(StrEnum):
    """What lets data leave its region."""

    LAW = "law"
    SEPARATE_CONSENT = "separate_consent"
    OWN_ACT = "own_act"


class Passage(Entry):
    """One case in which data may leave its region."""

    label: Words
    by: Annotated[AllowedBy, HYPHENED]
    evidence: tuple[Id, ...] = ()


class Residency(Entry):
    """Where data lives."""

    region: Region
    abroad: Mapping[Id, Passage] = {}
    protected_equally: Words | None = None
