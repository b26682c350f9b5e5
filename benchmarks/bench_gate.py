# SPDX-License-Identifier: Apache-2.0
"""What a decision costs: `python benchmarks/bench_gate.py [--fast]` (pyperf; see its --help).

Targets (design, section 7): the core with reasons and clauses <= 1 us; from the stored row and JSON to the answer
<= 25 us; >= 25 times faster than cedarpy and casbin on the same rules in the same run. The two peers are not
dependencies: where they can be imported they are measured on the rules of one function, otherwise they are left out.
"""

import importlib
from dataclasses import replace
from pathlib import Path

import orjson
import pyperf

from upheld import gate
from upheld.facts import packing
from upheld.gate import Ask, Facts, PersonFacts, RecipientFacts, WorldFacts
from upheld.gate.values import ALWAYS
from upheld.policy import parse
from upheld.terms import Act, Actor

POLICY = Path(__file__).parents[1] / "policies" / "baby-device.yaml"
BOOK = gate.compile(parse(POLICY).policy)
PAPERS = {name: (0, ALWAYS) for name in ("agreement", "assessment", "security_test")}
WORLD = WorldFacts(
    versions={BOOK.version: (0, ALWAYS)},
    recipients={name: RecipientFacts(papers=PAPERS) for name in BOOK.policy.recipients},
)
EVERYTHING = sum(BOOK.bits.values())
ADULT = PersonFacts(version=BOOK.version, stops=0, held=EVERYTHING, adult=True)
REFUSING = replace(ADULT, held=0)
CHILD = replace(ADULT, adult=False, adult_at=2_000, guardian_held=EVERYTHING, guardian_until=ALWAYS)
COLLECT = Ask(act=Act.COLLECT, purpose="bind-device", categories=("location.precise",), permission="location")
SHARE = Ask(act=Act.SHARE, purpose="map", categories=("device.network",), recipient="google-maps")
NOW = 1_000

STORED = packing.pack(replace(ADULT, lapses=((BOOK.bits["purpose:profile"], 9_000),)))
SENT = orjson.dumps(
    {"act": "collect", "purpose": "bind-device", "categories": ["location.precise"], "permission": "location"}
)


def from_stored(stored: bytes, sent: bytes) -> bytes:
    """Packed row and JSON in, JSON out."""
    asked = orjson.loads(sent)
    ask = Ask(
        act=Act(asked["act"]),
        purpose=asked["purpose"],
        categories=tuple(asked["categories"]),
        actor=Actor(asked.get("actor", "self")),
        permission=asked.get("permission"),
    )
    facts = Facts(packing.unpack(stored, revision=1), WORLD)
    answer = gate.decide(BOOK, facts, ask, NOW)
    if isinstance(answer, gate.Permit):
        return orjson.dumps({"permitted": True, "clauses": answer.clauses})
    return orjson.dumps({"permitted": False, "reasons": [{"code": r.code, "clause": r.clause} for r in answer.reasons]})


CEDAR_POLICY = """
permit(principal, action == Action::"collect", resource == Purpose::"bind-device")
when { context.told && context.consent && context.separate && context.permission && !context.restricted
       && !context.cancelled && context.adult && context.category == "location.precise" };
"""
CASBIN_MODEL = """
[request_definition]
r = sub, obj, act
[policy_definition]
p = obj, act, category
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.obj == p.obj && r.act == p.act && r.sub.category == p.category && r.sub.told && r.sub.consent && r.sub.separate && r.sub.permission && !r.sub.restricted && !r.sub.cancelled && r.sub.adult
"""


def cedar(runner: pyperf.Runner) -> None:
    """The same eight conditions, in Cedar."""
    try:
        cedarpy = importlib.import_module("cedarpy")
    except ImportError:
        return
    context = dict.fromkeys(("told", "consent", "separate", "permission", "adult"), True)
    context |= {"restricted": False, "cancelled": False, "category": "location.precise"}
    asked = {
        "principal": 'Person::"1"',
        "action": 'Action::"collect"',
        "resource": 'Purpose::"bind-device"',
        "context": context,
    }
    assert cedarpy.is_authorized(asked, CEDAR_POLICY, []).allowed
    runner.bench_func("cedarpy, one function's rules", lambda: cedarpy.is_authorized(asked, CEDAR_POLICY, []))


class _Subject:
    told = consent = separate = permission = adult = True
    restricted = cancelled = False
    category = "location.precise"


def casbin(runner: pyperf.Runner) -> None:
    """The same eight conditions, in Casbin."""
    try:
        module = importlib.import_module("casbin")
    except ImportError:
        return
    model = module.Model()
    model.load_model_from_text(CASBIN_MODEL)
    enforcer = module.Enforcer(model)
    enforcer.add_policy("bind-device", "collect", "location.precise")
    assert enforcer.enforce(_Subject(), "bind-device", "collect")
    runner.bench_func("casbin, one function's rules", lambda: enforcer.enforce(_Subject(), "bind-device", "collect"))


def main() -> None:
    """Measure."""
    runner = pyperf.Runner()
    for name, person, ask in (
        ("permit, collect", ADULT, COLLECT),
        ("denial with reasons, collect", REFUSING, COLLECT),
        ("permit, child with guardian", CHILD, COLLECT),
        ("permit, share under three papers", ADULT, SHARE),
    ):
        runner.bench_func(f"decide: {name}", gate.decide, BOOK, Facts(person, WORLD), ask, NOW)
    runner.bench_func("from packed row and JSON to JSON", from_stored, STORED, SENT)
    runner.bench_func("unpack a row", lambda: packing.unpack(STORED, revision=1))
    cedar(runner)
    casbin(runner)


if __name__ == "__main__":
    main()
