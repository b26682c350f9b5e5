# SPDX-License-Identifier: Apache-2.0
"""Who asks: programs, by the Bearer keys that the company issued them."""

from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from upheld.people import api_keys, budgets
from upheld.people.key_values import KeyScope
from upheld.people.permissions import Permission
from upheld.terms import DataSubjectId
from upheld.web.requests import HouseRequest


class KeyRequest(HouseRequest):
    """A request whose key was checked; a type for views, never constructed."""

    auth: KeyScope


class Key(HttpBearer):
    """Lets in whoever has a key that was issued with one permission."""

    def __init__(self, permission: Permission) -> None:
        """Keep which permission an endpoint needs."""
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Any:
        """Return what the key may do.

        Raises:
            KeyRefused: it is unknown, over, or not allowed from there.
            Forbidden: it lacks the permission.
        """
        asking = cast("HouseRequest", request)
        header = request.headers.get("Authorization", "")
        return scope_of(header=header, address=asking.peer, permission=self.permission, now=asking.security_now)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never called: the header is read whole."""
        raise NotImplementedError


def scope_of(*, header: str, address: str, permission: Permission, now: datetime) -> KeyScope:
    """Return the scope of a key that has a permission; both shells of `decide` pass here."""
    scope = api_keys.authenticate(header=header, address=address, now=now)
    scope.require(permission)
    return scope


def reach(request: KeyRequest, person: DataSubjectId) -> DataSubjectId:
    """Count a person against the key's budget before anything is done about them.

    Raises:
        TooMany: the key has reached as many people this hour as it may.
    """
    budgets.count_person(scope=request.auth, data_subject_id=person, now=request.now)
    return person
