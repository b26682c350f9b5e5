# SPDX-License-Identifier: Apache-2.0
"""Look a person up by an exact number, with a purpose and a reason; then what is held; then, apart, values."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from upheld.errors import BadInput
from upheld.facts import queries as facts
from upheld.gate import Ask
from upheld.gate.clauses import RIGHT_PREFIX
from upheld.gate.values import Stop
from upheld.people.identifiers import IdentifierKind, normalized
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.retention import queries as retention
from upheld.rights import queries as rights
from upheld.sharing import queries as sharing
from upheld.terms import Act, Actor, AgeBand, Language
from upheld.vault import listing
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import ItemMetadata, OpenedItems, StaffReason
from upheld.web.console import desk, looks, pages, refusing, words
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.people import FindForm, HoldForm, OpenForm
from upheld.web.console.forms.requests import ReasonForm
from upheld.web.console.looks import Look
from upheld.web.console.views.requests import number


def find(request: StaffRequest) -> HttpResponse:
    """Look a person up."""
    version = facts.current_version(request.now)
    listed = words.purposes(facts.policy(version), request.member.language) if version else []
    form = FindForm(listed, desk.posted(request))
    if request.method == "POST" and form.is_valid():
        with refusing.On(form):
            return _found(request, form.cleaned_data)
    return pages.show(request, "find", {"form": form, "look": looks.of(request)}, status=422 if form.errors else 200)


def _found(request: StaffRequest, given: dict[str, Any]) -> HttpResponse:
    kind = IdentifierKind(given["kind"])
    by = request.member.reader(reason_code=given["reason_code"], case=given["case"], reason=given["reason"])
    found = vault.find_subject(
        kind=kind.value,
        normalized=normalized(kind, given["identifier"]),
        purpose=given["purpose"],
        now=request.now,
        by=by,
    )
    if found is None:
        return pages.go("find", said="nobody")
    look = Look(data_subject_id=found, purpose=given["purpose"], reason_code=given["reason_code"], case=given["case"])
    return looks.begin(request, pages.go("look"), look)


def look_for(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Look at the person who made a request, to answer it."""
    asked = rights.one(request_id)
    form = ReasonForm(desk.posted(request))
    if request.method == "POST" and form.is_valid():
        look = Look(
            data_subject_id=asked.data_subject_id,
            purpose=RIGHT_PREFIX + asked.right.value,
            reason_code=StaffReason.REQUEST.value,
            case=str(request_id),
        )
        with refusing.On(form):
            listing.begin_look(
                data_subject_id=look.data_subject_id,
                purpose=look.purpose,
                now=request.now,
                by=look.reader(request, form.cleaned_data["reason"]),
            )
            return looks.begin(request, pages.go("look"), look)
    context = {"form": form, "one": asked, "number": number(request_id)}
    return pages.show(request, "look_for", context, status=422 if form.errors else 200)


def look(request: StaffRequest) -> HttpResponse:
    """Show what is held of the person looked at: never a value."""
    under_way = looks.of(request)
    if under_way is None:
        return pages.go("find")
    if not facts.of(under_way.data_subject_id).person.version:  # erased meanwhile
        return looks.end(pages.go("find", said="look-ended"))
    return show_look(request, under_way)


def open_values(request: StaffRequest) -> HttpResponse:
    """Open the values of some categories: a second step, with the same purpose, and the reason told again."""
    under_way = looks.needed(request)
    policy = _policy_of(under_way)
    items = vault_queries.metadata(under_way.data_subject_id, now=request.now)
    form = OpenForm(_held_categories(request, policy, items), request.POST)
    if form.is_valid():
        with refusing.On(form):
            opened = _opened(request, under_way, form.cleaned_data)
            return show_look(request, under_way, opened=opened)
    return show_look(request, under_way, open_form=form)


def _opened(request: StaffRequest, look: Look, given: dict[str, Any]) -> OpenedItems:
    ask = Ask(
        act=Act.STAFF_OPEN, purpose=look.purpose, categories=tuple(sorted(given["categories"])), actor=Actor.STAFF
    )
    by = look.reader(request, given["reason"])
    return vault.open_items(ask=ask, data_subject_id=look.data_subject_id, now=request.now, by=by)


def end_look(request: StaffRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """End the look in this browser."""
    return looks.end(pages.go("find", said="look-ended"))


def show_look(request: StaffRequest, look: Look, *, opened: OpenedItems | None = None, **forms: Any) -> HttpResponse:
    """Show the page of a look, with forms that came back and values that were opened."""
    policy, language = _policy_of(look), request.member.language
    items = vault_queries.metadata(look.data_subject_id, now=request.now)
    person = facts.of(look.data_subject_id).person
    context = {
        "look": look,
        "purpose": words.purpose(policy, look.purpose, language),
        "version": person.version,
        "state": _state(person.stops),
        "age": _age(person.adult, person.adult_at, request.now.timestamp()),
        "items": [
            (one, words.category(policy, one.category, language), words.purpose(policy, one.purpose, language))
            for one in items
        ],
        "opened": _readable(request, policy, opened),
        "requests": [(one, number(one.id)) for one in rights.of(look.data_subject_id)],
        "disclosures": [
            (one, words.recipient(policy, one.recipient, language), words.categories(policy, one.categories, language))
            for one in sharing.disclosures(look.data_subject_id)
        ],
        "erasures": retention.erasures(look.data_subject_id),
        "holds": retention.holds(look.data_subject_id, now=request.now),
        "open_form": OpenForm(_held_categories(request, policy, items)),
        "hold_form": HoldForm(storage_clauses(policy, language)),
        **forms,
    }
    is_wrong = any(form.errors for form in forms.values())
    return pages.show(request, "look", context, status=422 if is_wrong else 200)


def storage_clauses(policy: Policy, language: Language) -> list[tuple[str, str]]:
    """List the storage clauses of a version, to choose from."""
    return [(f"storage.{name}", say(period.label, language)) for name, period in policy.storage.items()]


def _policy_of(look: Look) -> Policy:
    version = facts.of(look.data_subject_id).person.version
    if not version:
        raise BadInput("nothing binds this person any more: everything was erased")
    return facts.policy(version)


def _held_categories(request: StaffRequest, policy: Policy, items: Sequence[ItemMetadata]) -> list[tuple[str, str]]:
    held = dict.fromkeys(one.category for one in items)
    return [(name, words.category(policy, name, request.member.language)) for name in held]


def _readable(request: StaffRequest, policy: Policy, opened: OpenedItems | None) -> list[tuple[str, str, Any]] | None:
    if opened is None:
        return None
    language = request.member.language
    return [(words.category(policy, one.category, language), one.value, one.collected_at) for one in opened.every]


def _state(stops: int) -> str:
    if stops & Stop.CANCELLED:
        return "cancelled"
    return "restricted" if stops & Stop.RESTRICTED else "open"


def _age(adult: bool, adult_at: int | None, now: float) -> AgeBand:
    if adult or (adult_at is not None and adult_at <= now):
        return AgeBand.ADULT
    return AgeBand.UNKNOWN if adult_at is None else AgeBand.CHILD
