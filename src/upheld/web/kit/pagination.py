# SPDX-License-Identifier: Apache-2.0
"""Lists in pages: a page number from the address never raises, the nearest page answers."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE: Final = 25


def page(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], *, per_page: int = PER_PAGE, name: str = "page"
) -> Page[Any]:
    """Return the page of `rows` that the address asks for; show it with `{% pagination page %}`."""
    return Paginator(rows, per_page).get_page(request.GET.get(name))
