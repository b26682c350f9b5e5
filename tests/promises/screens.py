# SPDX-License-Identifier: Apache-2.0
"""What promises about screens look at."""

import re
from html import unescape

from tests.web.portal.road import Browser
from upheld.web.portal.asking import typed_functions

TYPED = re.compile(r'<textarea|<input type="text" name="value-')
"""A field that takes free text."""


def plain(markup: str) -> str:
    """What a piece of a page says, without its markup."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


def markup(response) -> str:
    return response.content.decode()


def advice(page: str) -> str:
    """What the advice on a page says; nothing where it gives none."""
    found = re.search(r'<aside class="advice".*?</aside>', page, re.DOTALL)
    return plain(found[0]) if found else ""


def standing_out(page: str) -> set[str]:
    """The clauses of a notice that are set apart in style and by a word."""
    found = re.finditer(
        r'<li id="clause-([^"]+)" class="notice-weighs"><strong class="notice-mark">[^<]+</strong>', page
    )
    return {one[1] for one in found}


def fields(page: str) -> list[str]:
    """The fields of data that a page asks for, each with what stands beside it."""
    return [one for one in re.split(r'(?=<div class="field)', page)[1:] if 'name="value-' in one]


def pages_to_fill(person: Browser) -> dict[str, str]:
    """Every page of a person that asks for data of theirs, by function."""
    policy = person.street.house.policy
    return {name: markup(person.get(f"/profile/{name}")) for name in typed_functions(policy)}


def pages_to_write(person: Browser) -> dict[str, str]:
    """Every page of a person with a field for free text, by address."""
    rights = person.street.house.policy.rights.requests
    addresses = [f"/requests/new/{right.value}" for right in rights]
    pages = {address: markup(person.get(address)) for address in addresses}
    pages |= {f"/profile/{name}": page for name, page in pages_to_fill(person).items()}
    return {address: page for address, page in pages.items() if TYPED.search(page)}
