# SPDX-License-Identifier: Apache-2.0
"""What staff read when a room refuses something: on the form that was sent, with what was typed still in it."""

from datetime import timedelta
from types import TracebackType
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from upheld import errors
from upheld.gate import Denied
from upheld.gate.explaining import reason_text
from upheld.web.console import desk
from upheld.web.kit import formats

_TAKEN: Final = (
    errors.BadInput,
    errors.Conflict,
    errors.Forbidden,
    errors.NotFound,
    errors.TooMany,
    errors.Unauthenticated,
    Denied,
)


class On:
    """Turn a refusal inside the block into an error of the form; the caller then looks at `form.errors`.

    What is nobody's input (a broken seal, a missing table) goes on to the page of errors.
    """

    def __init__(self, form: forms.Form) -> None:
        self._form = form

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Take what a room refused; let everything else pass."""
        if not isinstance(error, _TAKEN):
            return False
        for line in said(error):
            self._form.add_error(None, line)
        return True


def said(error: errors.UpheldError) -> list[str]:
    """Say a refusal to staff; reasons of the gate one by one, in the reader's language."""
    if isinstance(error, Denied):
        return [_reason(reason.code, reason.clause) for reason in error.denial.reasons]
    if isinstance(error, errors.TooMany):
        wait = formats.span(timedelta(seconds=error.retry_after_seconds))
        return [_("That was tried too often. Try again in %(wait)s.") % {"wait": wait}]
    if error.code == "invite_refused":
        return [_("The invitation is unknown, used or too old. Ask for a new one.")]
    if isinstance(error, errors.Unauthenticated):
        return [_("Address, password or code is wrong. Which of them is not said.")]
    return [_("This was refused: %(why)s") % {"why": error.message}]


def _reason(code: str, clause: str) -> str:
    try:
        text = reason_text(code, desk.language())
    except KeyError:  # one of the vault's own
        text = code.replace("_", " ")
    return f"{text} ({clause})" if clause else text
