# SPDX-License-Identifier: Apache-2.0
"""Sends every table to the database that its class names in `store`."""

from typing import Any

from django.apps import apps
from django.db import models

from upheld.storage.base import Store, store_of


class StoreRouter:
    """Route reads, writes, relations and migrations by `HouseTable.store`."""

    def db_for_read(self, model: type[models.Model], **_: Any) -> Store:
        """Read where the table lives."""
        return store_of(model)

    def db_for_write(self, model: type[models.Model], **_: Any) -> Store:
        """Write where the table lives."""
        return store_of(model)

    def allow_relation(self, one: models.Model, other: models.Model, **_: Any) -> bool:
        """Allow relations inside one database only."""
        return store_of(one) == store_of(other)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        """Create a table in its own database and nowhere else.

        Models of past migrations have lost their `store`, so the present class of that name is asked. A migration
        that runs code or SQL, or touches a table since removed, names its database in `hints={"store": ...}`.
        """
        if "store" in hints:
            return bool(hints["store"] == db)
        if model_name is None:
            return db == "default"
        try:
            return store_of(apps.get_model(app_label, model_name)) == db
        except LookupError:
            return db == "default"
