# SPDX-License-Identifier: Apache-2.0
"""Rules on words: every language, no gaps, no open lists."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import Part, Words, hyphened
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Language


def every_text(policy: Policy) -> Iterator[tuple[str, Words]]:
    """List all words of a policy, each with its path."""
    yield from _within("", policy)


def _within(path: str, value: object) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Part):
        for name, field in value:
            yield from _within(f"{path}.{hyphened(name)}" if path else hyphened(name), field)
    elif isinstance(value, Mapping) and value:
        if isinstance(next(iter(value)), Language):
            yield path, value
            return
        for name, entry in value.items():
            yield from _within(f"{path}.{hyphened(str(name))}", entry)


@rule("E051", "Every text is there in every language that the policy declares.", remedy="add the translation")
def untranslated(policy: Policy) -> Iterator[Fault]:
    """Find texts that some readers would not have."""
    for path, words in every_text(policy):
        for language in policy.languages:
            if not words.get(language, "").strip():
                yield Fault(path, f"the text in {language} is missing")
        for language in words:
            if language not in policy.languages:
                yield Fault(path, f"there is a text in {language}, which the policy does not declare")


_PLACEHOLDER: Final = re.compile(
    r"\[[^\[\]]{0,200}\]|【[^【】]{0,200}】|\b(TODO|TBD|FIXME|XXX+|lorem ipsum)\b|_{3,}|待定|待补充", re.IGNORECASE
)


@rule("E052", "No placeholder is left in a text.", remedy="write what belongs there")
def placeholder(policy: Policy) -> Iterator[Fault]:
    """Find gaps that a template left."""
    for path, words in every_text(policy):
        for text in words.values():
            found = _PLACEHOLDER.search(text)
            if found:
                yield Fault(path, f"a placeholder is left: {found[0]}")


_OPEN: Final = re.compile(
    r"\betc\b|\band so (on|forth)\b|\band others\b|\bamong others\b|\bincluding but not limited to\b"
    r"|\bsuch as\b[^.;]{0,200}\betc\b|包括但不限于|(?<![平同相优高中初上下何特])等(?=[，。、；）)]|信息|数据|情形|$)|及其他|以及其它",
    re.IGNORECASE,
)


@rule("E053", "A list in a text is closed.", remedy="name everything, or nothing")
def open_list(policy: Policy) -> Iterator[Fault]:
    """Find lists that would grow without a new version."""
    for path, words in every_text(policy):
        for text in words.values():
            found = _OPEN.search(text)
            if found:
                yield Fault(path, f"the list stays open: '{found[0]}'")


_WEASEL: Final = re.compile(
    r"\bas soon as possible\b|\bas far as possible\b|\bfrom time to time\b|\btry our best\b|\bdo our best\b"
    r"|\bindustry[- ](leading|standard)\b|\bin a timely manner\b|尽快|尽力|尽可能|业界领先|行业领先|不时",
    re.IGNORECASE,
)


@rule("W054", "A promise can be measured.", remedy="give a figure, or leave the promise out")
def weasel_words(policy: Policy) -> Iterator[Fault]:
    """Find words that promise nothing."""
    for path, words in every_text(policy):
        for text in words.values():
            found = _WEASEL.search(text)
            if found:
                yield Fault(path, f"'{found[0]}' cannot be measured")
