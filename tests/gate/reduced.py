# SPDX-License-Identifier: Apache-2.0
"""A policy small enough to try everything on: a few entries of the baby-device policy."""

from functools import cache

from tests.gate.conftest import POLICIES
from upheld.policy import parse

FUNCTIONS = ("account", "bind-device", "third-party-login", "browse")


def _only(of, names):
    return {name: entry for name, entry in of.items() if name in names}


def _serving(of, kept):
    """Those who serve what is kept, and of what they serve only that."""
    served = {name: tuple(p for p in entry.purposes if p in kept) for name, entry in of.items()}
    return {name: entry.model_copy(update={"purposes": served[name]}) for name, entry in of.items() if served[name]}


@cache
def reduced(functions=FUNCTIONS):
    """The baby-device policy with these functions, and of everything else what they touch."""
    whole = parse(POLICIES / "baby-device.yaml").policy
    kept = _only(whole.functions, functions)
    touched = {name for one in kept.values() for name in one.categories}
    recipients, sources = _serving(whole.recipients, kept), _serving(whole.sources, kept)
    listed = {op: dict(list(getattr(whole.grounds, op).items())[:1]) for op in ("collect", "use", "share", "transfer")}
    return whole.model_copy(
        update={
            "functions": kept,
            "purposes": {},
            "categories": _only(whole.categories, touched),
            "permissions": {n: p for n, p in whole.permissions.items() if set(p.scenes) & set(kept)},
            "recipients": dict(list(recipients.items())[:1]),
            "sources": dict(list(sources.items())[:1]),
            "trackers": dict(list(whole.trackers.items())[:1]),
            "grounds": whole.grounds.model_copy(update={**listed, "publish": {}}),
            "rights": whole.rights.model_copy(update={"requests": dict(list(whole.rights.requests.items())[:1])}),
            "children": whole.children.model_copy(update={"grounds": dict(list(whole.children.grounds.items())[:1])}),
        }
    )


def planted(policy, name, **changes):
    """The same policy with a fault in one function."""
    function = policy.functions[name].model_copy(update=changes)
    return policy.model_copy(update={"functions": {**policy.functions, name: function}})
