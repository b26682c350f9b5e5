# SPDX-License-Identifier: Apache-2.0
"""The table that every table of the house derives from; it must say how a person's rows in it are erased.

    class Consent(HouseTable):
        erased = ErasedBy.PSEUDONYMOUS("an opaque id and a topic; kept as the record of consent")
        data_subject_id = models.UUIDField()

`HouseTable` brings an `id` that the caller sets (`upheld.crypto.randomness.uuid7(now)`). A table with another primary
key derives from `BareTable` and declares its own. `store` says in which database the table lives.

A class that breaks a rule is refused when Python reads it, and once more by `manage.py check`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.signals import class_prepared

Store = Literal["default", "keys", "journal"]
"""A database of the house: people's rows, people's keys, what a restore must not revive."""

STORES: Final[tuple[Store, ...]] = ("default", "keys", "journal")
HOUSE_LABEL: Final = "upheld"
_HISTORICAL: Final = "__fake__"
"""Module of the models that migrations rebuild from history; they bind no rows to a promise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Erasure:
    """How the rows of one table are erased, and why that is enough."""

    by: "ErasedBy"
    note: str


class ErasedBy(StrEnum):
    """The five ways in which a table answers an erasure; call one with the reason."""

    KEY = "key"
    """Sealed; dies with its data key."""
    ROW = "row"
    """Rows are removed at erasure; the table has a `data_subject_id`."""
    PSEUDONYMOUS = "pseudonymous"
    """Opaque ids and facts only; kept as a record."""
    NO_PERSON = "no_person"
    """Holds nothing about anyone."""
    EXPIRES = "expires"
    """Short-lived; swept at its date."""

    def __call__(self, note: str) -> Erasure:
        """Declare it for a table, with the reason in words."""
        if not note.strip():
            msg = f"ErasedBy.{self.name} needs a reason in words, an empty note came"
            raise ImproperlyConfigured(msg)
        return Erasure(by=self, note=note)


CONTRIB: Final[dict[str, Erasure]] = {
    "contenttypes.ContentType": ErasedBy.NO_PERSON("names of tables"),
    "sessions.Session": ErasedBy.EXPIRES("swept when the session ends; holds opaque ids only"),
}
"""Tables of Django's own that may be installed, and how they are erased; any other is refused by the system check."""


class BareTable(models.Model):
    """A table of the house whose primary key the subclass declares."""

    erased: ClassVar[Erasure]
    store: ClassVar[Store] = "default"

    class Meta:
        abstract = True


class HouseTable(BareTable):
    """A table of the house with a UUIDv7 for a key, which the caller sets."""

    id = models.UUIDField(primary_key=True, editable=False)

    class Meta:
        abstract = True


def faults_of(model: type[models.Model]) -> Iterator[str]:
    """Say each rule of the house that a model breaks."""
    if not issubclass(model, BareTable):
        yield "a table of the house derives from HouseTable or BareTable"
        return
    erased = getattr(model, "erased", None)
    if not isinstance(erased, Erasure):
        yield "a table says how it is erased: `erased = ErasedBy.ROW('why')`"
    elif erased.by is ErasedBy.ROW and not _has_field(model, "data_subject_id"):
        yield "a table erased by row has a field data_subject_id"
    if model.store not in STORES:
        yield f"store is one of {', '.join(STORES)}; {model.store!r} came"
    if model._meta.pk.auto_created:  # noqa: SLF001 - Django's documented Meta API
        yield "ids are set by the caller; a table declares its primary key"
    yield from _clock_faults(model)


def _has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.local_fields)  # noqa: SLF001


def _clock_faults(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_fields:  # noqa: SLF001
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            yield f"time comes from the caller's clock; {field.name} takes it from the machine (auto_now)"


def _refuse_faulty(sender: type[models.Model], **_: Any) -> None:
    if sender.__module__ == _HISTORICAL or sender._meta.app_label != HOUSE_LABEL:  # noqa: SLF001
        return
    for fault in faults_of(sender):
        raise ImproperlyConfigured(f"{sender.__module__}.{sender.__name__}: {fault}")


class_prepared.connect(_refuse_faulty, dispatch_uid="upheld.storage.base")


@checks.register(checks.Tags.models)
def check_tables(**_: Any) -> list[checks.CheckMessage]:
    """Refuse a table that does not say how it is erased, and a relation that leaves its database."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label  # noqa: SLF001
        if model._meta.app_label != HOUSE_LABEL:  # noqa: SLF001
            if label not in CONTRIB:
                found.append(checks.Error("does not say how it is erased", obj=model, id="upheld.E001"))
            continue
        found += [checks.Error(fault, obj=model, id="upheld.E002") for fault in faults_of(model)]
        found += [checks.Error(fault, obj=model, id="upheld.E003") for fault in _relation_faults(model)]
    return found


def _relation_faults(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.local_fields:  # noqa: SLF001
        if field.remote_field is None:
            continue
        if store_of(field.related_model) != store_of(model):
            yield f"{field.name} points into another database; use an opaque id"
        if not field.remote_field.hidden:
            yield f"{field.name} needs related_name='+': reads go through the room's queries"


def store_of(model: Any) -> Store:
    """Return the database that a model's table lives in."""
    return getattr(model, "store", "default")
