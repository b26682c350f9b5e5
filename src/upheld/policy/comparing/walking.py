# SPDX-License-Identifier: Apache-2.0
"""Walk two versions side by side, field by field, and say each difference in words.

Every field of the format is looked at, also one that was added to it yesterday: what a difference means to people is
on the page `weighing`, how it is called on the page `words`. Order means nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from upheld.policy.binding.values import VALUES
from upheld.policy.binding.wording import Wording
from upheld.policy.comparing import words
from upheld.policy.comparing.change import Change, Direction, Pair
from upheld.policy.comparing.weighing import WHOLE, Weighing, weighing
from upheld.policy.model import Policy
from upheld.policy.model.base import Part, Words, hyphened, say
from upheld.policy.model.governance import Trigger
from upheld.policy.model.spans import Span
from upheld.terms import Language

_UNSAID: Final = frozenset({"upheld", "policy", "version", "updated", "effective"})
"""What every version has anew."""
_QUOTED: Final = frozenset({"name", "label", "purpose"})
"""Words that are shown from and to; of others it is said that they changed."""

_AS_WRITTEN: Final = frozenset({"address", "registration", "link", "package", "dpv", "source", "laws", "controls"})
"""Text of the author's, which is shown as it is."""

_Namer = Callable[[Wording, Iterable[str]], str]
_NAMERS: Final[Mapping[str, _Namer]] = {
    **dict.fromkeys(("collects", "uses", "receives", "off_by_default", "gives", "of"), Wording.categories),
    **dict.fromkeys(("purposes", "functions", "scenes"), Wording.processing),
    **dict.fromkeys(("permissions",), Wording.permissions),
    **dict.fromkeys(("channels", "officer", "owner", "contact", "channel"), Wording.contacts),
    **dict.fromkeys(("evidence",), Wording.evidence),
    **dict.fromkeys(("party", "decided_by"), lambda wording, ids: wording.listed(map(wording.party, ids))),
    **dict.fromkeys(("region",), lambda wording, ids: wording.listed(map(wording.region, ids))),
}
"""What the ids of a field name."""


