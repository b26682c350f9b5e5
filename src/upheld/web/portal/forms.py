# SPDX-License-Identifier: Apache-2.0
"""Forms of the portal. They judge shape; the rooms judge what it means."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.web.kit.forms import CodeField, DayField, HouseForm, OneOf, PhoneField

LONGEST_STATEMENT: Final = 4_000
"""As many characters as the rights room seals in one note."""


class SignInForm(HouseForm):
    """One form for everyone: the number, and whether the notice shown is accepted."""

    phone = PhoneField(
        help_text=_("A code is sent to it. Numbers outside mainland China begin with + and the country.")
    )
    accepted = forms.BooleanField(
        required=False,
        label=_("I have read the privacy policy shown here and accept it. Needed only to open an account."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AcceptForm(HouseForm):
    """Accept the notice shown."""

    accepted = forms.BooleanField(label=_("I have read the privacy policy shown here and accept it."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AnswerForm(HouseForm):
    """Accept a newer version, or refuse it: one press either way."""

    ACCEPT, REFUSE = "accept", "refuse"

    answer = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (REFUSE, REFUSE)])
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class CodeForm(HouseForm):
    """The code of a message."""

    code = CodeField(help_text=_("It works once, for five minutes, and you have five tries."))


class PhoneForm(HouseForm):
    """A number alone."""

    phone = PhoneField()


class AgeForm(HouseForm):
    """A birth date, or only whether the person is of age."""

    BIRTH_DATE, OF_AGE, NOT_NOW = "birth_date", "of_age", "not_now"

    how = OneOf(label=_("How would you like to say it?"))
    birth_on = DayField(
        label=_("Birth date"), required=False, help_text=_("We work out whether you are a child, and do not keep it.")
    )

    def __init__(self, *args: object, under: int, may_wait: bool, **kwargs: object) -> None:
        """Offer the answers for a policy.

        Args:
            args: what Django's forms take.
            under: people younger than this are children.
            may_wait: whether an account can be held while the age is not known.
            kwargs: what Django's forms take.
        """
        super().__init__(*args, **kwargs)
        choices = [
            (self.OF_AGE, _("I am %(years)s or older") % {"years": under}),
            (self.BIRTH_DATE, _("By my birth date")),
        ]
        if may_wait:
            choices.append((self.NOT_NOW, _("Not now")))
        self.fields["how"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Ask for the date where the person chose to say it."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if given.get("how") == self.BIRTH_DATE and not given.get("birth_on") and "birth_on" not in self.errors:
            self.add_error("birth_on", _("Please give the date, or choose another answer."))
        return given


class BirthForm(HouseForm):
    """The birth date of somebody whom the person represents."""

    birth_on = DayField(
        label=_("Their birth date"), help_text=_("We keep the day they come of age, not the birth date.")
    )


class StatementForm(HouseForm):
    """A request in the person's own words."""

    statement = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_(
            "Sealed as soon as you send it. Please leave out what the answer does not need, such as card numbers."
        ),
    )


class CaseForm(HouseForm):
    """Why an erasure is asked for: one of the cases of the policy."""

    case = OneOf(label=_("Why?"))
    statement = forms.CharField(
        label=_("Anything to add"),
        required=False,
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: object, cases: list[tuple[str, str]], **kwargs: object) -> None:
        """Offer the policy's cases; where it lists none, none is asked for."""
        super().__init__(*args, **kwargs)
        if cases:
            self.fields["case"].choices = cases  # type: ignore[attr-defined]
        else:
            del self.fields["case"]
