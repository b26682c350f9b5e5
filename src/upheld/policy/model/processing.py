# SPDX-License-Identifier: Apache-2.0
"""Functions and further purposes (one namespace), device permissions, cookies and other trackers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from upheld.policy.model.base import HYPHENED, CategoryId, Entry, Id, Words
from upheld.policy.model.spans import Span
from upheld.terms import Act, LawfulBasis, Tier


class Need(StrEnum):
    """Whether a purpose can do without a category."""

    REQUIRED = "required"
    OPTIONAL = "optional"


class ChildRule(StrEnum):
    """What a function does for a child."""

    ALLOWED = "allowed"
    GUARDIAN = "guardian"
    """Only with a verified guardian's consent."""
    NEVER = "never"


class UnknownAgeRule(StrEnum):
    """What a function does while the age is not known."""

    ALLOWED = "allowed"
    AS_CHILD = "as_child"
    NEVER = "never"


class Manner(StrEnum):
    """How the data comes."""

    ENTERED = "entered"
    DEVICE = "device"
    GENERATED = "generated"
    RECEIVED = "received"


class RefusalEnds(StrEnum):
    """What ends for a person who refuses a function."""

    FUNCTION = "function"
    SERVICE = "service"
    """The product cannot serve this person at all."""


class Processing(Entry):
    """What a function and a further purpose have in common."""

    label: Words
    purpose: Words
    basis: Annotated[LawfulBasis, HYPHENED]
    uses: tuple[CategoryId, ...] = ()
    """Categories that other functions collected."""
    child: Annotated[ChildRule, HYPHENED]
    unknown_age: Annotated[UnknownAgeRule, HYPHENED] | None = None
    """None is a finding: every function says what it does when the age is not known."""
    refused: Words | None = None
    """What changes for a person who refuses."""
    decided_by: Id = "controller"
    """Who decides why and how: the controller, or a recipient."""
    basis_under: Mapping[Id, Annotated[LawfulBasis, HYPHENED]] = {}
    """By law of `laws`: the basis under it, where it is not `basis`."""
    links_devices: bool = False
    """Whether it links a device to its person; what an unlinked device sends is about nobody."""


class Function(Processing):
    """Something the product does for a person."""

    tier: Annotated[Tier, HYPHENED]
    collects: Mapping[CategoryId, Annotated[Need, HYPHENED]] = {}
    permissions: tuple[Id, ...] = ()
    without_account: bool = False
    """Whether it works for a visitor who has no account."""
    scene: Words | None = None
    """When it happens, for the public list."""
    manner: Annotated[Manner, HYPHENED] = Manner.ENTERED
    """How the data comes; what is received comes only from a declared source."""
    background: bool = False
    """Whether it may gather while the app is not in front; only if a person chose it."""
    refusal_ends: Annotated[RefusalEnds, HYPHENED] = RefusalEnds.FUNCTION
    """What ends for a person who refuses it."""

    @property
    def acts(self) -> tuple[Act, ...]:
        """Say what a function may do itself."""
        return (Act.COLLECT, Act.USE)

    @property
    def categories(self) -> tuple[str, ...]:
        """Name every category it may touch."""
        return tuple(dict.fromkeys((*self.collects, *self.uses)))


class Purpose(Processing):
    """A further purpose of data that functions collected."""

    acts: tuple[Annotated[Act, HYPHENED], ...] = (Act.USE,)
    refusable: bool = True
    """Whether a person may switch it off."""
    weighty: bool = False
    """Whether its decisions weigh heavily on a person, who may then ask for a human."""

    @property
    def categories(self) -> tuple[str, ...]:
        """Name every category it may touch."""
        return self.uses


class Permission(Entry):
    """A permission of the device."""

    label: Words
    scenes: tuple[Id, ...]
    """The functions that ask for it."""
    gives: tuple[CategoryId, ...]
    """The categories that lie behind it."""
    asked: Annotated[Literal["at_use"], HYPHENED] = "at_use"
    background: bool = False


class TrackerKind(StrEnum):
    """What a tracker is."""

    COOKIE = "cookie"
    LOCAL_STORAGE = "local_storage"
    BEACON = "beacon"
    MAIL_PIXEL = "mail_pixel"
    IDENTIFIER = "identifier"


class Tracker(Entry):
    """A cookie, beacon, pixel or identifier of our making."""

    label: Words
    kind: Annotated[TrackerKind, HYPHENED]
    purpose: Words
    party: Id = "controller"
    """The controller, or the recipient whose tracker it is."""
    collects: tuple[CategoryId, ...] = ()
    """The categories that it learns; it is set for nothing else."""
    functions: tuple[Id, ...] = ()
    """The functions that rely on it; no other stops without it."""
    lasts: Span | Literal["session"]
    essential: bool
    """Whether the product cannot work without it; all others wait for consent."""
    refuse: Words
    """How to refuse or clear it."""
    child: Annotated[ChildRule, HYPHENED] = ChildRule.GUARDIAN
    unknown_age: Annotated[UnknownAgeRule, HYPHENED] = UnknownAgeRule.AS_CHILD
