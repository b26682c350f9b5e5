# SPDX-License-Identifier: Apache-2.0
"""Proposing a policy file, and standing behind it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.web.kit.forms import HouseForm


class ProposeForm(HouseForm):
    """A policy file."""

    document = forms.FileField(
        label=_("Policy file"),
        help_text=_("YAML in UTF-8, at most 1 MB. It is checked whole; with an error nothing of it is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,application/yaml,text/yaml"}),
        max_length=200,
    )
    marked_major = forms.BooleanField(
        label=_("Treat this as a major change, whatever the comparison says"), required=False
    )


class ApproveForm(HouseForm):
    """Approving alone: knowingly, since the board shows it."""

    alone = forms.BooleanField(label=_("No second person is there. I publish alone, and the promise board shows it."))
