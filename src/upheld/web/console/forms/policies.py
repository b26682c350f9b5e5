# SPDX-License-Identifier: Apache-2.0
"""Proposing a policy file, and standing behind it."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.notices.values import Because, Reason
from upheld.terms import Language
from upheld.web.kit.forms import HouseForm, OneOf

LONGEST_REASON: Final = 500


def _why(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Anyone can read it in the archive. Name nobody."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _words(given: Mapping[str, Any]) -> dict[Language, str]:
    both = {Language.EN: given["why_en"], Language.ZH_HANS: given["why_zh"]}
    return {language: text.strip() for language, text in both.items() if text.strip()}


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
    because = OneOf(
        label=_("What does this revision answer to?"),
        choices=[(Because.SERVICE.value, _("A change in the service")), (Because.LAW.value, _("A change in the law"))],
        required=False,
    )
    why_en = _why(_("Which change, in English"))
    why_zh = _why(_("Which change, in Chinese"))

    def reason(self) -> Reason | None:
        """Return the reason given, or None; the room of notices judges whether one is needed."""
        given = self.cleaned_data
        if not given["because"]:
            return None
        return Reason(because=Because(given["because"]), words=_words(given))


class WithdrawForm(HouseForm):
    """Why a published version is taken back; anyone can read it in the archive."""

    why_en = _why(_("Why, in English"))
    why_zh = _why(_("Why, in Chinese"))
    sure = forms.BooleanField(label=_("I have read what this does. It cannot be undone."))

    def words(self) -> dict[Language, str]:
        """Return the reason in the languages it was given in."""
        return _words(self.cleaned_data)


class ApproveForm(HouseForm):
    """Approving alone: knowingly, since the board shows it."""

    alone = forms.BooleanField(label=_("No second person is there. I publish alone, and the promise board shows it."))
