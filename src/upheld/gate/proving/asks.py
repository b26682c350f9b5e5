# SPDX-License-Identifier: Apache-2.0
"""Asks that a policy's declarations make: what can be named, combined, and what names something undeclared.

Not every combination of everything: what a purpose, an act and its data mean does not depend on a recipient that takes
no part, nor on a permission of another function. Each family below is a full product of the declarations that bear on
one another; `drawn` mixes all of them at random.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from random import Random
from typing import Final

from upheld.gate.reference_names import HANDING_OVER
from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.recipients import Form
from upheld.terms import Act, Actor

UNKNOWN: Final = "undeclared"
"""An id that a trial puts where nothing of that name is declared; see `unknown`."""
_EVERYONES: Final = (Act.KEEP, Act.STAFF_OPEN, Act.PUBLISH, Act.USE, Act.COLLECT, Act.INFER)


@dataclass(frozen=True, slots=True)
class Declared:
    """What asks can name under a policy.

    Args:
        policy: the policy.
        evidence: every field that it can demand, filled.
        purposes: purpose -> the categories it touches.
        nothing: an id that names nothing in the policy.
    """

    policy: Policy
    evidence: Mapping[str, str] = field(init=False)
    purposes: Mapping[str, tuple[str, ...]] = field(init=False)
    nothing: str = field(init=False)
    elsewhere: str = field(init=False)

    def __post_init__(self) -> None:
        """Gather them once."""
        policy = self.policy
        rights = policy.rights.requests if policy.rights is not None else {}
        purposes = {name: one.categories for name, one in policy.processing.items()}
        purposes |= {f"right.{right.value}": tuple(policy.categories) for right in rights}
        purposes |= {f"tracker.{name}": one.collects for name, one in policy.trackers.items()}
        home = policy.residency.region if policy.residency is not None else ""
        object.__setattr__(self, "evidence", dict.fromkeys((*policy.evidence, "reason", "case"), "x"))
        object.__setattr__(self, "purposes", purposes)
        object.__setattr__(self, "nothing", _unused(policy))
        object.__setattr__(self, "elsewhere", "us" if home != "us" else "cn")

    def acts(self, purpose: str) -> tuple[Act, ...]:
        """Return what may be tried of a purpose: what it declares, and what any purpose may involve."""
        if purpose.startswith("tracker."):
            return Act.SET_TRACKER, Act.USE, Act.KEEP
        processing = self.policy.processing.get(purpose)
        own = processing.acts if processing is not None else ()
        return tuple(dict.fromkeys((*own, *_EVERYONES)))

    def sets(self, purpose: str) -> Iterator[tuple[str, ...]]:
        """Yield nothing, each category of a purpose, all of them, and one that it does not touch."""
        own = self.purposes[purpose]
        yield ()
        yield from ((name,) for name in own)
        if len(own) > 1:
            yield own
        yield from ((name,) for name in [n for n in self.policy.categories if n not in own][:1])

    def grounds(self) -> tuple[str, ...]:
        """Return every ground and case that can be cited anywhere."""
        policy, lists = self.policy, self.policy.grounds
        children = policy.children.grounds if policy.children is not None else {}
        abroad = policy.residency.abroad if policy.residency is not None else {}
        operations = (lists.collect, lists.use, lists.share, lists.transfer, lists.publish)
        return tuple(dict.fromkeys((*(n for one in operations for n in one), *children, *policy.publication, *abroad)))


def declared(this: Declared) -> Iterator[Ask]:
    """Yield asks that name declared things alone, some of them twice."""
    for purpose in this.purposes:
        yield from _of_a_purpose(this, purpose)
        yield from _on_a_ground(this, purpose)
        yield from _through_a_permission(this, purpose)
    for source in this.policy.sources:
        yield from _from_a_source(this, source)
    for recipient in this.policy.recipients:
        yield from _to_a_recipient(this, recipient)


def _of_a_purpose(this: Declared, purpose: str) -> Iterator[Ask]:
    whole = this.purposes[purpose]
    for act in Act:
        yield Ask(act=act, purpose=purpose, categories=whole, evidence=this.evidence, declared=True)
    for act in this.acts(purpose):
        ask = Ask(act=act, purpose=purpose, categories=whole, evidence=this.evidence, declared=True)
        for categories in this.sets(purpose):
            yield replace(ask, categories=categories)
            yield replace(ask, categories=categories, declared=False)
        for actor in Actor:
            yield from (replace(ask, actor=actor, foreground=foreground) for foreground in (True, False))
            yield from (replace(ask, actor=actor, destination=place) for place in (this.elsewhere, this.nothing))
    ask = Ask(act=Act.STAFF_OPEN, purpose=purpose, categories=whole, actor=Actor.STAFF, evidence={"reason": "x"})
    yield ask
    ask = Ask(act=Act.TRANSFER, purpose=purpose, categories=whole, recipient="successor", evidence=this.evidence)
    yield from (replace(ask, actor=actor) for actor in Actor)
    yield from (replace(ask, ground=ground) for ground in this.policy.grounds.transfer)


def _on_a_ground(this: Declared, purpose: str) -> Iterator[Ask]:
    if purpose.startswith("right."):
        return
    for act in dict.fromkeys((*this.acts(purpose), Act.SHARE, Act.TRANSFER)):
        ask = Ask(act=act, purpose=purpose, categories=this.purposes[purpose], evidence=this.evidence)
        for ground in this.grounds():
            yield replace(ask, ground=ground)
            yield replace(ask, ground=ground, actor=Actor.GUARDIAN)
            yield replace(ask, ground=ground, evidence={})
        for ground in this.policy.residency.abroad if this.policy.residency is not None else ():
            yield from (replace(ask, ground=ground, destination=this.elsewhere, actor=actor) for actor in Actor)
            yield replace(ask, ground=ground, destination=this.elsewhere, evidence={})


def _from_a_source(this: Declared, name: str) -> Iterator[Ask]:
    source = this.policy.sources[name]
    others = [purpose for purpose in this.policy.processing if purpose not in source.purposes][:2]
    for purpose in (*source.purposes, *others):
        for act in (Act.COLLECT, Act.INFER, Act.USE):
            ask = Ask(act=act, purpose=purpose, categories=source.gives, source=name, evidence=this.evidence)
            yield from (replace(ask, actor=actor) for actor in Actor)
            yield from (
                replace(ask, categories=(category,)) for category in (*source.gives, *this.policy.categories)[:9]
            )
            yield from (replace(ask, ground=ground) for ground in this.grounds())


def _through_a_permission(this: Declared, purpose: str) -> Iterator[Ask]:
    function = this.policy.functions.get(purpose)
    if function is None:
        return
    for name in this.policy.permissions:
        for act in (Act.PERMISSION, Act.COLLECT):
            for foreground in (True, False):
                yield Ask(
                    act=act,
                    purpose=purpose,
                    categories=tuple(function.collects) if act is Act.COLLECT else (),
                    permission=name,
                    foreground=foreground,
                    evidence=this.evidence,
                )


def _to_a_recipient(this: Declared, name: str) -> Iterator[Ask]:
    to = this.policy.recipients[name]
    others = [purpose for purpose in this.policy.processing if purpose not in to.purposes][:2]
    grounds = (*this.policy.grounds.share, *this.policy.grounds.transfer)
    for act in (Act.SHARE, Act.ENTRUST, Act.TRANSFER, Act.SEND_ABROAD):
        for purpose in (*to.purposes, *others):
            ask = Ask(act=act, purpose=purpose, categories=to.receives, recipient=name, evidence=this.evidence)
            yield from (replace(ask, actor=actor) for actor in Actor)
            yield from (
                replace(ask, categories=(category,)) for category in (*to.receives, *this.policy.categories)[:12]
            )
            yield from (replace(ask, form=form.value) for form in Form)
            yield from (replace(ask, destination=place) for place in (this.elsewhere, to.region))
            yield replace(ask, foreground=False)
        for purpose in to.purposes[:3]:
            ask = Ask(act=act, purpose=purpose, categories=to.receives, recipient=name, evidence=this.evidence)
            yield from (replace(ask, ground=ground) for ground in dict.fromkeys(grounds))
    for act, purpose in product((Act.USE, Act.COLLECT, Act.KEEP, Act.STAFF_OPEN), to.purposes):
        ask = Ask(act=act, purpose=purpose, recipient=name, evidence=this.evidence)
        whole = this.purposes.get(purpose, ())
        yield from (replace(ask, categories=categories) for categories in ((), to.receives, whole))


def unknown(this: Declared) -> Iterator[Ask]:
    """Yield asks that name something undeclared, as a purpose, category, tracker, recipient, source, permission, ground or form."""
    nothing = this.nothing
    for purpose, whole in this.purposes.items():
        for act in Act:
            ask = Ask(act=act, purpose=purpose, categories=whole[:1], evidence=this.evidence)
            yield replace(ask, purpose=nothing)
            yield replace(ask, purpose=f"right.{nothing}")
            yield replace(ask, categories=(*whole[:1], nothing))
            yield replace(ask, purpose=f"tracker.{nothing}")
            yield replace(ask, recipient=nothing)
            yield replace(ask, source=nothing)
            yield replace(ask, permission=nothing)
            yield replace(ask, ground=nothing)
            if act.value in HANDING_OVER:
                yield from (replace(ask, recipient=name, form=nothing) for name in this.policy.recipients)


def drawn(this: Declared, generator: Random) -> Ask:
    """Draw an ask from everything that can be named, likely enough to be permitted."""
    policy = this.policy
    purpose = generator.choice((*this.purposes, *policy.processing))
    recipients = [name for name, one in policy.recipients.items() if purpose in one.purposes]
    act = generator.choice((*this.acts(purpose), *Act, *(Act.SHARE for _ in recipients[:3])))
    handed = act.value in HANDING_OVER
    recipient = _maybe(generator, tuple(recipients) or tuple(policy.recipients), 0.9 if handed else 0.03)
    pool = policy.recipients[recipient].receives if recipient is not None else this.purposes[purpose]
    if generator.random() < 0.05 or not pool:
        pool = tuple(policy.categories)
    function = policy.functions.get(purpose)
    permissions = function.permissions if function is not None else ()
    sources = tuple(name for name, one in policy.sources.items() if purpose in one.purposes)
    asks_one = 0.9 if act is Act.PERMISSION else 0.15
    return Ask(
        act=act,
        purpose=purpose,
        categories=tuple(generator.sample(pool, min(len(pool), generator.randint(0, 3)))),
        actor=generator.choice((Actor.SELF, *Actor)),
        recipient=recipient,
        ground=_maybe(generator, this.grounds(), 0.25),
        evidence=this.evidence if generator.random() < 0.9 else {},
        permission=_maybe(generator, permissions or tuple(policy.permissions), asks_one),
        foreground=generator.random() < 0.9,
        destination=_maybe(generator, (this.elsewhere, this.nothing), 0.08),
        form=_maybe(generator, tuple(form.value for form in Form), 0.15),
        source=_maybe(generator, sources or tuple(policy.sources), 0.5 if sources else 0.02),
        declared=generator.random() < 0.8,
    )


def _maybe(generator: Random, of: Sequence[str], chance: float) -> str | None:
    return generator.choice(of) if of and generator.random() < chance else None


def _unused(policy: Policy) -> str:
    taken = {*policy.processing, *policy.categories, *policy.recipients, *policy.permissions, *policy.trackers}
    name = UNKNOWN
    while name in taken:
        name += "-x"
    return name
