# SPDX-License-Identifier: Apache-2.0
"""Who answers for the data, how to reach them, and what the policy covers."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from upheld.policy.model.base import HYPHENED, Entry, Id, Link, Part, Sentence, Words

Region = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z0-9]+)*$")]
"""An ISO 3166 country in small letters, with a part where needed: `cn`, `us-ca`."""


class ContactKind(StrEnum):
    """How a contact is reached."""

    IN_APP = "in_app"
    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    WEB = "web"


class Contact(Entry):
    """One way to reach a person who can help."""

    label: Words
    kind: Annotated[ContactKind, HYPHENED]
    address: Sentence | None = None
    """Needed for every kind but in-app."""
    outsiders: bool = False
    """Whether a person without an account can use it."""


class Controller(Part):
    """Who decides why and how personal data is processed."""

    name: Words
    region: Region
    address: Words | None = None
    registration: Sentence | None = None
    officer: Id | None = None
    """The contact of whoever is in charge of protecting personal data (PIPL art. 52)."""
    contacts: Mapping[Id, Contact]


class Regulator(Entry):
    """An outside body to complain to."""

    label: Words
    link: Link | None = None


class Scope(Part):
    """What the policy covers."""

    products: Mapping[Id, Words]
    excludes: Mapping[Id, Words] = {}


class Term(Entry):
    """One word of the policy that people may not know, in plain words."""

    label: Words
    means: Words


class Chapter(StrEnum):
    """The chapters of the notice, in reading order."""

    WHO = "who"
    COLLECT = "collect"
    USE = "use"
    TRACKERS = "trackers"
    SHARE = "share"
    STORE = "store"
    PROTECT = "protect"
    RIGHTS = "rights"
    CHILDREN = "children"
    CHANGES = "changes"
    CONTACT = "contact"
