# SPDX-License-Identifier: Apache-2.0
"""Rules on words: every language, no gaps, no open lists, nothing that cannot be measured."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from weakref import ref

from upheld.policy.model import Policy
from upheld.policy.model.base import Part, Words, hyphened
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Language

EN: Final = Language.EN
ZH: Final = Language.ZH_HANS


def every_text(policy: Policy) -> tuple[tuple[str, Words], ...]:
    """List all words of a policy, each with its path; the last policy's are kept, since many rules read them."""
    global _last  # noqa: PLW0603 - one value, replaced whole
    kept, words = _last
    if kept is None or kept() is not policy:
        words = tuple(_within("", policy))
        _last = (ref(policy), words)
    return words


_last: tuple[ref[Policy] | None, tuple[tuple[str, Words], ...]] = (None, ())


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


class Text(NamedTuple):
    """One text in one language, with its path."""

    path: str
    language: Language
    text: str


def texts(policy: Policy) -> Iterator[Text]:
    """List every text of a policy in every language it has."""
    for path, words in every_text(policy):
        for language, text in words.items():
            yield Text(path, language, text)


def found(policy: Policy, pattern: re.Pattern[str], *, outside: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """List where a pattern stands, once a text, with what it found; sections named in `outside` are left out."""
    for path, words in every_text(policy):
        hit = next(filter(None, map(pattern.search, words.values())), None)
        if hit and path.partition(".")[0] not in outside:
            yield path, hit[0].strip()


@rule(
    "E051",
    ("Every text is there in every language that the policy declares.", "每段文字均备有政策所声明的各语言版本。"),
    remedy=("add the translation", "补充译文"),
)
def untranslated(policy: Policy) -> Iterator[Fault]:
    """Find texts that some readers would not have."""
    for path, words in every_text(policy):
        for language in policy.languages:
            if not words.get(language, "").strip():
                yield Fault(path, (f"the text in {language} is missing", f"缺少 {language} 文本"))
        for language in words:
            if language not in policy.languages:
                message = f"there is a text in {language}, which the policy does not declare"
                yield Fault(path, (message, f"含有政策未声明的语言 {language} 的文本"))


_PLACEHOLDER: Final = re.compile(
    r"\[[^\[\]]{0,200}\]|【[^【】]{0,200}】|\{\{.{0,200}?\}\}|<[a-z][^<>]{0,100}>|_{3,}|\?{3,}|\.{4,}|[(（]\s*(?:(?:url|link|address|网址|链接)\s*[:：]?)?\s*[)）]"
    r"|\b(TODO|TBD|TBC|FIXME|XXX+|lorem ipsum|n/a|to be (completed|determined|filled in)|insert .{1,40} here"
    r"|(modify|adjust|adapt|change) (this )?(according|to fit|to suit))\b"
    r"|待定|待补充|待完善|待填写|请(根据|按照)[^。；]{0,30}(修改|调整|填写)|根据[^。；]{0,20}情况(修改|调整|填写)|此处填写",
    re.IGNORECASE,
)


@rule(
    "E052",
    ("No placeholder is left in a text.", "文字中不留占位内容。"),
    remedy=("write what belongs there", "写入应有的内容"),
)
def placeholder(policy: Policy) -> Iterator[Fault]:
    """Find gaps that a template left."""
    for path, what in found(policy, _PLACEHOLDER):
        yield Fault(path, (f"a placeholder is left: {what}", f"留有占位内容：{what}"))


_OPEN: Final = re.compile(
    r"\b(?:etc\b|and so (on|forth)\b|and others\b|among others\b|not limited to\b|and the like\b"
    r")|包括但不限于|不限于|(?<![平同相优高中初上下何特])等(?=[，。、；）)]|信息|数据|情形|$)|及其他|以及其它",
    re.IGNORECASE,
)


@rule(
    "E053",
    ("A list in a text is closed.", "文字中的列举是封闭的。"),
    remedy=("name everything, or nothing", "逐一列明，或不作列举"),
)
def open_list(policy: Policy) -> Iterator[Fault]:
    """Find lists that would grow without a new version."""
    for path, what in found(policy, _OPEN):
        yield Fault(path, (f"the list stays open: '{what}'", f"列举未封闭：“{what}”"))


_WEASEL: Final = re.compile(
    r"\b(?:as (soon|far|much|quickly|fast) as (is )?(reasonably )?possible\b|where(ver)? (possible|practicable)\b"
    r"|to the (greatest |fullest )?extent (possible|practicable)\b|from time to time\b|regularly\b|periodically\b"
    r"|(try|do) (our|its|their) best\b|best efforts\b|(industry|world)(?:'s)?[- ](leading|advanced|standards?|class)\b|not inferior\b|no (worse|weaker) than\b"
    r"|state[- ]of[- ]the[- ]art\b|(mature|advanced|appropriate|adequate|strict) (\w+ )?(standards?|measures?|technolog\w+)\b"
    r"|in a timely manner\b|in (good|due) (time|course)\b|promptly\b|shortly\b|within a reasonable\b"
    r"|without (undue |unreasonable )?delay\b|reasonabl[ey]\b|in principle\b|generally\b|usually\b|normally\b|typically\b|various\b"
    r")|尽快|尽力|尽可能|尽量|及时|适时|不时|定期|原则上|一般情况|通常|合理(?!需要|怀疑)|各种|业界领先|行业领先|世界一流|先进的|成熟的",
    re.IGNORECASE,
)


@rule(
    "W054",
    ("A promise can be measured.", "承诺可以衡量。"),
    remedy=("give a figure, or leave the promise out", "写明数字，或不作此承诺"),
)
def weasel_words(policy: Policy) -> Iterator[Fault]:
    """Find words that promise nothing."""
    for path, what in found(policy, _WEASEL, outside=("evidence",)):
        yield Fault(path, (f"'{what}' cannot be measured", f"“{what}”无法衡量"))
