# SPDX-License-Identifier: Apache-2.0
"""Papers of recipients, sources and successors."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upheld.sharing.values import PaperKind, SourcePaperKind
from upheld.web.console.words import PAPERS
from upheld.web.kit.forms import DayField, HouseForm


class ReviewForm(HouseForm):
    """That a paper was reviewed, and when the next review is due."""

    next_on = DayField(label=gettext_lazy("Next review due on"))


class DatedForm(HouseForm):
    """The dates of a signed paper, and which document it is; the document itself stays where it is kept."""

    starts_on = DayField(label=gettext_lazy("Holds from"))
    until_on = DayField(
        label=gettext_lazy("Holds until the end of"),
        required=False,
        help_text=gettext_lazy("Leave empty if it holds until it is replaced."),
    )
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


class PaperForm(DatedForm):
    """A paper of a recipient: its kind, and by when it is reviewed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=[(kind.value, PAPERS[kind.value]) for kind in PaperKind]
    )
    review_on = DayField(label=gettext_lazy("Review due on"), required=False)


class SourcePaperForm(DatedForm):
    """A paper of a source: that it agreed, or that its data was found to be held lawfully."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=[(kind.value, PAPERS[kind.value]) for kind in SourcePaperKind]
    )


class SuccessorForm(DatedForm):
    """Who takes the product over, and is bound by the policy; people are told name, contact and day."""

    name = forms.CharField(label=gettext_lazy("Name of the successor"), max_length=120)
    contact = forms.CharField(
        label=gettext_lazy("How people reach it"),
        max_length=200,
        help_text=gettext_lazy("One line, such as an address for mail. People are told it."),
    )
