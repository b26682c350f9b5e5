# SPDX-License-Identifier: Apache-2.0
"""Choices that are known only when a page is asked for."""

from collections.abc import Iterable

from django import forms
from django.utils.functional import Promise


def offer(field: forms.Field, choices: Iterable[tuple[str, str | Promise]]) -> None:
    """Let a field of choices offer these.

    Raises:
        TypeError: it is no field of choices.
    """
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"expected a field of choices, {type(field).__name__} came")
    field.choices = list(choices)
