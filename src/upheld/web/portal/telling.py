# SPDX-License-Identifier: Apache-2.0
"""What people are told when a step cannot be taken."""

from datetime import timedelta

from django.utils.translation import gettext as _

from upheld.errors import TooMany
from upheld.web.kit import formats


def too_many(limit: TooMany) -> str:
    """Say when to try again; the same whether or not anybody has the number."""
    wait = formats.span(timedelta(seconds=limit.retry_after_seconds))
    return _("That was asked for too often. Try again in %(wait)s.") % {"wait": wait}


def code_refused() -> str:
    """Say that a code was not taken; which fault it has is not said."""
    return _("The code is wrong, used up or too old. Check it, or have a new one sent.")
