# SPDX-License-Identifier: Apache-2.0
"""How the terms of a policy are worded in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.policy.binding.phrases import PHRASES
from upheld.policy.binding.values import MONTHS, REGIONS, SPAN_WORDS, VALUES
from upheld.policy.model import Policy
from upheld.policy.model.base import Words, say
from upheld.policy.model.spans import Span
from upheld.terms import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """Words a policy in one language; an id that is not declared stands for itself."""

    policy: Policy
    language: Language

    def say(self, words: Words | None) -> str:
        """Give the words in this language, without their full stop."""
        return say(words, self.language).rstrip(".。")

    def phrase(self, key: str, **terms: str) -> str:
        """Fill one of the house's phrases."""
        return PHRASES[key][self.language].format(**terms)

    def listed(self, items: Iterable[str], *, last: str = "and") -> str:
        """Join items as people do."""
        every = [item for item in items if item]
        if self.language is Language.ZH_HANS:
            return "、".join(every)
        if len(every) < 2:
            return "".join(every)
        return f"{', '.join(every[:-1])} {last} {every[-1]}"

    def value(self, member: StrEnum) -> str:
        """Word an enumerated value."""
        found = VALUES.get(f"{type(member).__name__}.{member.name}")
        return found[self.language] if found else member.value.replace("_", " ")

    def values(self, members: Iterable[StrEnum], *, last: str = "and") -> str:
        """Word several."""
        return self.listed(map(self.value, members), last=last)

    def span(self, span: Span | None) -> str:
        """Word a span of time."""
        if span is None:
            return self.phrase("part.unstated")
        if self.language is Language.ZH_HANS:
            return f"{span.amount}{SPAN_WORDS[span.unit]}"
        return str(span)

    def every(self, span: Span) -> str:
        """Word an interval: every year, every 6 months."""
        if span.amount == 1 and self.language is Language.EN:
            return span.unit.value.replace("_", " ")
        return self.span(span)

    def region(self, code: str) -> str:
        """Name a region."""
        return REGIONS[code][self.language] if code in REGIONS else code.upper()

    def day(self, day: date | None) -> str:
        """Word a date."""
        if day is None:
            return self.phrase("part.unstated")
        if self.language is Language.ZH_HANS:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def categories(self, ids: Iterable[str]) -> str:
        """Name categories."""
        known = self.policy.categories
        return self.listed(_lower(self.say(known[one].label), self.language) if one in known else one for one in ids)

    def processing(self, ids: Iterable[str]) -> str:
        """Name functions and further purposes, each in quotation marks."""
        known = self.policy.processing
        return self.listed(_quoted(self.say(known[one].label) if one in known else one) for one in ids)

    def permissions(self, ids: Iterable[str]) -> str:
        """Name device permissions."""
        known = self.policy.permissions
        return self.listed(_lower(self.say(known[one].label), self.language) if one in known else one for one in ids)

    def contacts(self, ids: Iterable[str]) -> str:
        """Name contacts."""
        known = self.policy.controller.contacts if self.policy.controller else {}
        named = (_lower(self.say(known[one].label), self.language) if one in known else one for one in ids)
        return self.listed(named, last="or")

    def evidence(self, ids: Iterable[str]) -> str:
        """Name fields of evidence."""
        known = self.policy.evidence
        return self.listed(self.say(known[one]) if one in known else one for one in ids)

    def party(self, who: str) -> str:
        """Name the controller or a recipient."""
        if who == "controller" and self.policy.controller:
            return self.say(self.policy.controller.name)
        found = self.policy.recipients.get(who)
        return self.say(found.name) if found else who

    def named(self, label: Words) -> str:
        """Set the name of a function apart from the sentence around it."""
        return _quoted(self.say(label))


def _quoted(name: str) -> str:
    return f"“{name}”"


def _lower(text: str, language: Language) -> str:
    """Begin small within a sentence, unless the word is a name or an abbreviation."""
    if language is Language.ZH_HANS or len(text) < 2 or text[1].isupper() or text.split(maxsplit=1)[0] in _NAMES:
        return text
    return text[0].lower() + text[1:]


_NAMES = frozenset({"Bluetooth", "My"})
