# SPDX-License-Identifier: Apache-2.0
"""The values that go into the vault's verbs and come out of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from upheld.gate.values import Ask
from upheld.terms import DataSubjectId


class Source(StrEnum):
    """Where an item came from; people are told (PIPL art. 17, GDPR art. 14(2)(f))."""

    SELF = "self"
    GUARDIAN = "guardian"
    DEVICE = "device"
    THIRD_PARTY = "third-party"


class ReaderKind(StrEnum):
    """Who looks; the person reads this in "who has looked"."""

    SELF = "self"
    GUARDIAN = "guardian"
    STAFF = "staff"
    SERVICE = "service"
    RECIPIENT = "recipient"


class StaffReason(StrEnum):
    """Why staff look at a person: listed, so that each can be counted and shown in the person's language."""

    REQUEST = "request"
    SUPPORT = "support"
    COMPLAINT = "complaint"
    INCIDENT = "incident"
    LEGAL_DUTY = "legal_duty"
    VERIFICATION = "verification"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Who opens, and for staff why.

    Attributes:
        kind: what class of reader.
        id: opaque id of the account, member of staff, API key or recipient record; never a name.
        reason_code: a member of `StaffReason`; needed of staff.
        case: id of the request, complaint or incident that the look is for; needed of staff.
        reason: the reason in words; needed of staff, kept sealed.
    """

    kind: ReaderKind = ReaderKind.SELF
    id: UUID | None = None
    reason_code: str = ""
    case: str = ""
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """One item, readable. Its value never appears in `repr`."""

    item_id: UUID
    category: str
    purpose: str
    clause: str
    collected_at: datetime
    expires_at: datetime | None
    source: Source
    version: int
    value: str = field(repr=False)


class OpenedItems(Mapping[str, Opened]):
    """The newest item of each category; `every` has all of them, newest first."""

    __slots__ = ("_latest", "every")

    def __init__(self, items: tuple[Opened, ...]) -> None:
        """Index `items`, which come newest first."""
        self.every = items
        self._latest: dict[str, Opened] = {}
        for item in items:
            self._latest.setdefault(item.category, item)

    def __getitem__(self, category: str) -> Opened:
        """Return the newest item of a category."""
        return self._latest[category]

    def __iter__(self) -> Iterator[str]:
        """Go over the categories found."""
        return iter(self._latest)

    def __len__(self) -> int:
        """Count the categories found."""
        return len(self._latest)

    def __repr__(self) -> str:
        """Name the categories, never a value."""
        return f"OpenedItems({sorted(self._latest)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectedItem:
    """One item as it was sealed: when it will end, and under which clause."""

    item_id: UUID
    category: str
    clause: str
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """What a collection or correction made: the caller's receipt."""

    data_subject_id: DataSubjectId
    purpose: str
    version: int
    collected_at: datetime
    items: tuple[CollectedItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemMetadata:
    """What is held, why, under which clause, since when and until when; never the value."""

    item_id: UUID
    category: str
    purpose: str
    clause: str
    collected_at: datetime
    expires_at: datetime | None
    source: Source
    version: int
    is_restricted: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessMade:
    """One look at a person's items, as that person may read it."""

    at: datetime
    reader: ReaderKind
    reader_id: UUID | None
    purpose: str
    reason_code: str
    reason: str = field(repr=False)
    categories: tuple[str, ...]
    items: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which of a person's items an erasure takes; every given condition must hold, none means all.

    Attributes:
        item_ids: only these.
        categories: only of these categories.
        clauses: only under these storage clauses.
        purposes: only for these purposes.
        collected_before: only those collected before.
        expired_at: only those that had expired by then.
        except_items: never these (a legal hold names them).
        except_clauses: never those under these storage clauses (a legal hold names them).
    """

    item_ids: frozenset[UUID] | None = None
    categories: frozenset[str] | None = None
    clauses: frozenset[str] | None = None
    purposes: frozenset[str] | None = None
    collected_before: datetime | None = None
    expired_at: datetime | None = None
    except_items: frozenset[UUID] = frozenset()
    except_clauses: frozenset[str] = frozenset()

    @property
    def takes_everything(self) -> bool:
        """Whether it takes all of a person but what is held."""
        given = (self.item_ids, self.categories, self.clauses, self.purposes, self.collected_before, self.expired_at)
        return all(one is None for one in given)


@dataclass(frozen=True, kw_only=True, slots=True)
class ErasedItems:
    """What an erasure did: how many rows, which keys, and that none of it was found afterwards."""

    items: int
    keys: int
    left: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Leftovers:
    """What reading back after an erasure found."""

    rows: int
    keys: int

    @property
    def found(self) -> int:
        """Count everything found; an erasure that is done finds nothing."""
        return self.rows + self.keys


@dataclass(frozen=True, kw_only=True, slots=True)
class SpentPermit:
    """A permit that was checked again and spent: what it allows, once, now."""

    permit_id: UUID
    data_subject_id: DataSubjectId
    ask: Ask
    caller_id: UUID
