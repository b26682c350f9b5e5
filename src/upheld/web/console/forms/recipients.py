# SPDX-License-Identifier: Apache-2.0
"""Papers of recipients."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upheld.sharing.values import PaperKind
from upheld.web.console.words import PAPERS
from upheld.web.kit.forms import DayField, HouseForm


class ReviewForm(HouseForm):
    """That a paper was reviewed, and when the next review is due."""

    next_on = DayField(label=gettext_lazy("Next review due on"))


class PaperForm(HouseForm):
    """A signed paper: its kind, its dates, and which document it is; the document itself stays where it is kept."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=[(kind.value, PAPERS[kind.value]) for kind in PaperKind]
    )
    starts_on = DayField(label=gettext_lazy("Holds from"))
    until_on = DayField(
        label=gettext_lazy("Holds until the end of"),
        required=False,
        help_text=gettext_lazy("Leave empty if it holds until it is replaced."),
    )
    review_on = DayField(label=gettext_lazy("Review due on"), required=False)
    document_sha256 = forms.RegexField(
        label=gettext_lazy("SHA-256 of the signed document"),
        regex=r"^[0-9a-f]{64}$",
        help_text=gettext_lazy("64 digits, as sha256sum prints them. The document is not uploaded."),
        error_messages={"invalid": gettext_lazy("Expected 64 hexadecimal digits in small letters.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a paper that would end before it starts."""
        given = super().clean() or {}
        starts, until = given.get("starts_on"), given.get("until_on")
        if starts and until and until < starts:
            self.add_error("until_on", _("A paper ends after it starts."))
        return given
