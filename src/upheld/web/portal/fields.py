# SPDX-License-Identifier: Apache-2.0
"""Fields for the categories of a policy: the right widget for each kind of value, and back to the text that is sealed."""

import base64
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from upheld.errors import BadInput
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.policy.model.data import About, Category, Value
from upheld.terms import Language
from upheld.vault import rules
from upheld.web.kit.forms import DayField, HouseForm, OneOf
from upheld.web.portal import marking

FILES: Final = frozenset({Value.PICTURE, Value.VIDEO, Value.FILE})
"""Kinds that are given as a file and sealed as base64."""
LARGEST_FILE_BYTES: Final = rules.FILE_CHARACTERS // 4 * 3
_NAME: Final = "value-"
_DECLARED: Final = "others_agreed"


class ItemsForm(HouseForm):
    """Fields for some categories; what is left empty is not collected."""

    def __init__(
        self,
        *args: Any,
        policy: Policy,
        names: Iterable[str],
        language: Language,
        required: Iterable[str] = (),
        effects: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make one field for each category.

        Args:
            args: what Django's forms take.
            policy: the version that declares the categories.
            names: ids of the categories.
            language: of labels and choices.
            required: those that cannot be left empty.
            effects: by category, what follows when it is not given; stands beside its field.
            kwargs: what Django's forms take.
        """
        self._policy, self.names = policy, tuple(names)
        self._texts: dict[str, str] = {}
        super().__init__(*args, **kwargs)
        needed = set(required)
        for name in self.names:
            field = field_for(policy.categories[name], language, required=name in needed)
            field.help_text = " ".join(str(said) for said in (field.help_text, (effects or {}).get(name, "")) if said)
            self.fields[_NAME + name] = field
        self.marks = marking.marks(policy, self.names, needed, prefix=_NAME)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")
        if any(policy.categories[name].about is About.OTHER for name in self.names):
            self.fields[_DECLARED] = _declaration()

    @property
    def declared(self) -> bool:
        """Whether the box was ticked that declares that the others agreed whom the values are about."""
        return bool(self.cleaned_data.get(_DECLARED))

    def refuse_undeclared(self) -> None:
        """Note beside its box that the declaration is missing."""
        self.add_error(_DECLARED, _("Tick this once that person agreed; without it nothing about them is stored."))

    def values(self) -> dict[str, str]:
        """Return what was filled in, by category, as text."""
        return {name: text for name, text in self._texts.items() if text}

    def clean(self) -> dict[str, Any]:
        """Hold each value against what the vault takes of its kind, so that the fault is told beside its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self._texts = {name: as_text(given.get(_NAME + name)) for name in self.names}
        for name, text in self._texts.items():
            if text and not _fits(self._policy.categories[name], text):
                self.add_error(_NAME + name, _("This does not fit. Please check it."))
        return given

    def refuse_empty(self) -> bool:
        """Note that at least one field is needed; say whether that is so."""
        if self.values():
            return False
        self.add_error(None, _("Please fill in at least one field."))
        return True


def _declaration() -> forms.Field:
    """Return the box that no one ticks beforehand; whether it was needed, the gate says."""
    return forms.BooleanField(
        required=False,
        label=_("Whoever else this is about agreed that I give it here."),
        help_text=_("Some of this is about another person. Your declaration is kept with the record of this entry."),
    )


def field_for(category: Category, language: Language, *, required: bool) -> forms.Field:
    """Return the field that fits a category's kind of value."""
    label = say(category.label, language)
    said: dict[str, Any] = {"label": label, "required": required, "help_text": say(category.contains, language)}
    match category.value:
        case Value.CHOICE:
            choices = [(key, say(words, language)) for key, words in category.choices.items()]
            return OneOf(choices=choices, **said)
        case Value.DATE:
            return DayField(**said)
        case Value.NUMBER:
            return forms.DecimalField(max_digits=30, **said)
        case Value.PICTURE | Value.VIDEO | Value.FILE:
            said["help_text"] = _("At most 300 KB.")
            widget = forms.FileInput(attrs={"accept": "image/*"} if category.value is Value.PICTURE else {})
            return forms.FileField(widget=widget, **said)
        case Value.IDENTIFIER:
            return forms.CharField(max_length=rules.IDENTIFIER_CHARACTERS, **said)
        case Value.RECORD | Value.MEASUREMENT:
            return forms.CharField(max_length=rules.TEXT_CHARACTERS, widget=forms.Textarea(attrs={"rows": 3}), **said)
        case Value.TEXT | Value.PLACE:
            return forms.CharField(max_length=rules.TEXT_CHARACTERS, **said)


def as_text(value: object) -> str:
    """Return what a field gave as the text that is sealed; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, UploadedFile):
        if (value.size or 0) > LARGEST_FILE_BYTES:
            return "\x00"  # no kind takes it, so the field is refused
        return base64.b64encode(value.read()).decode("ascii")
    return value.isoformat() if isinstance(value, date) else str(value)


def _fits(category: Category, text: str) -> bool:
    try:
        rules.check_value(category.value.value, text)
    except BadInput:
        return False
    return True
