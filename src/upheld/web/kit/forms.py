# SPDX-License-Identifier: Apache-2.0
"""Helpers for forms: fields of the house with the right keyboard, no browser memory, no label suffix."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What stands beside a field before it is filled in.

    Attributes:
        need: `needed`, `optional`, or empty where nothing is said of it.
        sensitive: whether it asks for something that needs care.
    """

    need: str = ""
    sensitive: bool = False


class HouseForm(forms.Form):
    """A form of the house; show it with `{% form_errors form %}` and `{% field form.name %}`."""

    marks: Mapping[str, Mark] = {}
    """By field, what stands beside it; a field without a mark says only that it is optional, where it is."""

    use_required_attribute = False  # the server says what is wrong, in the reader's language

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _what_is_missing(field)


def _what_is_missing(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return gettext("Please tick this to go on.")
    return gettext("Please choose one.") if isinstance(field, forms.ChoiceField) else gettext("Please fill this in.")


class PhoneField(forms.CharField):
    """A mobile number, as typed; the room that takes it normalises and judges it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("max_length", 24)
        super().__init__(**kwargs)
        self.widget.input_type = "tel"
        self.widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})


class CodeField(forms.CharField):
    """A one-time code of six digits; spaces are forgiven, Chinese full-width digits too."""

    def __init__(self, *, digits: int = 6, **kwargs: Any) -> None:
        self.digits = digits
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("max_length", 24)
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"})

    def clean(self, value: Any) -> str:
        """Return the digits alone, or say how many are expected."""
        text = "".join(str(super().clean(value)).split())
        if not self.required and not text:
            return ""
        if len(text) != self.digits or not text.isdecimal():
            raise forms.ValidationError(
                _("Enter the %(digits)s digits of the code."), params={"digits": self.digits}, code="digits"
            )
        return "".join(str(int(digit)) for digit in text)


class DayField(forms.DateField):
    """A date, from the browser's own picker or typed as 2026-11-21."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d"])
        super().__init__(**kwargs)


class OneOf(forms.ChoiceField):
    """One of a few, all visible: radio buttons, none chosen beforehand."""

    widget = forms.RadioSelect
