# SPDX-License-Identifier: Apache-2.0
"""Fill in what the policy lets people give of themselves, under the function that asks for it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from upheld.errors import NotFound
from upheld.gate import Denied
from upheld.policy.model.base import say
from upheld.policy.model.processing import Need
from upheld.policy.rendering import refusing
from upheld.vault import queries as held
from upheld.vault import service as vault
from upheld.web.portal import asking, denials, names, pages
from upheld.web.portal.fields import ItemsForm
from upheld.web.portal.visitor import PortalRequest, Who, signed_in


@require_safe
@signed_in
def profile(request: PortalRequest, who: Who) -> HttpResponse:
    """List the functions that take something a person types."""
    kept = {(one.purpose, one.category) for one in held.metadata(who.data_subject_id, now=request.now)}
    cards = [
        {
            "id": name,
            "label": say(function.label, who.language),
            "why": say(function.purpose, who.language),
            "tier": function.tier.value,
            "filled": sum((name, category) in kept for category in function.collects),
            "all": len(function.collects),
            "is_open": any(
                one is None for one in asking.refusals(who, name, function.collects, now=request.now).values()
            ),
        }
        for name, function in asking.typed_functions(who.policy).items()
    ]
    return pages.show(request, "profile", {"cards": cards})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def fill(request: PortalRequest, who: Who, name: str) -> HttpResponse:
    """Show the fields of one function, and save what is filled in."""
    function = asking.typed_functions(who.policy).get(name)
    if function is None:
        raise NotFound("there is no such function to fill in")
    kept = [one for one in held.metadata(who.data_subject_id, now=request.now) if one.purpose == name]
    missing = [one for one in function.collects if one not in {item.category for item in kept}]
    form = _form(request, who, name, missing)
    if request.method == "POST" and form.is_valid() and not form.refuse_empty():
        refused = _save(request, who, name, form)
        if refused is None:
            return pages.go("fill", name, said="saved")
        return pages.show(request, "fill", {**_context(request, who, name, kept, form), **refused}, status=403)
    context = _context(request, who, name, kept, form)
    return pages.show(request, "fill", context, status=400 if form.errors else 200)


def _form(request: PortalRequest, who: Who, name: str, missing: list[str]) -> ItemsForm:
    function = who.policy.functions[name]
    effects = {one: refusing.of_item(who.policy, name, one, who.language) for one in missing}
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    required = [one for one in missing if function.collects[one] is Need.REQUIRED]
    return ItemsForm(
        *given, policy=who.policy, names=missing, language=who.language, required=required, effects=effects
    )


def _save(request: PortalRequest, who: Who, name: str, form: ItemsForm) -> dict[str, Any] | None:
    """Collect what was filled in; return what to show where the gate refuses, with nothing of the form lost."""
    values = form.values()
    try:
        vault.collect(
            ask=asking.collecting(who, name, values, declared=form.declared),
            data_subject_id=who.data_subject_id,
            values=values,
            now=request.now,
            source=asking.source_of(who),
        )
    except Denied as denied:
        if any(reason.code == asking.UNDECLARED_OTHERS for reason in denied.denial.reasons):
            form.refuse_undeclared()
        reasons = denials.in_the_way(denied.denial, who.policy, who.language)
        return {"refused": _("Not saved: the policy does not allow it now"), "reasons": reasons}
    return None


def _context(request: PortalRequest, who: Who, name: str, kept: list[Any], form: ItemsForm) -> dict[str, Any]:
    function = who.policy.functions[name]
    refusals = asking.refusals(who, name, form.names or function.collects, now=request.now)
    denials_found = [one for one in refusals.values() if one is not None]
    is_off = len(denials_found) == len(refusals)
    waiting = [] if is_off else [(one, denial) for one, denial in refusals.items() if denial is not None]
    return {
        "function": function,
        "id": name,
        "label": say(function.label, who.language),
        "why": say(function.purpose, who.language),
        "clause": f"functions.{name}",
        "clause_address": names.clause_address(f"functions.{name}", who.policy.version),
        "kept": [{"item": one, "label": names.category(who.policy, one.category, who.language)} for one in kept],
        "form": form,
        "reasons": denials.in_the_way(denials_found[0], who.policy, who.language) if is_off else [],
        "waiting": [
            {
                "label": names.category(who.policy, one, who.language),
                "reasons": denials.in_the_way(denial, who.policy, who.language),
            }
            for one, denial in waiting
        ],
    }
