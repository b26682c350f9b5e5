# SPDX-License-Identifier: Apache-2.0
"""Clauses on functions, further purposes, device permissions and trackers."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.model.processing import Function, Manner, Need, Processing, Purpose, RefusalEnds, Tracker
from upheld.policy.model.spans import Span
from upheld.terms import LawfulBasis, Tier


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `functions`, `purposes`, `permissions` and `trackers`."""
    for name, function in policy.functions.items():
        yield from _function(policy, f"functions.{name}", function)
    for name, purpose in policy.purposes.items():
        yield from _purpose(policy, f"purposes.{name}", purpose)
    yield from _permissions(policy)
    yield from _trackers(policy)


def _function(policy: Policy, path: str, function: Function) -> Iterator[Draft]:
    yield Draft(
        id=path,
        phrase="function",
        terms=lambda w: {
            "label": w.say(function.label),
            "tier": w.value(function.tier),
            "purpose": w.say(function.purpose),
            "basis": w.value(function.basis),
            "links": _links(w, function) + _open(w, function),
        },
        controls=(
            "gate.purpose_declared",
            *_basis(policy, function),
            *_tier(function),
            *_visitors(function),
            *_manner(function),
            *_linking(function),
        ),
        chapter=Chapter.COLLECT,
        own=function.text,
    )
    yield Draft(
        id=f"{path}.collects",
        phrase="function.collects" if function.collects else "function.uses" if function.uses else "function.nothing",
        terms=lambda w: _collects(w, function),
        controls=("gate.category_declared", "gate.told_before_collection", *_asked(function)),
        chapter=Chapter.COLLECT,
    )
    if function.permissions:
        yield Draft(
            id=f"{path}.permissions",
            phrase="function.permissions",
            terms=lambda w: {"label": w.named(function.label), "permissions": w.permissions(function.permissions)},
            controls=("gate.permission_granted",),
            chapter=Chapter.COLLECT,
        )
    yield Draft(
        id=f"{path}.background",
        phrase=f"function.background.{_yes_or_no(function.background)}",
        terms=lambda w: {"label": w.named(function.label)},
        controls=("gate.background_declared",),
        chapter=Chapter.COLLECT,
    )
    yield from _refused(path, function, Chapter.COLLECT)
    if function.refusal_ends is RefusalEnds.SERVICE:
        yield Draft(
            id=f"{path}.refusal-ends",
            phrase="function.refusal_ends",
            terms=lambda w: {"label": w.named(function.label)},
            controls=("policy.checked_before_publish",),
            chapter=Chapter.COLLECT,
        )
    yield from _bases(path, function, Chapter.COLLECT)
    yield from _ages(path, function, Chapter.COLLECT)


def _collects(w: Wording, function: Function) -> dict[str, str]:
    parts = []
    for need, phrase in ((Need.REQUIRED, "part.required"), (Need.OPTIONAL, "part.optional")):
        things = w.categories(name for name, its in function.collects.items() if its is need)
        if things:
            parts.append(w.phrase(phrase, things=things))
    uses = w.categories(function.uses)
    return {
        "label": w.named(function.label),
        "manner": w.value(function.manner),
        "things": w.listed(parts) if function.collects else uses,
        "uses": w.phrase("part.uses", things=uses) if uses else "",
    }


def _purpose(policy: Policy, path: str, purpose: Purpose) -> Iterator[Draft]:
    yield Draft(
        id=path,
        phrase="purpose",
        terms=lambda w: {
            "label": w.say(purpose.label),
            "things": w.categories(purpose.uses),
            "purpose": w.say(purpose.purpose),
            "basis": w.value(purpose.basis),
            "links": _links(w, purpose),
        },
        controls=("gate.purpose_declared", "gate.category_declared", *_basis(policy, purpose), *_linking(purpose)),
        chapter=Chapter.USE,
        own=purpose.text,
    )
    yield Draft(
        id=f"{path}.refusable",
        phrase=f"purpose.refusable.{_yes_or_no(purpose.refusable)}",
        terms=lambda w: {"label": w.named(purpose.label)},
        controls=tuple(_refusing(purpose)),
        chapter=Chapter.USE,
    )
    if purpose.weighty:
        yield Draft(
            id=f"{path}.weighty",
            phrase="purpose.weighty",
            terms=lambda w: {"label": w.named(purpose.label)},
            controls=("rights.never_disappears", "rights.answered_in_time"),
            chapter=Chapter.RIGHTS,
        )
    yield from _refused(path, purpose, Chapter.USE)
    yield from _bases(path, purpose, Chapter.USE)
    yield from _ages(path, purpose, Chapter.USE)


def _refused(path: str, processing: Processing, chapter: Chapter) -> Iterator[Draft]:
    if processing.refused:
        yield Draft(
            id=f"{path}.refused",
            phrase="function.refused",
            terms=lambda w: {"label": w.named(processing.label), "refused": w.say(processing.refused)},
            controls=("policy.basic_stands_alone",),
            chapter=chapter,
        )


