# SPDX-License-Identifier: Apache-2.0
"""The pieces of a simulation that can be wrong by themselves."""

from random import Random

import pytest

from upheld import places, policy
from upheld.gate import topics
from upheld.people.identifiers import IdentifierKind, normalized, prefix_of
from upheld.policy.model.processing import Need
from upheld.simulation import made_up, offers
from upheld.vault.terms import checked

POLICIES = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")


@pytest.fixture(params=POLICIES)
def declared(request):
    return policy.parse(places.POLICIES / f"{request.param}.yaml").policy


def test_every_number_is_one_person_s():
    """Numbers are valid, differ, and lie in blocks that the limits of codes tell apart."""
    some = [made_up.phone(number) for number in (*range(2_000), *range(9_990, 10_010), *range(69_990, 70_010))]
    assert len(set(some)) == len(some)
    assert all(normalized(IdentifierKind.PHONE, phone) == phone for phone in some[::50])
    blocks = [prefix_of(IdentifierKind.PHONE, made_up.phone(number)) for number in range(50_000)]
    assert len(set(blocks)) == len(blocks)


def test_every_category_takes_its_made_up_value(declared):
    """What simulated people give is of the kind that each category asks for."""
    chance = Random(0)
    for name, category in declared.categories.items():
        checked(declared, name, made_up.value(category, name, chance))


def test_offers_ask_for_topics_that_the_policy_knows(declared):
    """Whatever a person is led to say yes to is a topic of the gate's, and nothing required is left out."""
    known = set(topics.needed(declared))
    for offer in offers.offers(declared):
        wanted = {offer.choice, offer.separate, *offer.permissions.values()} - {""}
        assert wanted <= known
        collects = declared.functions[offer.name].collects
        assert set(offer.required) <= {c for c, need in collects.items() if need is Need.REQUIRED}


def test_handings_name_what_recipients_are_listed_for(declared):
    """Nothing is handed over in a simulation that the recipient's row does not list, save in attempts."""
    for handing in offers.handings(declared):
        recipient = declared.recipients[handing.recipient]
        assert handing.purpose in recipient.purposes
        assert set(handing.categories) <= set(recipient.receives) - set(recipient.off_by_default)
