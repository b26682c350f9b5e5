# SPDX-License-Identifier: Apache-2.0
"""What staff say about a request."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upheld.policy.model.rights import Refusal
from upheld.rights.notes import LONGEST
from upheld.vault.reading import REASON_CHARACTERS
from upheld.web.console.forms.offering import offer
from upheld.web.kit.forms import HouseForm, OneOf


def words(**more: Any) -> forms.CharField:
    """Return a field for a text of some lines."""
    more.setdefault("max_length", LONGEST)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), **more)


class AssignForm(HouseForm):
    """Who takes a request on."""

    staff = forms.ChoiceField(label=gettext_lazy("Who takes it on"))

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["staff"], people)


class VerifyForm(HouseForm):
    """How the requester was verified."""

    method = OneOf(label=gettext_lazy("How the requester was verified"))
    evidence = words(
        label=gettext_lazy("What you saw"),
        help_text=gettext_lazy("Sealed; only staff who give a reason, and the person, can read it."),
        required=False,
    )

    def __init__(self, methods: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["method"], methods)


class AnswerForm(HouseForm):
    """The answer."""

    text = words(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The person reads this in the portal. It is sealed."),
    )


class RefuseForm(HouseForm):
    """A refusal on one listed ground: what that ground demands, and the words for the person."""

    def __init__(self, ground: Refusal, *args: Any, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ground.evidence:
            label = labels.get(name, name)
            self.fields[f"evidence-{name}"] = forms.CharField(label=label, max_length=500)
            self.fields[f"evidence-{name}"].error_messages["required"] = _("Please fill this in.")
        self.fields["text"] = words(
            label=_("What the person is told"),
            help_text=_("Say why in plain words. The remedies below are told with it."),
        )
        self.fields["text"].error_messages["required"] = _("Please fill this in.")

    @property
    def evidence(self) -> dict[str, str]:
        """Return what was said for the ground."""
        prefix = "evidence-"
        given = self.cleaned_data.items()
        return {name.removeprefix(prefix): text for name, text in given if name.startswith(prefix)}


class ReasonForm(HouseForm):
    """Why staff read what a request says; the person sees it."""

    reason = forms.CharField(
        label=gettext_lazy("Why you look"),
        help_text=gettext_lazy("The person reads this under “Who has looked”."),
        max_length=REASON_CHARACTERS,
    )
