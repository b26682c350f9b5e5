# SPDX-License-Identifier: Apache-2.0
"""Forms: fields with label, help and error tied together; choices that are as easy to refuse as to give."""

from collections.abc import Mapping

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from upheld.web.kit.forms import Mark
from upheld.web.kit.tags.rendering import part

register = Library()


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField, css: str = "") -> SafeString:
    """Show a field with its label, help and errors, which its `aria-describedby` names."""
    if bound.is_hidden:
        return bound.as_widget()
    widget = bound.field.widget
    kind = (
        "choices"
        if isinstance(widget, RadioSelect | CheckboxSelectMultiple)
        else "tick"
        if isinstance(widget, CheckboxInput)
        else "line"
    )
    mark = _mark(bound)
    care_id = f"{bound.auto_id}_care" if mark.sensitive else ""
    help_id = f"{bound.auto_id}_help" if bound.help_text else ""
    error_id = f"{bound.auto_id}_error" if bound.errors else ""
    described = " ".join(filter(None, (care_id, help_id, error_id)))
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if css:
        attrs["class"] = css
    return part(
        context, "field", bound=bound, kind=kind, help_id=help_id, error_id=error_id, described=described,
        control="" if kind == "choices" else bound.as_widget(attrs=attrs), css=css, need=mark.need, care_id=care_id,
    )  # fmt: skip


def _mark(bound: BoundField) -> Mark:
    found = getattr(bound.form, "marks", {}).get(bound.name)
    return found or Mark(need="" if bound.field.required else "optional")


@register.simple_tag(takes_context=True)
def form_errors(context: Context, form: Form) -> SafeString:
    """Sum up what is wrong above a form, each line a link to its field; nothing when all is well."""
    if not form.errors:
        return mark_safe("")
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return part(context, "form_errors", general=form.non_field_errors(), fields=fields)


@register.simple_block_tag(takes_context=True)
def choice(
    context: Context,
    content: str,
    *,
    title: str,
    action: str,
    state: str = "not_asked",
    name: str = "decision",
    yes: str = "given",
    no: str = "withdrawn",
    yes_label: str = "",
    no_label: str = "",
    hidden: Mapping[str, str] | None = None,
    mark: str = "",
) -> SafeString:
    """Ask for one consent: a real form with two buttons of one size, the present answer marked.

    Inside stands why it is asked. `state` is `given`, `withdrawn`, `refused`, `not_asked`, or
    `always_on`, which has no buttons; `hidden` are further fields.
    """
    return part(
        context, "choice", content=content, title=title, action=action, state=state, name=name, yes=yes, no=no,
        yes_label=yes_label, no_label=no_label, hidden=dict(hidden or {}), mark=mark,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    action: str,
    label: str,
    css: str = "quiet",
    icon_name: str = "",
    hidden: Mapping[str, str] | None = None,
) -> SafeString:
    """Draw a form of one button, for what changes something and needs no words more: sign out, take, hand over."""
    return part(
        context, "post_button", action=action, label=label, css=css, icon_name=icon_name, hidden=dict(hidden or {})
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, action: str = "", label: str = "") -> SafeString:
    """Hold the fields that narrow a list: a form that asks with GET, its button inside."""
    return part(context, "filters", content=content, action=action, label=label)


@register.simple_tag(takes_context=True)
def chip(context: Context, name: str, value: str, label: str, count: int | None = None) -> SafeString:
    """Link to the same list narrowed by one value, marked when it is; an empty value means all."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    if value:
        query[name] = value
    current = mark_safe(' aria-current="true"') if request.GET.get(name, "") == value else ""
    shown = "" if count is None else format_html('<span class="count">{}</span>', count)
    return format_html('<a href="?{}"{}>{}{}</a>', query.urlencode(), current, label, shown)
