# SPDX-License-Identifier: Apache-2.0
"""What changed in rights, in the rules for children, and in grounds without consent."""

from collections.abc import Iterator, Mapping

from upheld.policy.comparing.change import Change, Direction
from upheld.policy.model import Policy
from upheld.policy.model.base import Part, hyphened
from upheld.policy.model.governance import Trigger
from upheld.policy.model.rights import RightRule, Rights

_RIGHTS = Trigger.RIGHTS


def rights(old: Policy, new: Policy) -> Iterator[Change]:
    """Compare rights: one that goes, closes a channel or takes longer takes from people."""
    before, after = old.rights, new.rights
    if before is None or after is None:
        if before is not after:
            yield _whole("rights", gone=after is None)
        return
    for right in dict.fromkeys((*before.requests, *after.requests)):
        path = f"rights.requests.{hyphened(right)}"
        if right not in before.requests:
            yield Change(path=path, direction=Direction.ADDED, what=f"{path} is new", trigger=_RIGHTS)
        elif right not in after.requests:
            yield _cut(path, "is gone")
        else:
            yield from _rule(path, before.requests[right], after.requests[right])
    yield from _answering(before, after)


def _rule(path: str, before: RightRule, after: RightRule) -> Iterator[Change]:
    old, new = before.within, after.within
    if old != new:
        longer = new is None or (old is not None and new.days_at_most > old.days_at_most)
        yield _changed(f"{path}.within", f"was {old or 'not stated'} and is {new or 'not stated'}", cuts=longer)
    if before.from_ != after.from_:
        yield _changed(f"{path}.from", f"was {before.from_} and is {after.from_}", cuts=after.from_ == "verification")
    lists = (
        ("channels", before.channels, after.channels),
        ("cases", tuple(before.cases), tuple(after.cases)),
        ("forms", before.forms, after.forms),
    )
    for key, had, has in lists:
        for lost in [one for one in had if one not in has]:
            yield _cut(f"{path}.{key}", f"loses {lost}")
        for gained in [one for one in has if one not in had]:
            narrows = key == "cases" and not had
            yield _changed(f"{path}.{key}", f"gains {gained}", cuts=narrows)
    for key, had_it, has_it in (
        ("self-service", before.self_service, after.self_service),
        ("tell-recipients", before.tell_recipients, after.tell_recipients),
    ):
        if had_it != has_it:
            yield _changed(f"{path}.{key}", f"is now {str(has_it).lower()}", cuts=had_it)


def _answering(before: Rights, after: Rights) -> Iterator[Change]:
    yield from _refusals(before, after)
    yield from _remedies(before, after)
    if before.fees != after.fees:
        cheaper = after.fees is None or (before.fees is not None and after.fees.free > before.fees.free)
        yield _changed("rights.fees", "are otherwise", cuts=not cheaper)
    if before.verification != after.verification:
        yield _changed("rights.verification", "is otherwise", cuts=False)


def _refusals(before: Rights, after: Rights) -> Iterator[Change]:
    for name in after.refusals:
        if name not in before.refusals:
            yield _changed(f"rights.refusals.{name}", "is a new ground of refusal", cuts=True)
    for name, refusal in before.refusals.items():
        now = after.refusals.get(name)
        if now is None:
            yield _changed(f"rights.refusals.{name}", "is no ground of refusal any more", cuts=False)
        elif set(refusal.evidence) - set(now.evidence):
            yield _cut(f"rights.refusals.{name}.evidence", "demands less evidence")


def _remedies(before: Rights, after: Rights) -> Iterator[Change]:
    for name in before.remedies:
        if name not in after.remedies:
            yield _cut(f"rights.remedies.{name}", "is gone")
    for name in after.remedies:
        if name not in before.remedies:
            yield _changed(f"rights.remedies.{name}", "is a new remedy", cuts=False)


def children(old: Policy, new: Policy) -> Iterator[Change]:
    """Compare the rules for children: a lower age or a guardian with fewer rights takes from people."""
    before, after = old.children, new.children
    if before is None or after is None:
        if before is not after:
            yield _whole("children", gone=after is None)
        return
    if before.under != after.under:
        what = f"was {before.under} and is {after.under}"
        yield _changed("children.under", what, cuts=after.under < before.under)
    if before.guardian != after.guardian:
        had = before.guardian.may if before.guardian else ()
        has = after.guardian.may if after.guardian else ()
        yield _changed("children.guardian", "is otherwise", cuts=bool(set(had) - set(has)))
    if before.before_guardian != after.before_guardian:
        cuts = bool(set(after.before_guardian) - set(before.before_guardian))
        yield _changed("children.before-guardian", "is otherwise", cuts=cuts)
    yield from _ground_lists("children.grounds", before.grounds, after.grounds)


def grounds(old: Policy, new: Policy) -> Iterator[Change]:
    """Compare grounds without consent: a new one takes from people."""
    for operation, had in old.grounds:
        yield from _ground_lists(f"grounds.{operation}", had, getattr(new.grounds, operation))


def _ground_lists(path: str, had: Mapping[str, Part], has: Mapping[str, Part]) -> Iterator[Change]:
    for name in has:
        if name not in had:
            yield _changed(f"{path}.{name}", "is a new ground without consent", cuts=True)
        elif had[name] != has[name]:
            yield _changed(f"{path}.{name}", "is otherwise", cuts=False)
    for name in had:
        if name not in has:
            yield _changed(f"{path}.{name}", "is no ground any more", cuts=False)


def _whole(section: str, *, gone: bool) -> Change:
    return _cut(section, "are gone") if gone else _changed(section, "are new", cuts=False)


def _cut(path: str, what: str) -> Change:
    return Change(path=path, direction=Direction.REMOVED, what=f"{path} {what}", trigger=_RIGHTS, cuts_rights=True)


def _changed(path: str, what: str, *, cuts: bool) -> Change:
    return Change(path=path, direction=Direction.CHANGED, what=f"{path} {what}", trigger=_RIGHTS, cuts_rights=cuts)
