# SPDX-License-Identifier: Apache-2.0
"""The general platform's promises about what others pass on."""

import pytest

from tests.promises import trials_sources
from tests.promises.trials import claim, controls_of
from tests.promises.trials_sources import DECLARED, LAWFUL
from upheld.gate import Permit
from upheld.sharing.values import SourcePaperKind
from upheld.terms import Act


@pytest.mark.upholds("S0-065", control=DECLARED)
def test_what_a_third_party_passed_on_names_its_source(house):
    """A record from a third party without a source is refused, and from a declared one it passes for its end alone."""
    person = house.person("purpose:joined-profile", "purpose:joint-sign-in", "purpose:trade", "sensitive:trade")
    trials_sources.unnamed_third_party_is_refused(house, person, "joined-profile", "affiliate.profile")
    trials_sources.comes_only_from(house, person, "joined-profile", "affiliate.profile", "affiliates")


@pytest.mark.upholds("S0-065", control=LAWFUL)
def test_what_a_third_party_passed_on_waits_for_its_agreement(house):
    """A record whose source has no agreement in force is refused, before the agreement and after its end."""
    person = house.person("purpose:joined-profile")
    trials_sources.waits_for_its_agreement(house, person, "joined-profile", "affiliate.profile", "affiliates")


@pytest.mark.parametrize(
    ("category", "sources"),
    [
        claim("S0-066", "order", ("seller", "carrier"), control=DECLARED),
        claim("S0-066", "payment", ("payment-house",), control=DECLARED),
    ],
)
def test_trade_data_comes_from_the_parties_of_the_trade(house, category, sources):
    """Orders come from the seller or carrier, payments from the payment institution, and from no other party."""
    person = house.person("purpose:trade", "sensitive:trade")
    trials_sources.comes_only_from(house, person, "trade", category, *sources)
    other_end = house.decide(person, Act.COLLECT, "joined-profile", category, source=sources[0])
    assert DECLARED in controls_of(other_end)


@pytest.mark.upholds("S0-066", control=LAWFUL)
def test_trade_data_comes_from_parties_that_the_person_chose(house):
    """A seller with an agreement passes on nothing of a person who did not choose that seller."""
    chose, chose_not = (
        house.person("purpose:trade", "sensitive:trade", f"source:{one}") for one in ("seller", "carrier")
    )
    house.source("seller")
    asked = (Act.COLLECT, "trade", "order")
    assert isinstance(house.decide(chose, *asked, source="seller"), Permit)
    assert controls_of(house.decide(chose_not, *asked, source="seller")) == {LAWFUL}
    house.withdraw(chose, "source:seller")
    assert controls_of(house.decide(chose, *asked, source="seller")) == {LAWFUL}


@pytest.mark.upholds("S0-070", control=LAWFUL)
def test_an_affiliates_data_is_confirmed_lawful_or_authorised(house):
    """With neither the confirmation nor the person's word nothing comes; with either it does, and the word can go."""
    house.source("affiliates", SourcePaperKind.AGREEMENT)
    person = house.person("purpose:joined-profile")
    asked = (person, Act.COLLECT, "joined-profile", "affiliate.profile")
    assert controls_of(house.decide(*asked, source="affiliates")) == {LAWFUL}
    house.give(person, "source:affiliates")
    assert isinstance(house.decide(*asked, source="affiliates"), Permit)
    house.withdraw(person, "source:affiliates")
    assert controls_of(house.decide(*asked, source="affiliates")) == {LAWFUL}
    house.source("affiliates", SourcePaperKind.LAWFUL_ORIGIN)
    assert isinstance(house.decide(*asked, source="affiliates"), Permit)
