# SPDX-License-Identifier: Apache-2.0
"""Signing in, and joining by an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upheld.people import passwords
from upheld.web.kit.forms import CodeField, HouseForm


class SignInForm(HouseForm):
    """The three things that only one person has together."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}), max_length=254
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code of the second factor"),
        help_text=_("Six digits from your authenticator, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class JoinForm(HouseForm):
    """What an invited person brings: a name, an address, a password, and a code that shows the second factor works."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("Other staff see it. People whose data you look at see your role, not your name."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("12 characters or more. Four unrelated words are long and easy to keep in mind."),
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        strip=False,
        max_length=passwords.LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    code = CodeField(label=_("Code that your authenticator shows now"))

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ, and one that is easily guessed."""
        given = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        known = (given.get("name", ""), given.get("email", ""))
        if password and passwords.fault_of(password, known):
            self.add_error(
                "password",
                _("This password is too short, too common, or too much like your name or address. Choose another."),
            )
        return given