class Walk:
    """One walk through two versions."""

    def __init__(self, old: Policy, new: Policy) -> None:
        """Hold both, in both languages."""
        self.old, self.new = old, new
        self._before = (Wording(old, Language.EN), Wording(old, Language.ZH_HANS))
        self._after = (Wording(new, Language.EN), Wording(new, Language.ZH_HANS))

    def changes(self) -> Iterator[Change]:
        """List every difference, in the order of the file."""
        yield from self._part("", words.POLICY, self.old, self.new)

    def _part(self, path: str, what: Pair, before: Part, after: Part) -> Iterator[Change]:
        for name in type(before).model_fields:
            had, has = getattr(before, name), getattr(after, name)
            if had != has and not (path == "" and name in _UNSAID):
                where = f"{path}.{hyphened(name)}".lstrip(".")
                yield from self._field(where, what, name, weighing(type(before), name), had, has)

    def _field(self, where: str, what: Pair, name: str, meant: Weighing, had: object, has: object) -> Iterator[Change]:
        if isinstance(had, Part) or isinstance(has, Part):
            yield from self._section(where, meant, had, has)
        elif _is_entries(had) or _is_entries(has):
            yield from self._entries(where, meant, _entries(had), _entries(has))
        elif _is_words(had) or _is_words(has):
            yield self._worded(where, what, name, meant, had, has)
        elif isinstance(had, Mapping | tuple) and isinstance(has, Mapping | tuple):
            yield from self._listed(where, what, name, meant, had, has)
        else:
            shown = self._shown(name, had, self._before), self._shown(name, has, self._after)
            said = _said(words.FIELD, what=what, key=_key(name), before=shown[0], after=shown[1])
            yield _change(where, said, meant, cuts=meant.cuts(had, has))

    # --- sections and entries

    def _section(self, where: str, meant: Weighing, had: object, has: object) -> Iterator[Change]:
        what = words.SECTIONS.get(where, (where, where))
        if isinstance(had, Part) and isinstance(has, Part):
            yield from self._part(where, what, had, has)
        elif has is None:
            cuts = where in WHOLE or meant.cuts(had, has)
            trigger = Trigger.RIGHTS if cuts else meant.trigger
            said = _said(words.REMOVED, what=what)
            yield Change(path=where, direction=Direction.REMOVED, said=said, trigger=trigger, cuts_rights=cuts)
        else:
            said, cuts = _said(words.ADDED, what=what), meant.cuts(had, has)
            yield Change(path=where, direction=Direction.ADDED, said=said, trigger=meant.trigger, cuts_rights=cuts)

    def _entries(
        self, where: str, meant: Weighing, had: Mapping[str, Part], has: Mapping[str, Part]
    ) -> Iterator[Change]:
        for name in dict.fromkeys((*had, *has)):
            path = f"{where}.{hyphened(name)}"
            what = self._named(where, name, has.get(name) or had[name])
            if name not in had:
                said = _said(words.ADDED, what=what)
                yield _change(path, said, meant, Direction.ADDED, cuts=meant.gain_cuts(had))
            elif name not in has:
                said, cuts = _said(words.REMOVED, what=what), meant.loss_cuts(has)
                trigger = Trigger.RIGHTS if cuts else meant.loses or meant.trigger
                yield Change(path=path, direction=Direction.REMOVED, said=said, trigger=trigger, cuts_rights=cuts)
            else:
                yield from self._part(path, what, had[name], has[name])

    def _named(self, where: str, name: str, entry: Part) -> Pair:
        given: Words | None = getattr(entry, "label", None) or getattr(entry, "name", None)
        called = tuple(f"“{wording.say(given) or hyphened(name)}”" for wording in self._after)
        last = where.rpartition(".")[2]
        section = words.SECTIONS.get(where) or words.SECTIONS.get(last) or (where + " {name}", where + "{name}")
        return section[0].format(name=called[0]), section[1].format(name=called[1])

    # --- lists, words and values

    def _listed(
        self,
        where: str,
        what: Pair,
        name: str,
        meant: Weighing,
        had: Mapping[str, object] | tuple[object, ...],
        has: Mapping[str, object] | tuple[object, ...],
    ) -> Iterator[Change]:
        key = _key(name)
        for gained in [one for one in has if one not in had]:
            said = _said(words.GAINS, what=what, key=key, thing=self._item(name, gained, has, self._after))
            yield _change(where, said, meant, Direction.ADDED, cuts=meant.gain_cuts(had))
        for lost in [one for one in had if one not in has]:
            said = _said(words.LOSES, what=what, key=key, thing=self._item(name, lost, had, self._before))
            cuts = meant.loss_cuts(has)
            trigger = meant.trigger or Trigger.RIGHTS if cuts else meant.loses
            yield Change(path=where, direction=Direction.REMOVED, said=said, trigger=trigger, cuts_rights=cuts)
        if isinstance(had, Mapping) and isinstance(has, Mapping):
            for one in [one for one in has if one in had and had[one] != has[one]]:
                yield self._element(where, what, name, meant, one, had, has)

    def _element(
        self,
        where: str,
        what: Pair,
        name: str,
        meant: Weighing,
        one: str,
        had: Mapping[str, object],
        has: Mapping[str, object],
    ) -> Change:
        """Say how the value of one element of a list changed; other words for it mean nothing."""
        thing = self._item(name, one, {}, self._after)
        if _is_words(had[one]):
            return _change(where, _said(words.WORDED, what=what, key=thing), Weighing())
        before, after = (self._shown("", found[one], side) for found, side in ((had, self._before), (has, self._after)))
        return _change(where, _said(words.FIELD, what=what, key=thing, before=before, after=after), meant)

    def _item(
        self, name: str, one: object, found: Mapping[str, object] | tuple[object, ...], wordings: tuple[Wording, ...]
    ) -> Pair:
        """Name an element of a list: by its words where it has them, else by what its id names."""
        given = found.get(one) if isinstance(found, Mapping) and isinstance(one, str) else None
        if isinstance(given, Mapping):
            return say(given, Language.EN), say(given, Language.ZH_HANS)
        return self._shown(name, one, wordings)

    def _worded(self, where: str, what: Pair, name: str, meant: Weighing, had: object, has: object) -> Change:
        texts = [tuple(say(_words(found), language) for language in Language) for found in (had, has)]
        if name in _QUOTED and all(map(str.__ne__, *texts)):
            en, zh = list(Language).index(Language.EN), list(Language).index(Language.ZH_HANS)
            before, after = ((f"“{text[en]}”", f"“{text[zh]}”") for text in texts)
            return _change(where, _said(words.FIELD, what=what, key=_key(name), before=before, after=after), meant)
        return _change(where, _said(words.WORDED, what=what, key=_key(name)), meant)

    def _shown(self, name: str, value: object, wordings: tuple[Wording, ...]) -> Pair:
        if value is None:
            return words.NOT_STATED
        if isinstance(value, bool):
            return words.YES if value else words.NO
        if isinstance(value, str) and name not in _NAMERS and name not in _AS_WRITTEN:
            is_worded = isinstance(value, StrEnum) and f"{type(value).__name__}.{value.name}" in VALUES
            if not is_worded and value in words.VALUES:
                return words.VALUES[value]
        en, zh = (_worded_value(wording, name, value) for wording in wordings)
        return en, zh


def _worded_value(wording: Wording, name: str, value: object) -> str:
    if isinstance(value, StrEnum):
        return wording.value(value)
    if isinstance(value, Span):
        return wording.span(value)
    if isinstance(value, date):
        return wording.day(value)
    if isinstance(value, str):
        namer = _NAMERS.get(name)
        return namer(wording, (value,)) if namer else value if name in _AS_WRITTEN else hyphened(value)
    return str(value)


def _is_entries(value: object) -> bool:
    return isinstance(value, Mapping) and any(isinstance(one, Part) for one in value.values())


def _entries(value: object) -> Mapping[str, Part]:
    return value if isinstance(value, Mapping) else {}


def _is_words(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(key, Language) for key in value)


def _words(value: object) -> Words | None:
    return value if isinstance(value, Mapping) else None


def _key(name: str) -> Pair:
    spelt = hyphened(name)
    return words.KEYS.get(spelt, (spelt, spelt))


def _said(sentence: Pair, **terms: Pair) -> Pair:
    """Fill a sentence in both languages; English ones begin with a capital."""
    en = sentence[0].format(**{key: term[0] for key, term in terms.items()})
    zh = sentence[1].format(**{key: term[1] for key, term in terms.items()})
    return en[:1].upper() + en[1:], zh


def _change(
    path: str, said: Pair, meant: Weighing, direction: Direction = Direction.CHANGED, *, cuts: bool = False
) -> Change:
    trigger = (meant.trigger or Trigger.RIGHTS) if cuts else meant.trigger
    return Change(path=path, direction=direction, said=said, trigger=trigger, cuts_rights=cuts)
