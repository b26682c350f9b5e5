# SPDX-License-Identifier: Apache-2.0
"""What this database was made for; said once, when it was made, and never changed.

A simulation moves time and takes controls out, so it refuses a database of people; `serve` and `work` refuse a
database of a simulation. A demonstration shows outgoing messages and prints sign-ins, so nothing else may.
"""

from datetime import datetime
from enum import StrEnum

from django.db import models

from upheld.crypto.randomness import uuid7
from upheld.errors import Conflict, Misconfigured
from upheld.storage.base import ErasedBy, HouseTable


class DeploymentKind(StrEnum):
    """What a database may be used for."""

    PRODUCT = "product"
    DEMO = "demo"
    SIMULATION = "simulation"


class Deployment(HouseTable):
    """One row, made with the database."""

    erased = ErasedBy.NO_PERSON("what the database is for, and since when")

    only = models.BooleanField(default=True, unique=True)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in DeploymentKind])
    made_at = models.DateTimeField()


def mark(kind: DeploymentKind, *, now: datetime) -> None:
    """Say what a new database is for; saying the same again changes nothing.

    Raises:
        Conflict: it was made for something else.
    """
    row, _ = Deployment.objects.get_or_create(
        only=True, defaults={"id": uuid7(now), "kind": kind.value, "made_at": now}
    )
    if row.kind != kind.value:
        msg = f"this database was made for: {row.kind}; it cannot become one for: {kind.value}"
        raise Conflict(msg)


def kind() -> DeploymentKind:
    """Return what this database is for.

    Raises:
        Misconfigured: nobody said.
    """
    row = Deployment.objects.filter(only=True).first()
    if row is None:
        msg = "this database has not been set up"
        raise Misconfigured(msg, hint="run: upheld setup")
    return DeploymentKind(row.kind)
