# SPDX-License-Identifier: Apache-2.0
"""Trials of what others pass on, and of what is about others."""

from tests.houses import House
from tests.promises.screens import fields, markup
from tests.promises.trials import controls_of
from tests.web.portal.road import Browser
from upheld.gate import Permit
from upheld.sharing.values import SourcePaperKind
from upheld.terms import Act, Actor, DataSubjectId
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind, Source

DECLARED = "gate.source_declared"
LAWFUL = "gate.source_lawful"
OTHERS = "gate.others_data_declared"


def others_data_is_declared(house: House, purpose: str, category: str) -> None:
    """What somebody brings about another is refused without the declaration; with it, the other person finds it.

    It lies under the person it is about and under nobody else.
    """
    bringing, other = house.person(f"purpose:{purpose}"), house.person(f"purpose:{purpose}")
    value = {category.replace(".", "__"): "13900139000"}
    ask = {"actor": Actor.SERVICE}
    assert house.refused(house.collect, other, purpose, ask=ask, of=OTHERS, **value)
    assert category not in held(house, other)
    house.collect(other, purpose, ask={**ask, "declared": True}, **value)
    assert category in held(house, other)
    assert category not in held(house, bringing)


def others_data_is_declared_on_the_page(person: Browser, purpose: str, category: str) -> None:
    """The page that takes another's data has a box, not ticked beforehand: unticked nothing is stored, ticked it is."""
    person.agree(f"purpose:{purpose}")
    address, given = f"/profile/{purpose}", {f"value-{category}": "13900139000"}
    blank = markup(person.get(address))
    box = blank.split('name="others_agreed"')[0].rsplit("<input", 1)[1]
    assert 'type="checkbox"' in box and " checked" not in blank.split('name="others_agreed"')[1].split(">")[0]
    unticked = person.client.post(address, given)
    assert unticked.status_code == 403
    assert "13900139000" in markup(unticked), "what was typed is not lost"
    assert 'id="id_others_agreed_error"' in markup(unticked)
    assert fields(markup(person.get(address))), "nothing is held, so the field is still there"
    person.post(address, **given, others_agreed="on")
    assert not fields(markup(person.get(address)))


def held(house: House, person: DataSubjectId) -> set[str]:
    """Name the categories that a person finds when asking for their own data."""
    seen = vault.copy_of(data_subject_id=person, now=house.now, by=Reader(kind=ReaderKind.SELF, id=person))
    return {one.category for one in seen.every}


def comes_only_from(house: House, person: DataSubjectId, purpose: str, category: str, *sources: str) -> None:
    """A category comes for a purpose from these sources alone: from no other, and from nobody who is not named."""
    for name in house.policy.sources:
        house.source(name)
        if house.policy.sources[name].authorised_by_person:
            house.give(person, f"source:{name}")
    asked = (person, Act.COLLECT, purpose, category)
    for name in (*house.policy.sources, "somebody-else", None):
        refused = DECLARED in controls_of(house.decide(*asked, source=name))
        assert refused is (name not in sources), name
    for name in sources:
        assert isinstance(house.decide(*asked, source=name), Permit), name


def waits_for_its_agreement(house: House, person: DataSubjectId, purpose: str, category: str, source: str) -> None:
    """Nothing comes from a source before the agreement with it is in force, nor after it ended."""
    if house.policy.sources[source].authorised_by_person:
        house.give(person, f"source:{source}")
    asked = (person, Act.COLLECT, purpose, category)
    assert controls_of(house.decide(*asked, source=source)) == {LAWFUL}
    house.source(source, SourcePaperKind.AGREEMENT, days=30)
    assert isinstance(house.decide(*asked, source=source), Permit)
    house.later(days=31)
    assert controls_of(house.decide(*asked, source=source)) == {LAWFUL}


def unnamed_third_party_is_refused(house: House, person: DataSubjectId, purpose: str, category: str) -> None:
    """What came from a third party that nobody names is not stored, whatever function it is for."""

    def passed_on() -> None:
        vault.collect(
            ask=house.ask(Act.COLLECT, purpose, category),
            data_subject_id=person,
            values={category: "passed on"},
            now=house.now,
            source=Source.THIRD_PARTY,
        )

    assert house.refused(passed_on, of=DECLARED)
    assert category not in held(house, person)
