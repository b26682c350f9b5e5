# SPDX-License-Identifier: Apache-2.0
"""What a clause is about, in ids of the policy: purposes, categories, recipients, storage periods, a right."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from upheld.policy.model import Policy
from upheld.policy.rendering.machine.values import recipients_of, storage_of
from upheld.terms import Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """What a clause is about; an empty one is about nothing that can be looked up for one person."""

    purposes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    right: Right | None = None


def concern(policy: Policy, clause: str) -> Concern:
    """Say what a clause of a policy is about; a clause that it has not is about nothing."""
    section, _, rest = clause.partition(".")
    find = _FINDERS.get(section)
    return find(policy, rest) if find else Concern()


def _of_processing(policy: Policy, path: str) -> Concern:
    name = path.partition(".")[0]
    processing = policy.processing.get(name)
    if processing is None:
        return Concern()
    permissions = policy.functions[name].permissions if name in policy.functions else ()
    return Concern(
        purposes=(name,),
        categories=processing.categories,
        recipients=tuple(recipients_of(policy, name)),
        permissions=permissions,
        periods=tuple(storage_of(policy, name, processing.categories)),
    )


def _of_category(policy: Policy, name: str) -> Concern:
    purposes = tuple(one for one, its in policy.processing.items() if name in its.categories)
    return Concern(
        purposes=purposes,
        categories=(name,),
        recipients=tuple(one for one, its in policy.recipients.items() if name in its.receives),
        periods=tuple(one for one, its in policy.storage.items() if name in its.of),
    )


def _of_recipient(policy: Policy, name: str) -> Concern:
    recipient = policy.recipients.get(name)
    if recipient is None:
        return Concern()
    return Concern(purposes=recipient.purposes, categories=recipient.receives, recipients=(name,))


def _of_permission(policy: Policy, name: str) -> Concern:
    permission = policy.permissions.get(name)
    if permission is None:
        return Concern()
    return Concern(purposes=permission.scenes, categories=permission.gives, permissions=(name,))


def _of_storage(policy: Policy, name: str) -> Concern:
    period = policy.storage.get(name)
    if period is None:
        return Concern()
    return Concern(purposes=period.functions or _collecting(policy, period.of), categories=period.of, periods=(name,))


def _collecting(policy: Policy, categories: Iterable[str]) -> tuple[str, ...]:
    wanted = set(categories)
    return tuple(name for name, function in policy.functions.items() if wanted & set(function.collects))


def _of_right(_policy: Policy, path: str) -> Concern:
    kind, _, rest = path.partition(".")
    name = rest.partition(".")[0].replace("-", "_")
    return Concern(right=Right(name)) if kind == "requests" and name in set(Right) else Concern()


_FINDERS: Mapping[str, Callable[[Policy, str], Concern]] = {
    "categories": _of_category,
    "functions": _of_processing,
    "permissions": _of_permission,
    "purposes": _of_processing,
    "recipients": _of_recipient,
    "rights": _of_right,
    "storage": _of_storage,
}
