# SPDX-License-Identifier: Apache-2.0
"""My data: what is held and why, who looked, who received it; see, correct and copy it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from upheld.errors import BadInput, Conflict, NotFound
from upheld.gate import Denied
from upheld.policy.model.data import Value
from upheld.policy.model.rights import Copy
from upheld.terms import Right
from upheld.vault import service as vault
from upheld.vault.values import Opened
from upheld.web.kit import formats
from upheld.web.kit.pagination import page
from upheld.web.portal import copying, denials, holding, pages
from upheld.web.portal.fields import FILES, ItemsForm
from upheld.web.portal.visitor import PortalRequest, Who, signed_in

IN_PROFILE = ("phone",)
"""Categories that are changed by a code to the new value, not by typing it."""


@require_safe
@signed_in
def my_data(request: PortalRequest, who: Who) -> HttpResponse:
    """Show what is held, why, under which clause, since when and until when."""
    held = holding.items(who, now=request.now)
    categories = sorted({(one.item.category, one.label) for one in held}, key=lambda one: one[1])
    chosen = request.GET.get("category", "")
    shown = [one for one in held if not chosen or one.item.category == chosen]
    context = {
        "page": page(request, shown),
        "categories": [(name, label, sum(h.item.category == name for h in held)) for name, label in categories],
        "count": len(held),
        "chosen": chosen,
    }
    return pages.show(request, "my_data", context)


@require_safe
@signed_in
def looks(request: PortalRequest, who: Who) -> HttpResponse:
    """Show who has looked, and why."""
    found = holding.looks(who)
    chosen = request.GET.get("reader", "")
    shown = [one for one in found if not chosen or one.kind == chosen]
    kinds = [(kind, sum(one.kind == kind for one in found)) for kind in holding.READERS]
    context = {"page": page(request, shown), "kinds": [one for one in kinds if one[1]], "count": len(found)}
    return pages.show(request, "looks", context)


@require_safe
@signed_in
def disclosures(request: PortalRequest, who: Who) -> HttpResponse:
    """Show who received what."""
    return pages.show(request, "disclosures", {"page": page(request, holding.disclosures(who))})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def item(request: PortalRequest, who: Who, item_id: UUID) -> HttpResponse:
    """Show one item with its value, and correct it."""
    held = holding.item(who, item_id, now=request.now)
    try:
        opened = _opened(request, who, held)
    except Denied as denied:
        return denials.page(request, who, denied.denial, title=_("This cannot be shown"), back="/my-data")
    is_file = who.policy.categories[held.item.category].value in FILES
    initial = {} if is_file else {f"value-{held.item.category}": opened.value}
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ItemsForm(
        *given, policy=who.policy, names=[held.item.category], language=who.language,
        required=[held.item.category], initial=initial,
    )  # fmt: skip
    if request.method == "POST" and held.item.category not in IN_PROFILE and form.is_valid():
        return _correct(request, who, held, form)
    context = {
        "held": held,
        "form": form,
        "value": None if is_file else _spoken(who, held, opened),
        "is_number": held.item.category in IN_PROFILE,
    }
    return pages.show(request, "item", context, status=400 if form.errors else 200)


def _opened(request: PortalRequest, who: Who, held: holding.Held) -> Opened:
    found = vault.copy_of(
        data_subject_id=who.data_subject_id,
        now=request.now,
        by=who.reader,
        right=Right.ACCESS,
        categories=[held.item.category],
    )
    for one in found.every:
        if one.item_id == held.item.item_id:
            return one
    raise NotFound("there is no such item")


def _spoken(who: Who, held: holding.Held, opened: Opened) -> str:
    """Say a value in words where it is one of the policy's choices."""
    category = who.policy.categories[held.item.category]
    if category.value is Value.CHOICE and opened.value in category.choices:
        return str(category.choices[opened.value].get(who.language, opened.value))
    return opened.value


def _correct(request: PortalRequest, who: Who, held: holding.Held, form: ItemsForm) -> HttpResponse:
    try:
        made = vault.correct(
            data_subject_id=who.data_subject_id,
            item_id=held.item.item_id,
            value=form.values()[held.item.category],
            now=request.now,
            by=who.reader,
        )
    except Denied as denied:
        return denials.page(request, who, denied.denial, title=_("Not corrected"), back="/my-data")
    except BadInput:
        form.add_error(None, _("This does not fit. Please check it."))
        return pages.show(request, "item", {"held": held, "form": form, "value": None}, status=400)
    except NotFound:
        raise Conflict("it was corrected meanwhile") from None
    return pages.go("item", made.items[0].item_id, said="corrected")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def copy(request: PortalRequest, who: Who) -> HttpResponse:
    """Offer a copy in the forms that the policy promises, and hand it over."""
    rule = who.policy.rights.requests.get(Right.COPY) if who.policy.rights else None
    forms = [form.value for form in rule.forms] if rule else []
    if request.method != "POST":
        return pages.show(request, "copy", {"forms": forms})
    form = request.POST.get("form", "")
    if form not in forms:
        raise BadInput("expected one of the forms that the policy promises")
    try:
        found = copying.taken(who, right=Right.COPY, now=request.now)
    except Denied as denied:
        return denials.page(request, who, denied.denial, title=_("No copy was made"), back="/my-data")
    if form == Copy.PAGE:
        return pages.show(request, "copy_page", {"copy": found, "rows": _readable(request, who, found["items"])})
    content = copying.as_json(found) if form == Copy.JSON else copying.as_csv(found)
    kind = "application/json" if form == Copy.JSON else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="my-data.{form}"'
    return response


def _readable(request: PortalRequest, who: Who, items: list[dict[str, str]]) -> list[dict[str, object]]:
    """Lay a copy out for reading; a file is named by its size, and comes whole in the other forms."""
    held = {str(one.item.item_id): one for one in holding.items(who, now=request.now)}
    return [{"held": held[one["item"]], "value": _short(who, one)} for one in items if one["item"] in held]


def _short(who: Who, one: dict[str, str]) -> str:
    category = who.policy.categories.get(one["category"])
    if category is None or category.value not in FILES:
        return one["value"]
    size = formats.size(len(one["value"]) * 3 // 4)
    return _("a file of %(size)s, whole in the JSON form") % {"size": size}
