# SPDX-License-Identifier: Apache-2.0
"""Which asks are answered otherwise under a new version, gathered into as few statements as say the same.

A statement is a box: every combination of its acts, purposes, categories, recipients and so on changes alike. So a
statement says no more and no less than the asks in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeVar

from upheld.gate.clauses import TRACKER_PREFIX
from upheld.gate.comparing.asks import Tried, is_plain, tried
from upheld.gate.comparing.needs import BANDS, OWN_WORD, Need, Pair
from upheld.gate.values import Ask
from upheld.policy.model.governance import Trigger
from upheld.terms import Act, Actor, AgeBand, Language


class Kind(StrEnum):
    """How an answer changes."""

    NEWLY_ALLOWED = "newly_allowed"
    NEWLY_REFUSED = "newly_refused"
    UNDER_LESS = "under_less"
    UNDER_MORE = "under_more"
    UNDER_OTHER = "under_other"

    @property
    def widens(self) -> bool:
        """Say whether something passes that did not pass on the same facts."""
        return self in {Kind.NEWLY_ALLOWED, Kind.UNDER_LESS, Kind.UNDER_OTHER}


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """Asks that change their answer alike.

    Args:
        kind: how.
        lost: what was needed and no longer is (`under_less`, `under_other`).
        gained: what is needed and was not (`under_more`, `under_other`).
        needs: what all of them need, under the version that allows them; for `under_...`, under the new one.
        acts, purposes, bands: what is done, for which purposes, to people of which age.
        categories: which data; empty for any, as in an ask that names none.
        recipients: who receives; None is nobody but the controller.
        forms, permissions, grounds, destinations, sources: as in `Ask`; None is the plain case.
        actors: who acts; `self` stands for anyone who is no guardian.
        foreground: False for what is gathered or handed over while the app is not in front.
        said: the statement in English and Chinese.
        clauses: ids of the clauses that it is about.
        trigger: the kind of major change it is, if any.
        cuts_rights: whether it takes something from people.
        major: whether its trigger is on the list that people were promised.
    """

    kind: Kind
    lost: frozenset[Need] = frozenset()
    gained: frozenset[Need] = frozenset()
    needs: frozenset[Need] = field(default=frozenset(), compare=False)
    acts: tuple[Act, ...]
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str | None, ...] = (None,)
    forms: tuple[str | None, ...] = (None,)
    permissions: tuple[str | None, ...] = (None,)
    grounds: tuple[str | None, ...] = (None,)
    destinations: tuple[str | None, ...] = (None,)
    sources: tuple[str | None, ...] = (None,)
    actors: tuple[Actor, ...] = (Actor.SELF,)
    foreground: bool = True
    bands: tuple[AgeBand, ...] = BANDS
    said: tuple[str, str] = ("", "")
    clauses: tuple[str, ...] = ()
    trigger: Trigger | None = None
    cuts_rights: bool = False
    major: bool = False

    @property
    def path(self) -> str:
        """Name the first clause that it is about."""
        return self.clauses[0] if self.clauses else ""

    def say(self, language: Language) -> str:
        """Say it in the reader's language."""
        return self.said[0] if language is Language.EN else self.said[1]

    @property
    def is_plain(self) -> bool:
        """Say whether nothing departs from the plain case."""
        special = (*self.forms, *self.grounds, *self.destinations)
        return not any(special) and self.foreground and Actor.GUARDIAN not in self.actors


@dataclass(frozen=True, slots=True)
class Changed:
    """One ask whose answer changes alike for people of some age bands."""

    ask: Ask
    bands: tuple[AgeBand, ...]
    kind: Kind
    lost: frozenset[Need]
    gained: frozenset[Need]
    needs: frozenset[Need]


Said = dict[tuple[Ask, AgeBand], Changed]


def changed(pair: Pair, asks: Iterable[Tried]) -> Iterator[Changed]:
    """List each ask whose answer changes, leaving out what a plainer one says already."""
    said: Said = {}
    for one in asks:
        if pair.alike(one.ask):
            continue
        changes, closed = _by_age(pair, one.ask)
        said.update({(one.ask, band): change for change in changes for band in change.bands})
        for change in changes:
            new = tuple(band for band in change.bands if not _is_said(one, change, said, band))
            if new:
                yield replace(change, bands=_for_whom(change, new, closed))


def _is_said(one: Tried, change: Changed, said: Said, band: AgeBand) -> bool:
    """Say whether the plainer ask changes just so; that something is allowed tells nothing of whom it is handed to."""
    plainer = said.get((one.plain, band)) if one.plain is not None else None
    if one.plain is None or plainer is None or plainer.kind is not change.kind:
        return False
    if change.kind in ALL_OR_NOTHING:
        return (one.plain.recipient, one.plain.source) == (one.ask.recipient, one.ask.source)
    return change.lost <= plainer.lost and change.gained <= plainer.gained


def _for_whom(change: Changed, bands: tuple[AgeBand, ...], closed: int) -> tuple[AgeBand, ...]:
    """Where everyone else is refused before and after, a statement is for whoever it is open to.

    What is allowed or refused in the plain case names its ages all the same, since they are what a reader looks for.
    """
    named = is_plain(change.ask) and change.kind in ALL_OR_NOTHING
    return BANDS if not named and len(bands) + closed == len(BANDS) else bands


def _by_age(pair: Pair, ask: Ask) -> tuple[list[Changed], int]:
    """Compare an ask for each age band; count those for which it is refused before and after."""
    found: dict[tuple[object, ...], Changed] = {}
    closed = 0
    for band in BANDS:
        was_barred, is_barred = pair.barred(pair.old, ask, band), pair.barred(pair.new, ask, band)
        closed += was_barred and is_barred
        change = _all_or_nothing(pair, ask, band, was_barred) if was_barred != is_barred else None
        if not was_barred and not is_barred:
            change = _under_other_terms(pair, ask, band)
        if change is not None:
            alike = (change.kind, change.lost, change.gained)
            known = found.setdefault(alike, change)
            bands = tuple(dict.fromkeys((*known.bands, band)))
            found[alike] = replace(known, bands=bands, needs=known.needs & change.needs)
    return list(found.values()), closed


