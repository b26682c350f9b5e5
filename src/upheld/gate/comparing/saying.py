# SPDX-License-Identifier: Apache-2.0
"""Say a decision that changes as a sentence, with the names that the policy gives to what it is about."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from upheld.gate import clauses
from upheld.gate.clauses import RIGHT_PREFIX, TRACKER_PREFIX
from upheld.gate.comparing import words
from upheld.gate.comparing.asks import ELSEWHERE
from upheld.gate.comparing.decisions import Decision, Kind
from upheld.gate.comparing.needs import BANDS, Need
from upheld.gate.comparing.words import Pair
from upheld.policy import Policy
from upheld.policy.binding.wording import Wording
from upheld.policy.comparing.words import VALUES
from upheld.policy.model.base import Words, say
from upheld.policy.model.recipients import Form
from upheld.terms import Act, Actor, Language, Right

Namer = Callable[[str], str]


class HasLabel(Protocol):
    """Anything of a policy that has a label."""

    @property
    def label(self) -> Words:
        """Give it."""


_ALWAYS_NEEDED: Final = frozenset(
    {
        *("person_unknown", "person_restricted", "person_cancelled", "person_erased", "version_other"),
        *("version_not_in_force", "service_ceased", "objected", "recipient_stopped"),
    }
)
"""What nearly every act needs, so that a sentence on something new does not list it."""


@dataclass(frozen=True, slots=True)
class Sayer:
    """Says decisions in one language, with the names of both versions."""

    old: Policy
    new: Policy
    language: Language

    def sentence(self, decision: Decision) -> str:
        """Say one statement."""
        needed = [need for need in sorted(decision.needs) if need.code not in _ALWAYS_NEEDED]
        takes = self._pick(words.TAKES).format(needs=self._needs(needed)) if needed else ""
        said = self._pick(words.HEADS[decision.kind]).format(
            doing=self._doing(decision),
            lost=self._needs(sorted(decision.lost)),
            gained=self._needs(sorted(decision.gained)),
            takes=takes if decision.kind is Kind.NEWLY_ALLOWED else "",
        )
        return said[:1].upper() + said[1:]

    # --- what is done

    def _doing(self, decision: Decision) -> str:
        purposes = decision.purposes
        phrase = words.DOING
        if all(name.startswith(RIGHT_PREFIX) for name in purposes):
            phrase = words.RIGHTS
        elif all(name.startswith(TRACKER_PREFIX) for name in purposes):
            phrase = words.TRACKERS
        how = "".join(self._how(decision))
        return self._pick(phrase).format(
            acts=self._listed(map(self._act, decision.acts)),
            things=self._things(decision.categories),
            purposes=self._purposes(purposes),
            how=how.removeprefix("，") if phrase is not words.DOING else how,
        )

    def _act(self, act: Act) -> str:
        return self._pick(VALUES[act.value])

    def _things(self, categories: tuple[str, ...]) -> str:
        named = [self._name(name, "categories") for name in categories if name]
        return self._listed(named) if named else self._pick(words.ANYTHING)

    def _purposes(self, purposes: tuple[str, ...]) -> str:
        if len(purposes) > 1 and set(purposes) >= set(self.new.processing):
            return self._pick(words.EVERY_PURPOSE)
        return self._listed(map(self._purpose, purposes))

    def _purpose(self, name: str) -> str:
        if name.startswith(RIGHT_PREFIX):
            right = name.removeprefix(RIGHT_PREFIX)
            return self._pick(words.RIGHT).format(name=self._right(right))
        if name.startswith(TRACKER_PREFIX):
            return self._pick(words.TRACKER).format(name=self._name(name.removeprefix(TRACKER_PREFIX), "trackers"))
        return f"“{self._name(name, 'processing')}”"

    def _right(self, name: str) -> str:
        for policy in (self.new, self.old):
            if policy.rights is not None and name in policy.rights.requests:
                return say(policy.rights.requests[Right(name)].label, self.language)
        return name

    def _how(self, decision: Decision) -> Iterator[str]:
        yield from self._of_list(words.TO, "recipients", decision.recipients, self._recipient)
        yield from self._of_list(words.FROM_SOURCE, "source", decision.sources, lambda one: self._name(one, "sources"))
        forms = decision.forms
        yield from self._of_list(words.IN_FORM, "form", forms, lambda one: self._wording.value(Form(one)))
        abroad = any(decision.destinations)
        phrase = words.IN_CASE if abroad else words.ON_GROUND
        yield from self._of_list(phrase, "ground", decision.grounds, lambda one: self._ground(decision, one))
        if Act.PERMISSION in decision.acts or decision.permissions != (None,):
            yield from self._of_list(
                words.THROUGH, "permission", decision.permissions, lambda one: f"“{self._name(one, 'permissions')}”"
            )
        yield from self._of_list(words.DESTINED, "place", decision.destinations, self._place)
        if not decision.foreground:
            yield self._pick(words.UNSEEN)
        if decision.actors == (Actor.GUARDIAN,):
            yield self._pick(words.BY_GUARDIAN)
        elif decision.actors == (Actor.SERVICE,):
            yield self._pick(words.BY_SERVICE)
        if set(decision.bands) != set(BANDS):
            who = self._listed(self._pick(words.BANDS[band]) for band in decision.bands)
            yield self._pick(words.OF).format(who=who)

    def _of_list(self, phrase: Pair, key: str, values: Iterable[str | None], name: Namer) -> Iterator[str]:
        named = [name(value) for value in values if value is not None]
        if named:
            yield self._pick(phrase).format(**{key: self._listed(named, last=self._pick(words.OR))})

    def _recipient(self, name: str) -> str:
        if name == clauses.SUCCESSOR and name not in {*self.old.recipients, *self.new.recipients}:
            return self._pick(words.SUCCESSOR)
        return self._name(name, "recipients")

    def _place(self, place: str) -> str:
        return self._pick(words.ABROAD) if place == ELSEWHERE else self._wording.region(place)

    def _ground(self, decision: Decision, name: str) -> str:
        for policy in (self.new, self.old):
            found = ground_of(decision, name, policy)
            if found is not None:
                return say(found[1], self.language)
        return name

    # --- what it needs

    def _needs(self, needs: Iterable[Need]) -> str:
        return self._listed(map(self._need, needs))

    def _need(self, need: Need) -> str:
        said = words.NEEDS.get(need.code)
        if said is None:
            return need.code.replace("_", " ")
        last = self._pick(words.AND if need.code == "evidence_missing" else words.OR)
        return self._pick(said).format(about=self._listed(map(self._about, need.about), last=last))

    def _about(self, about: str) -> str:
        kind, colon, name = about.partition(":")
        if not colon:
            for policy in (self.new, self.old):
                if about in policy.evidence:
                    return say(policy.evidence[about], self.language)
            return about
        if name == ".":
            return self._pick(words.IT)
        return f"“{self._name(name, _SECTIONS.get(kind, 'processing'))}”"

    # --- names

    def _name(self, name: str, section: str) -> str:
        for policy in (self.new, self.old):
            entry = getattr(policy, section).get(name)
            if entry is not None:
                return say(getattr(entry, "label", None) or entry.name, self.language)
        return name

    def _listed(self, items: Iterable[str], *, last: str = "") -> str:
        return self._wording.listed(items, last=last or self._pick(words.AND))

    @property
    def _wording(self) -> Wording:
        return Wording(self.new, self.language)

    def _pick(self, pair: Pair) -> str:
        return pair[0] if self.language is Language.EN else pair[1]


_SECTIONS: Final = {
    "permission": "permissions", "share": "recipients", "share-more": "recipients", "abroad": "recipients",
    "tracker": "trackers", "source": "sources",
}  # fmt: skip
"""Which section a kind of topic names an entry of; every other kind is about a purpose."""


def ground_of(decision: Decision, name: str, policy: Policy) -> tuple[str, Words] | None:
    """Find what a name of a ground stands for in a decision: its clause and its label."""
    act, section = decision.acts[0], clauses.ground(decision.acts[0], None)
    lists: list[tuple[str, Mapping[str, HasLabel]]] = [(section, clauses.grounds_for(policy, act))]
    if act is Act.PUBLISH:
        lists.append(("publication", policy.publication))
    if any(decision.destinations) and policy.residency is not None:
        lists.append(("residency.abroad", policy.residency.abroad))
    if policy.children is not None:
        lists.append(("children.grounds", policy.children.grounds))
    return next(((f"{where}.{name}", listed[name].label) for where, listed in lists if name in listed), None)


def clauses_of(decision: Decision, policy: Policy) -> tuple[str, ...]:
    """Name the clauses that a decision is about: of whom data goes to or comes from, of its grounds, of its purposes."""
    named = [f"recipients.{name}" for name in decision.recipients if name in policy.recipients]
    named += [f"sources.{name}" for name in decision.sources if name]
    grounds = [ground_of(decision, name, policy) for name in decision.grounds if name]
    named += [found[0] for found in grounds if found is not None]
    named += [_clause(name, policy) for name in decision.purposes]
    return tuple(dict.fromkeys(named))


def _clause(purpose: str, policy: Policy) -> str:
    if purpose.startswith(RIGHT_PREFIX):
        return clauses.right(Right(purpose.removeprefix(RIGHT_PREFIX)))
    if purpose.startswith(TRACKER_PREFIX):
        return clauses.tracker(purpose.removeprefix(TRACKER_PREFIX))
    return clauses.purpose(purpose, policy)
