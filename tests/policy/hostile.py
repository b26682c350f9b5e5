# SPDX-License-Identifier: Apache-2.0
"""Hostile files of a wanted size: YAML that only hurts, and policies blown up where rules compare things.

The tests use them small, `benchmarks/bench_policy.py` at up to 1 MiB.
"""

import copy
import json

from upheld import places
from upheld.policy.reading.compose import MAX_NODES, compose

HEAD = "upheld: 1\n"


def _times(part: str, size: int) -> str:
    return part * (size // len(part.encode()) + 1)


YAML = {
    "brackets": lambda size: _times("[", size),
    "braces": lambda size: _times("{a: ", size),
    "deep lists": lambda size: _times("- ", size),
    "deep keys": lambda size: HEAD + "".join(f"{' ' * depth}a:\n" for depth in range(int((2 * size) ** 0.5) - 2)),
    "a huge key": lambda size: HEAD + _times("k", size) + ": 1\n",
    "a huge quoted key": lambda size: HEAD + '"' + _times("k", size) + '": 1\n',
    "a huge value": lambda size: HEAD + "policy: " + _times("v", size) + "\n",
    "a huge line of words": lambda size: HEAD + "policy: " + _times("v ", size) + "\n",
    "escapes": lambda size: HEAD + 'policy: "' + _times("\\x41", size) + '"\n',
    "folded lines": lambda size: HEAD + "policy: >\n" + _times("  a\n\n", size),
    "an open quote": lambda size: HEAD + 'policy: "' + _times("a\n ", size),
    "comments": lambda size: HEAD + _times("# a\n", size),
    "empty lines": lambda size: HEAD + _times("\n", size),
    "spaces": lambda size: HEAD + _times(" ", size),
    "keys": lambda size: HEAD + "".join(f"k{number:07}: 1\n" for number in range(size // 12)),
    "keys of one mapping, in flow": lambda size: "{" + "".join(f"k{number}: 1, " for number in range(size // 12)) + "}",
    "one key again and again": lambda size: HEAD + _times("a: 1\n", size),
    "question marks": lambda size: _times("? ", size),
    "colons": lambda size: _times(": ", size),
    "aliases": lambda size: "a: &a [1]\nb: [" + _times("*a, ", size) + "]\n",
    "anchors": lambda size: HEAD + "a: [" + "".join(f"&a{number:06} 1, " for number in range(size // 11)) + "]\n",
    "tags": lambda size: HEAD + "a: [" + _times("!!str a, ", size) + "]\n",
    "documents": lambda size: _times("---\na: 1\n", size),
    "directives": lambda size: _times("%TAG ! tag:a,2000:\n", size),
    "merges": lambda size: HEAD + _times("<<: {a: 1}\n", size),
    "numbers": lambda size: HEAD + "a: [" + _times("123456789012345678, ", size) + "]\n",
    "a huge number": lambda size: HEAD + "version: " + _times("9", size) + "\n",
    "unknown keys everywhere": lambda size: (
        HEAD + "functions:\n" + "".join(f"  f{number}: {{zz: 1}}\n" for number in range(size // 18))
    ),
}
"""By name: what makes about that many bytes of it."""


def plain(name: str):
    """Read one of the five as plain data."""
    return compose(places.policy_file(name).read_text(encoding="utf-8"))[0]


def written(policy) -> bytes:
    """Write plain data as a policy file: JSON is YAML."""
    return json.dumps(policy, ensure_ascii=False).encode()


def _nodes(value) -> int:
    if isinstance(value, dict):
        return 1 + sum(1 + _nodes(one) for one in value.values())
    return 1 + sum(map(_nodes, value)) if isinstance(value, list) else 1


def _fill(entries: dict, values: list, size: int, nodes: int) -> None:
    """Put copies of values under new names until bytes or nodes are used up."""
    number = 0
    while True:
        value = copy.deepcopy(values[number % len(values)])
        size -= len(written(value)) + 12
        nodes -= _nodes(value) + 1
        if size < 0 or nodes < 0:
            return
        entries[f"zz-{number}"] = value
        number += 1


SECTIONS = ("regulators", "glossary", "evidence", "categories", "functions", "purposes", "permissions", "trackers",
            "sources", "recipients", "storage", "publication", "duties", "commitments")  # fmt: skip


def grown(name: str, sections: tuple[str, ...], size: int):
    """Blow sections up with copies of their own entries, each to its share of a size and of the values allowed."""
    policy = plain(name)
    size = max(size - len(written(policy)), 0)
    nodes = max(min(MAX_NODES, MAX_NODES * size // (1 << 20)) - _nodes(policy) - 1000, 0)
    filled = [one for one in sections if policy.get(one)]
    for section in filled:
        _fill(policy[section], list(policy[section].values()), size // len(filled), nodes // len(filled))
    return policy


def _named(kind: str, count: int) -> list[str]:
    return [f"{kind}-{number}" for number in range(count)]


def everything_collected(size: int):
    """As many functions as categories, and each function collects every category."""
    policy = plain("document-tools")
    side = int((size / 60) ** 0.5)
    names = _named("c", side)
    policy["categories"] |= {
        one: {"label": {"en": one, "zh-Hans": one}, "value": "text", "identifies": "alone"} for one in names
    }
    first = next(iter(policy["functions"].values()))
    for one in _named("f", side):
        policy["functions"][one] = {**first, "collects": dict.fromkeys(names, "required")}
    return policy


def promises_on_everything(size: int):
    """Commitments that speak of every category there could be, over many functions and purposes."""
    policy = grown("document-tools", ("functions", "purposes", "storage"), size // 2)
    text = {"en": "A sentence.", "zh-Hans": "一句话。"}
    names = _named("c", size // 800)
    doing = {"acts": ["collect", "use", "share"], "categories": names}
    for number, means in enumerate((
        {"never": doing}, {"allows": doing}, {"optional": names}, {"needed": names},
        {"keeps": {"categories": names, "at-most": "3 days"}}, {"keeps": {"categories": names, "at-most": "4 days"}},
        {"identifies": {"categories": names, "as": "never"}}, {"identifies": {"categories": names, "as": "alone"}},
        {"never": {"except": names, "acts": ["collect"]}},
    )):  # fmt: skip
        policy["commitments"][f"all-{number}"] = {
            "chapter": "collect", "text": text, "controls": ["gate.unknown_refused"], "means": means,
        }  # fmt: skip
    for number in range(180):
        policy["commitments"][f"many-{number}"] = {
            "chapter": "collect", "text": text, "controls": ["gate.unknown_refused"],
            "means": {"never": {"acts": ["publish", "share"], "categories": names[number::180]}},
        }  # fmt: skip
    return policy


_WORDS = ("we promise that as far as possible [ ( ", "等等，我们可能会不时合理地", "a a-a.a-a ", "，、的是 ",
          "under 14 below 13 including or and the the ", "as as as as ", "https://a.b.c/ cookies SDK 90 days ")  # fmt: skip


def sentences(size: int):
    """Texts as long as they may be, of words that many rules look for."""
    policy = plain("document-tools")
    for number in range(size // 8200):
        word = _WORDS[number % len(_WORDS)]
        text = (word * 4000)[: 4000 // (3 if ord(word[0]) > 127 else 1) - 1]
        policy["commitments"][f"long-{number}"] = {
            "chapter": "protect", "text": {"en": text, "zh-Hans": text}, "controls": ["gate.unknown_refused"],
        }  # fmt: skip
    return policy


POLICIES = {
    **{section: lambda size, section=section: grown("general-platform", (section,), size) for section in SECTIONS},
    "every section": lambda size: grown("general-platform", SECTIONS, size),
    "every section of another": lambda size: grown("baby-device", SECTIONS, size),
    "everything collected": everything_collected,
    "promises on everything": promises_on_everything,
    "sentences": sentences,
}
"""By name: what makes a policy of about that many bytes, or of as many values as a file may have."""
