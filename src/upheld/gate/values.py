# SPDX-License-Identifier: Apache-2.0
"""What the gate is given and gives: values without behaviour, safe to share between threads.

An `Ask` says what someone wants to do. `Facts` say what is known of the person and of the world; sets of topics are
integers, bit for bit as the `Topic` table numbers them. The answer is a `Permit` or a `Denial`. Instants are whole
seconds since 1970 (UTC), so that a birthday, a lapse or an effective date needs no job: the gate compares.

Nothing here carries personal data: ids in an answer are ids that the policy file declares, never text that a caller
sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from typing import Final

from upheld.terms import Act, Actor

NEVER: Final = 0
"""An instant that has passed for everyone: what is in force until `NEVER` is not in force."""
ALWAYS: Final = 2**62
"""An instant that never comes: what is in force until `ALWAYS` has no end."""


class Stop(IntFlag):
    """What can stop every act on a person; the bits are the packed row's."""

    NONE = 0
    UNKNOWN_PERSON = 1
    RESTRICTED = 2
    CANCELLED = 4
    ERASED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """What someone wants to do, and why.

    Args:
        act: the kind of processing.
        purpose: id of a function or of an entry under `purposes:` of the policy; or `right.<right>`, `tracker.<id>`.
        categories: ids of the categories touched.
        actor: who acts.
        recipient: id of who receives, for acts that hand data over.
        ground: a listed ground without consent, if the act rests on one.
        evidence: what the ground, or a look by staff, demands (`reason`, `case`, ...).
        permission: id of the device permission that the data comes through.
        foreground: False when the product gathers while it is not in use.
        destination: region the data goes to, where not the recipient's own.
        source: id of the source that the data comes from, where that is not the person.
        declared: whoever brings data about another person declared that this person agreed.
        form: the form it is handed over in (`identified`, `de_identified`, ...); None for the recipient's declared one.
    """

    act: Act
    purpose: str
    categories: tuple[str, ...] = ()
    actor: Actor = Actor.SELF
    recipient: str | None = None
    ground: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict, hash=False)
    permission: str | None = None
    foreground: bool = True
    destination: str | None = None
    form: str | None = None
    source: str | None = None
    declared: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonFacts:
    """What is known of one person; the defaults are those of nobody, whom the gate refuses.

    Args:
        revision: counts every change of this row.
        version: sequence number of the policy version that binds the person; 0 is none.
        stops: what stops every act on the person.
        held: topics that the person has granted: consents, permissions, and notices read (`told:`).
        guardian_held: topics that a verified guardian has granted for the person.
        objected: topics of purposes that the person objected to.
        lapses: (topics, instant): from then on those topics of `held` are gone.
        guardian_lapses: the same for `guardian_held`.
        adult: the person stated, or proved, to be of age; no date is kept then.
        adult_at: for a child, the instant from which the person is no child.
        guardian_until: until when a verified guardian stands for the person.
    """

    revision: int = 0
    version: int = 0
    stops: int = int(Stop.UNKNOWN_PERSON)
    held: int = 0
    guardian_held: int = 0
    objected: int = 0
    lapses: tuple[tuple[int, int], ...] = ()
    guardian_lapses: tuple[tuple[int, int], ...] = ()
    adult: bool = False
    adult_at: int | None = None
    guardian_until: int = NEVER


NOBODY: Final = PersonFacts()
"""A person of whom nothing is known; every act is refused."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientFacts:
    """What is known of one recipient.

    Args:
        papers: agreement, assessment, security test (`policy` calls them conditions) -> (from, until).
        stopped: it receives nothing, whatever its papers say.
    """

    papers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    stopped: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WorldFacts:
    """What holds for everyone: versions, recipients, and whether the service goes on.

    Args:
        revision: counts every change.
        versions: version -> (effective from, withdrawn at).
        recipients: recipient -> its papers.
        sources: source -> its papers (agreement, lawful_origin) -> (from, until).
        successor: (from, until) when whoever takes the product over is bound by the policy.
        ceased_at: the instant from which the service is no more.
    """

    revision: int = 0
    versions: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    recipients: Mapping[str, RecipientFacts] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    successor: tuple[int, int] = (NEVER, NEVER)
    ceased_at: int = ALWAYS


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a decision rests on."""

    person: PersonFacts = NOBODY
    world: WorldFacts = field(default_factory=WorldFacts)


class Duty(StrEnum):
    """What a permit asks of whoever uses it."""

    LOG = "log"
    MASK = "mask"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something to do when using a permit; `about` names a category, a form, or nothing."""

    duty: Duty
    about: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One thing in the way.

    Args:
        code: stable, snake_case; see `upheld.gate.rules`.
        control: the control whose rule this is.
        clause: the clause of the policy in the way.
        lifts: what would lift it: a verb, or a verb and a topic (`give_consent purpose:browse`); empty when nothing does.
    """

    code: str
    control: str
    clause: str
    lifts: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """No: every clause in the way, and the facts found."""

    reasons: tuple[Reason, ...]
    observed: Mapping[str, bool | str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """Yes: the clauses it rests on, what it obliges to, and the facts found.

    `observed` is computed whatever controls are in force: an inspector reads in it that a consent was missing even
    where the rule that asks for consent was taken out.
    """

    clauses: tuple[str, ...]
    obligations: tuple[Obligation, ...] = ()
    observed: Mapping[str, bool | str | int] = field(default_factory=dict)
