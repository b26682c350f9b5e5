# SPDX-License-Identifier: Apache-2.0
"""What staff say when they look a person up, open values, or place a hold."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.people.identifiers import IdentifierKind
from upheld.vault.reading import REASON_CHARACTERS
from upheld.vault.values import StaffReason
from upheld.web.console.forms.offering import offer
from upheld.web.kit import labels
from upheld.web.kit.forms import DayField, HouseForm, OneOf


def _reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why, in your words"),
        help_text=_("The person reads this under “Who has looked”. Do not write anything about others."),
        max_length=REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindForm(HouseForm):
    """Whom staff look up, for which purpose, and why."""

    kind = OneOf(
        label=_("What you have"),
        choices=[(IdentifierKind.PHONE.value, _("Mobile number")), (IdentifierKind.EMAIL.value, _("E-mail address"))],
        initial=IdentifierKind.PHONE.value,
    )
    identifier = forms.CharField(
        label=_("The whole number or address"),
        help_text=_("Only an exact match is found: numbers and addresses are held as keyed digests."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    purpose = forms.ChoiceField(label=_("For which purpose of the policy"))
    reason_code = forms.ChoiceField(
        label=_("Reason"), choices=[("", _("Choose one")), *((one.value, labels.label(one)) for one in StaffReason)]
    )
    case = forms.CharField(
        label=_("Number of the request, complaint or incident"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = _reason_field()

    def __init__(self, purposes: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["purpose"], [("", _("Choose one")), *purposes])


class OpenForm(HouseForm):
    """Which categories staff open, and why, once more."""

    categories = forms.MultipleChoiceField(label=_("What you need to read"), widget=forms.CheckboxSelectMultiple)
    reason = _reason_field()

    def __init__(self, categories: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["categories"], categories)


class HoldForm(HouseForm):
    """Which storage clause is held, under which law, until when."""

    clause = forms.ChoiceField(label=_("What the hold keeps"))
    law = forms.CharField(
        label=_("Article or order that demands it"), help_text=_("A reference, nothing about a person."), max_length=200
    )
    until = DayField(label=_("Until the end of"))

    def __init__(self, clauses: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["clause"], clauses)
