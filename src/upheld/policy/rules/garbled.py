# SPDX-License-Identifier: Apache-2.0
"""Rules on sentences that were garbled: doubled words, open brackets, broken ends, two things in one label."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import EN, found, texts

_DOUBLED: Final = re.compile(
    r"\b(?!(?:that|had|more|again|over)\b)([A-Za-z]{2,})(?:\s+|,\s*|\s+and\s+)\1\b"
    r"|(?-i:(?<!目)([的了是和与及将在为被对您我])\2|([\u4e00-\u9fff]{2,6})、\3(?![\u4e00-\u9fff])|([，。；、：])\4)"
    r"|\b(?P<phrase>[A-Za-z]{2,}(?:\s+[A-Za-z]{2,}){1,2})\s+(?P=phrase)\b",
    re.IGNORECASE,
)


@rule(
    "W060",
    ("No word stands twice in a row.", "词语不重复连用。"),
    remedy=("remove one of the two", "删去其中一个"),
)
def doubled_word(policy: Policy) -> Iterator[Fault]:
    """Find words that slipped in twice."""
    for path, what in found(policy, _DOUBLED):
        yield Fault(path, (f"a word is doubled: '{what}'", f"词语重复：“{what}”"))


_BRACKETS: Final = {")": "(", "]": "[", "）": "（", "】": "【", "》": "《", "”": "“", "」": "「"}
_MARKS: Final = re.compile(f"[{re.escape(''.join((*_BRACKETS, *_BRACKETS.values())))}]")


@rule(
    "E061",
    ("Every bracket and quotation mark is closed.", "括号与引号成对出现。"),
    remedy=("close it; something may be missing behind it", "补全；其后可能有遗漏"),
)
def unclosed(policy: Policy) -> Iterator[Fault]:
    """Find sentences whose end was cut off."""
    for path, _, text in texts(policy):
        mark = _unmatched(text)
        if mark:
            yield Fault(path, (f"'{mark}' has no partner", f"“{mark}”未成对"))


def _unmatched(text: str) -> str:
    """Give a bracket that is open at the end, or that closes nothing; empty where all match."""
    open_: list[str] = []
    mark: str
    for mark in _MARKS.findall(text):
        if mark in _BRACKETS.values():
            open_.append(mark)
        elif not open_ or open_.pop() != _BRACKETS[mark]:
            return mark
    return open_[-1] if open_ else ""


_WORDS_ALIKE: Final = 5
_CHARACTERS_ALIKE: Final = 9


@rule(
    "W062",
    ("A sentence does not repeat itself.", "语句不自我重复。"),
    remedy=("say it once", "只说一次"),
)
def repeats_itself(policy: Policy) -> Iterator[Fault]:
    """Find runs of five words, or nine Chinese characters, that stand twice in one text."""
    for path, language, text in texts(policy):
        english = language is EN
        pieces = re.findall(r"[\w'-]+", text.lower()) if english else re.findall(r"[\u4e00-\u9fff]", text)
        again = _repeated(pieces, _WORDS_ALIKE if english else _CHARACTERS_ALIKE)
        if again:
            shown = (" " if english else "").join(again)
            yield Fault(path, (f"'{shown}' stands twice in it", f"“{shown}”出现两次"))


def _repeated(pieces: list[str], size: int) -> tuple[str, ...]:
    seen: dict[tuple[str, ...], int] = {}
    for start in range(len(pieces) - size + 1):
        run = tuple(pieces[start : start + size])
        if start - seen.setdefault(run, start) >= size:
            return run
    return ()


_BROKEN_END: Final = re.compile(r"([,，、;；:：]|\b(and|or|the|a|an))\s*$|[和与或及]\s*$", re.IGNORECASE)


@rule(
    "E063",
    ("A sentence has an end.", "语句有结尾。"),
    remedy=("finish it", "补全语句"),
)
def broken_off(policy: Policy) -> Iterator[Fault]:
    """Find sentences that break off."""
    for path, what in found(policy, _BROKEN_END):
        if path.endswith(".law.source"):  # it is set into a sentence
            continue
        yield Fault(path, (f"it breaks off at '{what}'", f"语句在“{what}”处中断"))


_BOTH_WAYS: Final = re.compile(
    r"\b(under|below|less than|younger than|over|above|more than|older than)\b[^.;]{0,20}\binclu(ding|sive)\b"
    r"|(未满|不满|不足|低于|小于|超过|大于)[^。；]{0,12}[（(]含",
    re.IGNORECASE,
)


@rule(
    "E064",
    ("A bound is said one way.", "界限只有一种说法。"),
    remedy=("say 'under' or 'up to', never both", "写“不满”或“以下（含）”，不可并用"),
)
def bound_both_ways(policy: Policy) -> Iterator[Fault]:
    """Find bounds that leave out and take in the same figure."""
    for path, what in found(policy, _BOTH_WAYS):
        yield Fault(path, (f"'{what}' leaves a figure out and takes it in", f"“{what}”既排除又包含同一数值"))


_TWO_THINGS: Final = re.compile(r"[;；]|\band/or\b|和/或", re.IGNORECASE)


@rule(
    "W065",
    ("A name names one thing.", "一个名称只指一项事物。"),
    remedy=("make two entries of it", "拆分为两项"),
)
def two_in_one(policy: Policy) -> Iterator[Fault]:
    """Find labels and names that merge two entries."""
    for path, what in found(policy, _TWO_THINGS):
        if path.endswith((".label", ".name")):
            yield Fault(path, (f"'{what}' joins two things in one name", f"名称中以“{what}”合并了两项事物"))
