# SPDX-License-Identifier: Apache-2.0
"""The jewellery-shop policy's promise of advice on channels."""

import pytest

from tests.promises.screens import advice, markup, pages_to_write


@pytest.mark.upholds("S3-141", control="web.channel_advice")
def test_every_page_that_takes_free_text_advises_on_channels(person):
    """Where a person can write in their own words, the page says that no channel is safe and which ways are meant."""
    pages = pages_to_write(person)
    assert "/requests/new/complaint" in pages
    assert len(pages) > 3
    silent = [where for where, page in pages.items() if "The internet is never wholly safe" not in advice(page)]
    assert silent == []


@pytest.mark.upholds("S3-141", control="web.channel_advice")
def test_support_itself_is_reached_by_listed_ways(person):
    """The page that takes a complaint lists the contacts of the policy, support among them."""
    shown = advice(markup(person.get("/requests/new/complaint")))
    contacts = person.street.house.policy.controller.contacts.values()
    assert [contact.label["en"] for contact in contacts if contact.label["en"] not in shown] == []
