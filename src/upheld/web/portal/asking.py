# SPDX-License-Identifier: Apache-2.0
"""Ask the gate on behalf of a person: what saving would meet, and the asks that the vault is given."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from upheld import gate
from upheld.facts import queries as facts
from upheld.gate import Ask, Denial
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Manner
from upheld.terms import Act
from upheld.vault.values import Source
from upheld.web.portal.visitor import Who

NOT_TYPED: Final = frozenset({"account"})
"""Functions whose data people do not type into a profile: a number is proven by its code."""


UNDECLARED_OTHERS: Final = "others_undeclared"
"""The gate's code where nobody declared that the other person agreed whom a value is about."""


def collecting(who: Who, function: str, names: Iterable[str], *, declared: bool) -> Ask:
    """Return the ask to collect some categories under a function.

    Args:
        who: who types them, and for whom.
        function: the function that asks for them.
        names: the categories.
        declared: whether it was declared that the others agreed whom any of it is about.
    """
    return Ask(act=Act.COLLECT, purpose=function, categories=tuple(names), actor=who.actor, declared=declared)


def refusals(who: Who, function: str, categories: Iterable[str], *, now: datetime) -> dict[str, Denial | None]:
    """Say for each category what would stand in the way of saving it now; advice, decided again when it is done.

    A declaration that others agreed is made with the form, so its absence stands in nobody's way before.
    """
    found = facts.of(who.data_subject_id)
    rulebook, instant = facts.rulebook(found.person.version), int(now.timestamp())
    asks = {one: collecting(who, function, [one], declared=True) for one in categories}
    answers = {one: gate.decide(rulebook, found, ask, instant) for one, ask in asks.items()}
    return {one: answer if isinstance(answer, Denial) else None for one, answer in answers.items()}


def source_of(who: Who) -> Source:
    """Say whose word a typed value is."""
    return Source.GUARDIAN if who.is_guardian else Source.SELF


def typed_functions(policy: Policy) -> dict[str, Function]:
    """Name the functions whose data people type in themselves."""
    return {
        name: function
        for name, function in policy.functions.items()
        if function.collects and name not in NOT_TYPED and _is_typed(function)
    }


def _is_typed(function: Function) -> bool:
    return function.manner is Manner.ENTERED
