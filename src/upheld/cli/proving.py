# SPDX-License-Identifier: Apache-2.0
"""`upheld check --prove`: the proof about a policy's decisions, in words and as JSON; how far it is on standard error."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final

import click

from upheld.gate import proving
from upheld.gate.proving import Counterexample, Pair, Proof, Verdict
from upheld.gate.proving.protective import LISTS
from upheld.gate.proving.words import PROPERTIES
from upheld.policy import Policy
from upheld.terms import Language

_TRIED: Final[Pair] = (
    "{} asks of {} meanings, seed {}.",
    "询问 {} 个，含义 {} 种，种子 {}。",
)
_HOLDS: Final[Pair] = ("holds", "成立")
_FAILS: Final[Pair] = ("DOES NOT HOLD", "不成立")
_PROVED: Final[Pair] = ("proved over {}, tested {} more", "已穷举 {} 项，另抽验 {} 项")
_SAMPLED: Final[Pair] = (
    "{} meanings read too many facts to try them all; theirs were drawn.",
    "{} 种含义涉及事实过多，未能穷举，改为抽验。",
)
_EXCEPTED: Final[Pair] = ("listed", "列明")


def prove(policy: Policy, seed: int) -> Proof:
    """Prove, telling how far it is."""
    try:
        return proving.prove(policy, seed=seed, progress=_tell_progress)
    finally:
        click.echo(err=True)


def _tell_progress(done: int, of: int) -> None:
    click.echo(f"\rproving: {done} of {of} asks", nl=False, err=True)
    sys.stderr.flush()


def as_document(proof: Proof) -> dict[str, object]:
    """Return a proof in the JSON shape that programs rely on."""
    return {
        "policy": proof.policy,
        "version": proof.version,
        "seed": proof.seed,
        "asks": proof.asks,
        "meanings": proof.meanings,
        "sampled": proof.sampled,
        "holds": proof.holds,
        "properties": [_verdict(verdict) for verdict in proof.verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    return {
        "id": verdict.about.value,
        "says": _both(PROPERTIES[verdict.about]),
        "holds": verdict.holds,
        "proved": verdict.proved,
        "tested": verdict.tested,
        "excepted": [
            {"id": one.id, "reason": _both(one.reason), "decisions": verdict.excepted[one.id]}
            for one in LISTS.get(verdict.about, ())
            if verdict.excepted.get(one.id)
        ],
        "counterexample": None if verdict.counterexample is None else _counterexample(verdict.counterexample),
    }


def _counterexample(found: Counterexample) -> dict[str, object]:
    ask = {name: value for name, value in asdict(found.ask).items() if value not in (None, (), {})}
    return {"ask": ask, "clauses": list(found.clauses), "says": _both_lists(found.said)}


def say(proof: Proof, language: Language) -> Iterator[str]:
    """Say a proof, line by line."""
    pick = 0 if language is Language.EN else 1
    yield _TRIED[pick].format(proof.asks, proof.meanings, proof.seed)
    if proof.sampled:
        yield _SAMPLED[pick].format(proof.sampled)
    for verdict in proof.verdicts:
        tried = _PROVED[pick].format(verdict.proved, verdict.tested)
        yield f"{(_HOLDS if verdict.holds else _FAILS)[pick]}: {PROPERTIES[verdict.about][pick]} ({tried})"
        for one in LISTS.get(verdict.about, ()):
            if verdict.excepted.get(one.id):
                yield f"    {_EXCEPTED[pick]}: {one.id} ({verdict.excepted[one.id]}). {one.reason[pick]}"
        if verdict.counterexample is not None:
            yield from (f"    {line[pick]}" for line in verdict.counterexample.said[1:])


def _both(pair: Pair) -> dict[str, str]:
    return {"en": pair[0], "zh-Hans": pair[1]}


def _both_lists(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    said = tuple(pairs)
    return {"en": [one[0] for one in said], "zh-Hans": [one[1] for one in said]}
