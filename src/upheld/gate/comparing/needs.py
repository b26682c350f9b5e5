# SPDX-License-Identifier: Apache-2.0
"""What an ask needs under a version, found by asking the gate itself.

A denial names everything in the way. So the gate is asked on the barest facts there are, where all that an ask could
need is missing, and on the fullest, where only what nobody can put right is left. Both versions number their topics
alike. That one guardian's word counts for a person is seen by a third question, where only a guardian agreed to
anything. Two versions that need the same of an ask answer it the same on any facts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from upheld.gate.clauses import TRACKER_PREFIX
from upheld.gate.deciding import decide
from upheld.gate.planning import plan_of
from upheld.gate.planning_rights import STAFF_EVIDENCE
from upheld.gate.rulebook import Rulebook
from upheld.gate.rulebook import compile as compiled
from upheld.gate.topics import needed
from upheld.gate.values import ALWAYS, NEVER, Ask, Denial, Facts, PersonFacts, RecipientFacts, Stop, WorldFacts
from upheld.policy import Policy
from upheld.policy.model.recipients import Condition
from upheld.policy.model.sources import SourcePaper
from upheld.terms import AgeBand

NOW: Final = 1
"""Any instant after `NEVER`; every fact of a question is in force always or never."""
_EVERY_STOP: Final = int(Stop.UNKNOWN_PERSON | Stop.RESTRICTED | Stop.CANCELLED | Stop.ERASED)
BANDS: Final = (AgeBand.ADULT, AgeBand.CHILD, AgeBand.UNKNOWN)


_READ_BY_NAME: Final = ("processing", "categories", "recipients")
_NEVER_READ: Final = frozenset(
    {
        *("upheld", "policy", "version", "updated", "effective", "languages", "laws", "title", "summary"),
        *("regulators", "scope", "glossary", "evidence", "storage", "changes", "incidents", "cessation"),
        *("duties", "commitments"),
    }
)
"""Sections of the file that no decision rests on."""
_OF_ALL: Final[Mapping[str, Callable[[Policy], object]]] = {
    "controller": lambda policy: policy.controller and policy.controller.region,
    "rights": lambda policy: policy.rights and set(policy.rights.requests),
    "succession": lambda policy: policy.succession is None,
    "children": lambda policy: (
        policy.children
        and (set(policy.children.before_guardian), policy.children.guardian and set(policy.children.guardian.may))
    ),
}
"""What any ask may read of a section of which it does not read everything; grounds are read by their names alone."""


class Need(NamedTuple):
    """One thing that must be so: the code of the reason given without it, and the topics, papers or fields it is about.

    Of several topics one is enough; of several fields of evidence all are needed.
    """

    code: str
    about: tuple[str, ...] = ()


OWN_WORD: Final = Need("own_word")
"""The person alone can agree, a guardian cannot."""


class Pair:
    """Two versions, compiled so that the same facts can be put to both."""

    def __init__(self, old: Policy, new: Policy) -> None:
        """Number the topics of both, and make the facts to ask on."""
        names = dict.fromkeys((*needed(old), *needed(new)))
        bits = {name: bit for bit, name in enumerate(names)}
        self.old, self.new = (compiled(policy, topics=bits) for policy in (old, new))
        self.all_topics = (1 << len(bits)) - 1
        self.fields = {name: "x" for policy in (old, new) for name in (*_fields(policy), *STAFF_EVIDENCE)}
        self.recipients = tuple(dict.fromkeys((*old.recipients, *new.recipients)))
        self.sources = tuple(dict.fromkeys((*old.sources, *new.sources)))
        self._barest = {band: self._bare(band) for band in BANDS}
        self._fullest = {
            (book.version, band): self._full(book, band) for book in (self.old, self.new) for band in BANDS
        }
        self.changed = _changed(old, new)
        self.all_may_differ = _all_may_differ(old, new)

    def alike(self, ask: Ask) -> bool:
        """Say whether both versions must answer an ask alike: what it names did not change, or is planned alike."""
        if not self.all_may_differ and not self._names_changed(ask):
            return True
        before, after = (
            plan_of(book.policy, ask, bits=book.bits, enforced=book.enforced) for book in (self.old, self.new)
        )
        return before == after

    def _names_changed(self, ask: Ask) -> bool:
        if ask.purpose.startswith(TRACKER_PREFIX):
            return True  # a tracker's plan reads its party, which the ask does not name
        named = {("processing", ask.purpose), ("recipients", ask.recipient or ""), ("grounds", ask.ground or "")}
        return not self.changed.isdisjoint(named | {("categories", name) for name in ask.categories})

    def barred(self, book: Rulebook, ask: Ask, band: AgeBand) -> bool:
        """Say whether an ask never passes for people of an age band, whatever they or others do."""
        return bool(_missing(book, self._fullest[book.version, band], self._complete(ask)))

    def needs(self, book: Rulebook, ask: Ask, band: AgeBand) -> frozenset[Need]:
        """Name everything that must be so for an ask to pass, where it is not barred."""
        return _missing(book, self._barest[band], replace(ask, evidence={}))

    def own_word(self, book: Rulebook, ask: Ask, band: AgeBand) -> frozenset[Need]:
        """Name what is missing where only a guardian agreed to anything."""
        return _missing(book, self._agreed(book, band, by_guardian=True), self._complete(ask))

    def unwilled(self, book: Rulebook, ask: Ask, band: AgeBand) -> frozenset[Need]:
        """Name what is missing where nobody agreed to anything, and all else is as it should be."""
        return _missing(book, self._agreed(book, band, by_guardian=False), self._complete(ask))

    def _complete(self, ask: Ask) -> Ask:
        return replace(ask, evidence=self.fields, declared=True)

    def _bare(self, band: AgeBand) -> Facts:
        person = PersonFacts(version=0, stops=_EVERY_STOP, objected=self.all_topics)
        recipients = {name: RecipientFacts(stopped=True) for name in self.recipients}
        return Facts(_aged(person, band), WorldFacts(recipients=recipients, ceased_at=NEVER))

    def _full(self, book: Rulebook, band: AgeBand) -> Facts:
        given, always = self.all_topics, (NEVER, ALWAYS)
        person = PersonFacts(version=book.version, stops=0, held=given, guardian_held=given, guardian_until=ALWAYS)
        world = WorldFacts(
            versions={book.version: always},
            recipients={
                name: RecipientFacts(papers={one.value: always for one in Condition}) for name in self.recipients
            },
            sources={name: {one.value: always for one in SourcePaper} for name in self.sources},
            successor=always,
        )
        return Facts(_aged(person, band), world)

    def _agreed(self, book: Rulebook, band: AgeBand, *, by_guardian: bool) -> Facts:
        full = self._fullest[book.version, band]
        given = self.all_topics if by_guardian else 0
        return Facts(replace(full.person, held=0, guardian_held=given), full.world)


def _changed(old: Policy, new: Policy) -> frozenset[tuple[str, str]]:
    """Name what changed in the sections of which an ask reads only the entries that it names."""
    found = set(_differing("grounds", _grounds(old), _grounds(new)))
    for section in _READ_BY_NAME:
        found.update(_differing(section, getattr(old, section), getattr(new, section)))
    return frozenset(found)


def _differing(section: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterable[tuple[str, str]]:
    return ((section, name) for name in {*before, *after} if before.get(name) != after.get(name))


def _grounds(policy: Policy) -> Mapping[str, object]:
    """Give, for each name of a ground, every ground that it names: of each operation, and of children."""
    lists = [*policy.grounds, ("children", policy.children.grounds if policy.children is not None else {})]
    return {
        name: [(operation, listed[name].evidence) for operation, listed in lists if name in listed]
        for _, entries in lists
        for name in entries
    }


def _all_may_differ(old: Policy, new: Policy) -> bool:
    """Say whether anything changed that any ask may read; a section not named here is taken to be read by all."""
    apart = _NEVER_READ | set(_READ_BY_NAME) | {"functions", "purposes", "trackers", "grounds"}
    return any(
        _read(old, name) != _read(new, name) for name in type(old).model_fields if name not in apart
    )  # fmt: skip


def _read(policy: Policy, section: str) -> object:
    read = _OF_ALL.get(section)
    return read(policy) if read is not None else getattr(policy, section)


def _aged(person: PersonFacts, band: AgeBand) -> PersonFacts:
    match band:
        case AgeBand.ADULT:
            return replace(person, adult=True)
        case AgeBand.CHILD:
            return replace(person, adult_at=ALWAYS)
        case AgeBand.UNKNOWN:
            return person


def _missing(book: Rulebook, facts: Facts, ask: Ask) -> frozenset[Need]:
    answer = decide(book, facts, ask, NOW)
    return frozenset(_need(r.code, r.lifts) for r in answer.reasons) if isinstance(answer, Denial) else frozenset()


def _need(code: str, lifts: str) -> Need:
    return Need(code, tuple(sorted(word for word in lifts.split()[1:] if word != "or")))


def _fields(policy: Policy) -> Iterable[str]:
    grounds = [ground for _, listed in policy.grounds for ground in listed.values()]
    grounds += policy.children.grounds.values() if policy.children is not None else []
    passages = policy.residency.abroad.values() if policy.residency is not None else ()
    for case in (*grounds, *passages, *policy.publication.values()):
        yield from case.evidence
