# SPDX-License-Identifier: Apache-2.0
"""The policy file as a whole, format version 1."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from upheld.policy.model.base import CategoryId, Id, Part, Words
from upheld.policy.model.children import Children
from upheld.policy.model.data import Category
from upheld.policy.model.governance import (
    Cessation,
    Changes,
    Commitment,
    Duty,
    Incidents,
    PublicationCase,
    Succession,
)
from upheld.policy.model.identity import Controller, Region, Regulator, Scope, Term
from upheld.policy.model.processing import Function, Permission, Purpose, Tracker
from upheld.policy.model.recipients import Recipient
from upheld.policy.model.rights import Rights
from upheld.policy.model.sources import Source
from upheld.policy.model.storage import Grounds, Residency, StoragePeriod
from upheld.terms import Language

__all__ = ["Policy", "Region"]


class Policy(Part):
    """One version of one policy: everything that is promised."""

    upheld: Literal[1]
    """Version of the file format."""
    policy: Id
    """The policy line; its versions share it."""
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    updated: date | None = None
    effective: date | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    laws: tuple[Id, ...] = ()
    title: Words
    summary: Words | None = None

    controller: Controller | None = None
    regulators: Mapping[Id, Regulator] = {}
    scope: Scope | None = None
    glossary: Mapping[Id, Term] = {}
    """The policy's own words, explained."""
    evidence: Mapping[Id, Words] = {}
    """The fields of evidence that grounds demand, with their labels."""

    categories: Mapping[CategoryId, Category] = {}
    functions: Mapping[Id, Function] = {}
    purposes: Mapping[Id, Purpose] = {}
    permissions: Mapping[Id, Permission] = {}
    trackers: Mapping[Id, Tracker] = {}
    sources: Mapping[Id, Source] = {}
    """Who passes data on to the controller; nobody else does."""
    recipients: Mapping[Id, Recipient] = {}
    grounds: Grounds = Grounds()
    storage: Mapping[Id, StoragePeriod] = {}
    residency: Residency | None = None
    rights: Rights | None = None
    children: Children | None = None
    changes: Changes | None = None
    incidents: Incidents | None = None
    succession: Succession | None = None
    publication: Mapping[Id, PublicationCase] = {}
    cessation: Cessation | None = None
    duties: Mapping[Id, Duty] = {}
    commitments: Mapping[Id, Commitment] = {}

    @property
    def processing(self) -> Mapping[str, Function | Purpose]:
        """Give functions and further purposes under their one namespace."""
        return {**self.functions, **self.purposes}

    def storage_of(self, category: str, purpose: str) -> str | None:
        """Name the storage period of what a purpose collected, the one for that function before the general one."""
        general: str | None = None
        for name, period in self.storage.items():
            if category not in period.of:
                continue
            if purpose in period.functions:
                return name
            if not period.functions and general is None:
                general = name
        return general
