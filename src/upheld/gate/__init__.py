# SPDX-License-Identifier: Apache-2.0
r"""The gate: `compile` a policy into a rulebook, `decide` an ask on facts, `prove` what holds of a policy's decisions.

Pure: no clock, no database, no log.

Besides the purposes that a policy declares, `right.<right>` (`right.access`, `right.correction`, ...) stands for
answering each right that it grants; see `upheld.gate.planning_rights`. The public names load when first used, so that
a program that imports the gate does not pay for it before it decides.

>>> from upheld.policy import parse
>>> from upheld.terms import Act
>>> book = compile(parse(b"upheld: 1\npolicy: shop\nversion: 1\nlanguages: [en]\ntitle: {en: Privacy}\n").policy)
>>> denial = decide(book, Facts(NOBODY, WorldFacts()), Ask(act=Act.COLLECT, purpose="orders"), 1_800_000_000)
>>> isinstance(denial, Denial)
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from upheld.gate.comparing import Comparison as Comparison
    from upheld.gate.comparing import compare as compare
    from upheld.gate.deciding import decide as decide
    from upheld.gate.denied import Denied as Denied
    from upheld.gate.explaining import explain as explain
    from upheld.gate.proving import Proof as Proof
    from upheld.gate.proving import prove as prove
    from upheld.gate.reasoning import Reasoning as Reasoning
    from upheld.gate.reasoning import reason_out as reason_out
    from upheld.gate.rulebook import Rulebook as Rulebook
    from upheld.gate.rulebook import compile as compile  # noqa: A004 - the gate's own word
    from upheld.gate.rulebook import unknown_version as unknown_version
    from upheld.gate.values import NOBODY as NOBODY
    from upheld.gate.values import Ask as Ask
    from upheld.gate.values import Denial as Denial
    from upheld.gate.values import Duty as Duty
    from upheld.gate.values import Facts as Facts
    from upheld.gate.values import Obligation as Obligation
    from upheld.gate.values import Permit as Permit
    from upheld.gate.values import PersonFacts as PersonFacts
    from upheld.gate.values import Reason as Reason
    from upheld.gate.values import RecipientFacts as RecipientFacts
    from upheld.gate.values import Stop as Stop
    from upheld.gate.values import WorldFacts as WorldFacts

_HOMES: Final = {
    "Comparison": "comparing",
    "compare": "comparing",
    "decide": "deciding",
    "Denied": "denied",
    "explain": "explaining",
    "Proof": "proving",
    "prove": "proving",
    "Reasoning": "reasoning",
    "reason_out": "reasoning",
    "Rulebook": "rulebook",
    "compile": "rulebook",
    "unknown_version": "rulebook",
    "NOBODY": "values",
    "Ask": "values",
    "Denial": "values",
    "Duty": "values",
    "Facts": "values",
    "Obligation": "values",
    "Permit": "values",
    "PersonFacts": "values",
    "Reason": "values",
    "RecipientFacts": "values",
    "Stop": "values",
    "WorldFacts": "values",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found  # the next use finds it without asking here
    return found


def __dir__() -> list[str]:
    return sorted(_HOMES)
