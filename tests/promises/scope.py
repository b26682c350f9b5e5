# SPDX-License-Identifier: Apache-2.0
"""A trial of what a policy covers: every address of the product, walked as the product serves it."""

import re
from collections.abc import Iterator

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.promises.screens import markup, plain
from tests.web.portal.road import Street

SAMPLES = {"uuid": "018f0000-0000-7000-8000-000000000009", "int": "1", "str": "word", "slug": "word", "path": "word"}
"""What an address has where its pattern wants a value of that kind."""


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Give every address that the product knows, with a sample for each value in it."""
    for one in resolver.url_patterns:
        here = before + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], str(one.pattern))
        if isinstance(one, URLPattern):
            yield here
        else:
            yield from addresses(one, here)


def every_answer_names_the_policy(street: Street, settings: object) -> None:
    """Each address, asked by a stranger or by somebody signed in, names the policy; its page says what it covers."""
    settings.ROOT_URLCONF = "upheld.config.urls"  # type: ignore[attr-defined]
    person, stranger = street.browser().register().client, Client(REMOTE_ADDR="127.0.0.1")
    known = sorted(set(addresses(get_resolver("upheld.config.urls"))))
    assert {"/", "/profile", "/api/v1/decide", "/console/"} <= set(known)
    assert len(known) > 100
    unnamed = [
        (client is person, address)
        for client in (stranger, person)
        for address in known
        if client.get(address).headers.get("Link") != '</policy>; rel="privacy-policy"'
    ]
    assert unnamed == []
    page = plain(markup(stranger.get("/policy")))
    for product in street.house.policy.scope.products.values():
        assert product["en"] in page