def _bases(path: str, processing: Processing, chapter: Chapter) -> Iterator[Draft]:
    for law, basis in processing.basis_under.items():
        yield Draft(
            id=f"{path}.basis-under.{law}",
            phrase="function.basis_under",
            terms=of(
                (law, basis),
                lambda w, of_law: {
                    "law": of_law[0].upper().replace("-", " "),
                    "label": w.named(processing.label),
                    "basis": w.value(of_law[1]),
                },
            ),
            controls=("policy.checked_before_publish",),
            chapter=chapter,
        )


def _ages(path: str, processing: Processing, chapter: Chapter) -> Iterator[Draft]:
    yield Draft(
        id=f"{path}.child",
        phrase="function.child",
        terms=lambda w: {"label": w.named(processing.label), "rule": w.value(processing.child)},
        controls=("gate.age_rules", "children.guardian_needed"),
        chapter=chapter,
    )
    rule = processing.unknown_age
    if rule:
        yield Draft(
            id=f"{path}.unknown-age",
            phrase="function.unknown_age",
            terms=lambda w: {"label": w.named(processing.label), "rule": w.value(rule)},
            controls=("gate.age_rules", "children.age_unknown_is_not_adult"),
            chapter=chapter,
        )


def _permissions(policy: Policy) -> Iterator[Draft]:
    for name, permission in policy.permissions.items():
        yield Draft(
            id=f"permissions.{name}",
            phrase="permission",
            terms=of(
                permission,
                lambda w, permission: {
                    "label": w.named(permission.label),
                    "scenes": w.processing(permission.scenes),
                    "things": w.categories(permission.gives),
                    "background": w.phrase(f"permission.background.{_yes_or_no(permission.background)}"),
                },
            ),
            controls=("gate.permission_granted", "gate.background_declared"),
            chapter=Chapter.COLLECT,
            own=permission.text,
        )


def _trackers(policy: Policy) -> Iterator[Draft]:
    for name, tracker in policy.trackers.items():
        yield Draft(
            id=f"trackers.{name}",
            phrase="tracker",
            terms=of(tracker, _tracker),
            controls=_tracker_controls(tracker),
            chapter=Chapter.TRACKERS,
            own=tracker.text,
        )


def _tracker(w: Wording, tracker: Tracker) -> dict[str, str]:
    return {
        "label": w.say(tracker.label),
        "kind": w.value(tracker.kind),
        "lasts": w.span(tracker.lasts) if isinstance(tracker.lasts, Span) else w.phrase("tracker.session"),
        "party": w.party(tracker.party),
        "purpose": w.say(tracker.purpose),
        "essential": w.phrase(f"tracker.essential.{_yes_or_no(tracker.essential)}"),
        "collects": w.phrase("tracker.collects", things=w.categories(tracker.collects)) if tracker.collects else "",
        "functions": w.phrase("tracker.functions", functions=w.processing(tracker.functions))
        if tracker.functions
        else "",
        "child": w.value(tracker.child),
        "unknown_age": w.value(tracker.unknown_age),
        "refuse": w.say(tracker.refuse),
    }


def _tracker_controls(tracker: Tracker) -> Iterator[str]:
    yield "duties.attested"
    yield "gate.tracker_declared"
    if not tracker.essential:
        yield "gate.tracker_consent"
        yield "consent.one_by_one"
        yield "policy.basic_stands_alone"


def _basis(policy: Policy, processing: Function | Purpose) -> Iterator[str]:
    if processing.basis is LawfulBasis.CONSENT:
        yield "gate.consent_needed"
        yield "consent.withdrawal_at_once"
    if any(policy.categories[name].sensitive for name in processing.categories if name in policy.categories):
        yield "gate.separate_consent"


def _manner(function: Function) -> Iterator[str]:
    if function.manner is Manner.RECEIVED:
        yield "gate.source_declared"
        yield "gate.source_lawful"
    if function.manner is Manner.GENERATED:
        yield "vault.copy_is_whole"
    if function.manner is Manner.DEVICE and function.collects:
        yield "vault.gathered_is_read"


def _refusing(purpose: Purpose) -> Iterator[str]:
    """Name what a no stops a purpose by: the consent it rests on, or an objection."""
    if not purpose.refusable:
        yield "gate.purpose_declared"
        return
    yield "gate.objection_stops_use"
    if purpose.basis is LawfulBasis.CONSENT:
        yield "gate.consent_needed"


def _linking(processing: Processing) -> Iterator[str]:
    if processing.links_devices:
        yield "devices.link_can_be_undone"
        yield "devices.joined_is_personal"


def _links(w: Wording, processing: Processing) -> str:
    return w.phrase("part.links_devices") if processing.links_devices else ""


def _visitors(function: Function) -> Iterator[str]:
    if function.without_account:
        yield "policy.open_to_visitors"


def _open(w: Wording, function: Function) -> str:
    return w.phrase("part.without_account") if function.without_account else ""


def _asked(function: Function) -> Iterator[str]:
    if function.collects:
        yield "vault.source_recorded"
    if function.collects and function.manner is Manner.ENTERED:
        yield "notices.need_labelled"
        yield "notices.refusal_effect_shown"


def _tier(function: Function) -> Iterator[str]:
    if function.tier is Tier.EXTENDED:
        yield "policy.basic_stands_alone"
        yield "consent.one_by_one"


def _yes_or_no(yes: bool) -> str:
    return "yes" if yes else "no"