def _all_or_nothing(pair: Pair, ask: Ask, band: AgeBand, was_barred: bool) -> Changed:
    kind = Kind.NEWLY_ALLOWED if was_barred else Kind.NEWLY_REFUSED
    needs = pair.needs(pair.new if was_barred else pair.old, ask, band)
    return Changed(ask, (band,), kind, frozenset(), frozenset(), needs)


def _under_other_terms(pair: Pair, ask: Ask, band: AgeBand) -> Changed | None:
    """Compare what an ask needs; where that is the same, whose word counts for it, and what stands in for a word."""
    before, after = pair.needs(pair.old, ask, band), pair.needs(pair.new, ask, band)
    lost, gained = before - after, after - before
    if before == after:
        lost, gained = _of_words(pair, ask, band)
    if not lost and not gained:
        return None
    kind = Kind.UNDER_OTHER if lost and gained else Kind.UNDER_LESS if lost else Kind.UNDER_MORE
    return Changed(ask, (band,), kind, lost, gained, after)


def _of_words(pair: Pair, ask: Ask, band: AgeBand) -> tuple[frozenset[Need], frozenset[Need]]:
    before, after = pair.own_word(pair.old, ask, band), pair.own_word(pair.new, ask, band)
    if before != after:
        own = frozenset({OWN_WORD})
        return own if before - after else frozenset(), own if after - before else frozenset()
    before, after = pair.unwilled(pair.old, ask, band), pair.unwilled(pair.new, ask, band)
    return before - after, after - before


ALL_OR_NOTHING: Final = frozenset({Kind.NEWLY_ALLOWED, Kind.NEWLY_REFUSED})


def decisions(pair: Pair) -> tuple[tuple[Changed, ...], tuple[Decision, ...]]:
    """Compare every ask; give each change, and the statements that gather them."""
    old, new = pair.old.policy, pair.new.policy
    assert old is not None
    assert new is not None
    each = tuple(changed(pair, tried(old, new)))
    return each, gathered(each)


# --- gathering

T = TypeVar("T")


def gathered(changes: Iterable[Changed]) -> tuple[Decision, ...]:
    """Merge what changes alike into boxes, one dimension after another.

    The order is the one that leaves the fewest statements on what one purpose touches.
    """
    boxes = [_box(change) for change in changes]
    boxes = _merged(boxes, lambda box: box.categories, lambda box, values: replace(box, categories=values))
    boxes = _merged(boxes, lambda box: box.bands, lambda box, values: replace(box, bands=values))
    boxes = _merged(boxes, lambda box: box.acts, lambda box, values: replace(box, acts=values))
    boxes = _merged(boxes, lambda box: box.recipients, lambda box, values: replace(box, recipients=values))
    boxes = _merged(boxes, lambda box: box.purposes, lambda box, values: replace(box, purposes=values))
    boxes = _merged(boxes, lambda box: box.forms, lambda box, values: replace(box, forms=values))
    boxes = _merged(boxes, lambda box: box.permissions, lambda box, values: replace(box, permissions=values))
    boxes = _merged(boxes, lambda box: box.grounds, lambda box, values: replace(box, grounds=values))
    boxes = _merged(boxes, lambda box: box.actors, lambda box, values: replace(box, actors=values))
    return tuple(sorted(boxes, key=lambda box: (_ORDER[box.kind], not box.is_plain)))


def _merged(
    boxes: list[Decision],
    read: Callable[[Decision], tuple[T, ...]],
    write: Callable[[Decision, tuple[T, ...]], Decision],
) -> list[Decision]:
    groups: dict[Decision, list[Decision]] = {}
    for box in boxes:
        groups.setdefault(write(box, ()), []).append(box)
    merged = []
    for group in groups.values():
        values = tuple(dict.fromkeys(value for box in group for value in read(box)))
        needs = frozenset.intersection(*(box.needs for box in group))
        merged.append(replace(write(group[0], values), needs=needs))
    return merged


_ORDER: Final = {kind: place for place, kind in enumerate(Kind)}


def _box(change: Changed) -> Decision:
    ask = change.ask
    return Decision(
        kind=change.kind,
        lost=_its_own(change.lost, ask),
        gained=_its_own(change.gained, ask),
        needs=_its_own(change.needs, ask),
        acts=(ask.act,),
        purposes=(ask.purpose,),
        categories=ask.categories or ("",),
        recipients=(ask.recipient,),
        forms=(ask.form,),
        permissions=(ask.permission,),
        grounds=(ask.ground,),
        destinations=(ask.destination,),
        sources=(ask.source,),
        actors=(ask.actor,),
        foreground=ask.foreground,
        bands=change.bands,
    )


def _its_own(needs: frozenset[Need], ask: Ask) -> frozenset[Need]:
    """Name what is about the ask's own purpose or recipient by a dot, so that the same of others can join it."""
    own = {name for name in (ask.purpose, ask.recipient, ask.permission, ask.source) if name}
    own |= {ask.purpose.removeprefix(TRACKER_PREFIX)}
    return frozenset(
        Need(need.code, tuple(sorted(_dotted(about, own) for about in need.about))) for need in needs
    )  # fmt: skip


def _dotted(about: str, own: set[str]) -> str:
    kind, colon, name = about.partition(":")
    if colon:
        return f"{kind}:." if name in own else about
    return "." if about in own else about
