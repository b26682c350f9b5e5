# SPDX-License-Identifier: Apache-2.0
"""Terms of a program's key."""

from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upheld.people.key_values import Terms
from upheld.people.limit_tables import API_KEY_LONGEST
from upheld.people.permissions import Permission
from upheld.terms import Act
from upheld.web.console.forms.offering import offer
from upheld.web.console.words import API_PERMISSIONS
from upheld.web.kit import labels
from upheld.web.kit.forms import HouseForm


class KeyForm(HouseForm):
    """What a key is for, from where, how long, and about how many people."""

    name = forms.CharField(label=gettext_lazy("Name of the program"), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=gettext_lazy("What it may call"),
        choices=[
            (one.value, API_PERMISSIONS.get(one.value, one.value)) for one in Permission if one.value.startswith("api:")
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("For which functions and purposes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    acts = forms.MultipleChoiceField(
        label=gettext_lazy("Which acts"),
        choices=[(act.value, labels.label(act)) for act in Act],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    networks = forms.CharField(
        label=gettext_lazy("From which networks"),
        help_text=gettext_lazy("In CIDR notation, separated by commas, such as 192.0.2.0/24."),
        max_length=500,
    )
    people_an_hour = forms.IntegerField(
        label=gettext_lazy("How many distinct people an hour"), min_value=1, max_value=1_000_000, initial=100
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many days it lives"), min_value=1, max_value=API_KEY_LONGEST.days, initial=90
    )

    def __init__(self, purposes: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["purposes"], purposes)

    def clean_networks(self) -> str:
        """Refuse what is no network."""
        text = str(self.cleaned_data["networks"])
        try:
            for one in _parts(text):
                ip_network(one)
        except ValueError:
            raise forms.ValidationError(_("Write networks as 192.0.2.0/24, separated by commas.")) from None
        if not _parts(text):
            raise forms.ValidationError(_("A key names the networks that may use it."))
        return text

    @property
    def terms(self) -> Terms:
        """Return the terms that were typed."""
        given = self.cleaned_data
        return Terms(
            name=given["name"].strip(),
            purposes=tuple(given["purposes"]),
            acts=tuple(Act(one) for one in given["acts"]),
            permissions=tuple(Permission(one) for one in given["permissions"]),
            networks=tuple(_parts(given["networks"])),
            people_an_hour=given["people_an_hour"],
            life=timedelta(days=given["days"]),
        )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
