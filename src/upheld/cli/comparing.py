# SPDX-License-Identifier: Apache-2.0
"""`upheld diff`: what a new version says and decides otherwise, whether that is major, and what follows from it."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from upheld import policy
from upheld.cli.policies import CLEAN, FOUND, read
from upheld.gate.comparing import Changed, Comparison, Decision, Need, compare
from upheld.policy import Change
from upheld.policy.binding.wording import Wording
from upheld.policy.model.base import say
from upheld.terms import Language

Pair = tuple[str, str]
"""English, Chinese."""

HEAD: Final[Pair] = ("{policy}, version {old} to version {new}: {weight}", "{policy}，第{old}版至第{new}版：{weight}")
WEIGHTS: Final[dict[str, Pair]] = {
    "none": ("nothing changes", "没有变化"),
    "minor": ("minor", "非重大变更"),
    "major": ("major", "重大变更"),
}
CUTS: Final[Pair] = ("; it binds only who expressly agree", "；仅约束明示同意者")
SAYS: Final[Pair] = ("What the policy says otherwise", "政策内容的变化")
DECIDES: Final[Pair] = ("What is decided otherwise", "处理决定的变化")
FOLLOWS: Final[Pair] = ("What follows", "后果")
MAJOR: Final[Pair] = ("major", "重大")
TAKES: Final[Pair] = ("takes from people", "减损个人权益")
BY_LIST: Final[Pair] = ("Major by the list people were promised: {listed}.", "依所承诺的清单属重大变更：{listed}。")
NO_LIST: Final[Pair] = ("Major, since no list was promised.", "未承诺清单，一律按重大变更处理。")
TELL: Final[Pair] = ("People are told by {ways}, {lead} before it applies.", "提前{lead}通过{ways}告知个人。")
AGAIN: Final[Pair] = (
    "Asked again, since a yes would now cover more or something else: {topics}.",
    "同意的含义已变，须重新征得：{topics}。",
)
WAS: Final[Pair] = ("was", "原")
IS: Final[Pair] = ("is", "现")
ONE_BY_ONE: Final[Pair] = ("Ask by ask", "逐项询问")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True, help="Language.")
@click.option("--clauses", is_flag=True, help="Print each changed clause as it was and as it is, for lawyers.")
@click.option("--asks", is_flag=True, help="List every ask whose answer changes, for engineers.")
@click.option("--high-risk", multiple=True, metavar="NAME", help="An impact assessment that shows a high risk.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; docs/reference/comparison.md describes it.")
def diff(
    *, old: str, new: str, lang: str, clauses: bool, asks: bool, high_risk: tuple[str, ...], as_json: bool
) -> None:
    """Say what changes between two versions of a policy: in what it says, and in what the gate decides.

    OLD and NEW are files, or names of the five. It names what is major under the list that OLD promised, what takes
    something from people, how people must be told, and which choices they are asked for again.

    Exit code 0: nothing changes; 1: something does; 2: a file is no policy.
    """
    found = compare(read(old).policy, read(new).policy, high_risk=high_risk)
    if as_json:
        click.echo(json.dumps(as_document(found, asks=asks), ensure_ascii=False))
    else:
        for line in _lines(found, Language(lang), clauses=clauses, asks=asks):
            click.echo(line)
    sys.exit(CLEAN if found.is_empty else FOUND)


# --- for people


def _lines(found: Comparison, language: Language, *, clauses: bool, asks: bool) -> Iterator[str]:
    def pick(pair: Pair) -> str:
        return pair[0] if language is Language.EN else pair[1]

    weight = pick(WEIGHTS[found.weight.value]) + (pick(CUTS) if found.cuts_rights else "")
    name = found.new.policy
    yield pick(HEAD).format(policy=name, old=found.old.version, new=found.new.version, weight=weight)
    for heading, changes in ((SAYS, found.changes), (DECIDES, found.decisions)):
        if changes:
            yield from ("", pick(heading))
        for change in changes:
            marks = [pick(word) for word, on in ((MAJOR, change.major), (TAKES, change.cuts_rights)) if on]
            yield f"  {change.say(language)} [{'; '.join((_about(change), *marks))}]"
    if clauses:
        yield from _clauses(found, language, pick(WAS), pick(IS))
    if asks and found.asks:
        yield from ("", pick(ONE_BY_ONE), *(f"  {_ask(change)}" for change in found.asks))
    if following := list(_following(found, language)):
        yield from ("", pick(FOLLOWS), *(f"  {line}" for line in following))


def _about(change: Change | Decision) -> str:
    return change.path if isinstance(change, Change) else ", ".join(change.clauses)


def _following(found: Comparison, language: Language) -> Iterator[str]:
    def pick(pair: Pair) -> str:
        return pair[0] if language is Language.EN else pair[1]

    wording = Wording(found.old, language)
    triggers = {change.trigger for change in found.major}
    listed = found.old.changes.major if found.old.changes is not None else {}
    named = [f"“{say(one.label, language)}”" for one in listed.values() if one.trigger in triggers]
    if found.major:
        yield pick(BY_LIST).format(listed=wording.listed(named)) if named else pick(NO_LIST)
    if found.tell:
        yield pick(TELL).format(ways=wording.values(found.tell), lead=wording.span(found.lead))
    if found.ask_again:
        yield pick(AGAIN).format(topics=", ".join(found.ask_again))


def _clauses(found: Comparison, language: Language, was: str, now: str) -> Iterator[str]:
    """Print each clause whose sentence changed, as it was and as it is."""
    before, after = (
        {clause.id: clause.text.get(language) or next(iter(clause.text.values())) for clause in policy.bind(version)}
        for version in (found.old, found.new)
    )
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield from ("", f"{name}", f"  {was}: {before.get(name, '–')}", f"  {now}: {after.get(name, '–')}")


def _ask(change: Changed) -> str:
    """Write an ask as the gate is asked: act, purpose, and whatever else it names."""
    ask = change.ask
    named = {
        "categories": ",".join(ask.categories),
        "recipient": ask.recipient,
        "source": ask.source,
        "form": ask.form,
        "permission": ask.permission,
        "ground": ask.ground,
        "destination": ask.destination,
        "actor": ask.actor.value if ask.actor.value != "self" else "",
        "foreground": "" if ask.foreground else "false",
    }
    written = " ".join(f"{key}={value}" for key, value in named.items() if value)
    ages = ",".join(band.value for band in change.bands)
    moved = [
        *(f"-{_need(need)}" for need in sorted(change.lost)),
        *(f"+{_need(need)}" for need in sorted(change.gained)),
    ]
    return " ".join(filter(None, (change.kind.value, ask.act.value, ask.purpose, written, f"age={ages}", *moved)))


def _need(need: Need) -> str:
    return ":".join((need.code, "|".join(need.about))) if need.about else need.code


# --- for programs


def as_document(found: Comparison, *, asks: bool) -> dict[str, Any]:
    """Return the comparison as JSON values; docs/reference/comparison.md describes each."""
    document: dict[str, Any] = {
        "policy": found.new.policy,
        "old": found.old.version,
        "new": found.new.version,
        "weight": found.weight.value,
        "cuts_rights": found.cuts_rights,
        "changes": [_change(change) for change in found.changes],
        "decisions": [_decision(decision) for decision in found.decisions],
        "tell": [way.value for way in found.tell],
        "lead": str(found.lead) if found.lead is not None else None,
        "ask_again": list(found.ask_again),
    }
    if asks:
        document["asks"] = [_ask_document(change) for change in found.asks]
    return document


def _weighed(change: Change | Decision) -> dict[str, Any]:
    return {
        "said": {language.value: change.say(language) for language in Language},
        "trigger": change.trigger.value if change.trigger is not None else None,
        "major": change.major,
        "cuts_rights": change.cuts_rights,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"path": change.path, "direction": change.direction.value, **_weighed(change)}


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind.value,
        "clauses": list(decision.clauses),
        **_weighed(decision),
        "lost": _needs(decision.lost),
        "gained": _needs(decision.gained),
        "needs": _needs(decision.needs),
        "acts": [act.value for act in decision.acts],
        "purposes": list(decision.purposes),
        "categories": [name for name in decision.categories if name],
        **{
            name: [one for one in getattr(decision, name) if one is not None]
            for name in ("recipients", "sources", "forms", "permissions", "grounds", "destinations")
        },
        "actors": [actor.value for actor in decision.actors],
        "foreground": decision.foreground,
        "ages": [band.value for band in decision.bands],
    }


def _ask_document(change: Changed) -> dict[str, Any]:
    ask = change.ask
    named = {
        name: getattr(ask, name)
        for name in ("recipient", "source", "form", "permission", "ground", "destination")
        if getattr(ask, name) is not None
    }
    return {
        "kind": change.kind.value,
        "ask": {
            "act": ask.act.value,
            "purpose": ask.purpose,
            "categories": list(ask.categories),
            "actor": ask.actor.value,
            "foreground": ask.foreground,
            **named,
        },
        "ages": [band.value for band in change.bands],
        "lost": _needs(change.lost),
        "gained": _needs(change.gained),
        "needs": _needs(change.needs),
    }


def _needs(needs: Iterable[Need]) -> list[dict[str, Any]]:
    return [{"code": need.code, "about": list(need.about)} for need in sorted(needs)]
