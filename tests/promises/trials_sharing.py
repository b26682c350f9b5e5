# SPDX-License-Identifier: Apache-2.0
"""Trials of handing data over that promises of several policies share: who receives, what is published, what goes abroad."""

from tests.houses import House
from tests.promises.trials import controls_of, willing
from upheld.gate import Permit
from upheld.gate.planning import needs_consent
from upheld.policy.model.storage import AllowedBy
from upheld.sharing.values import PaperKind
from upheld.terms import Act, Actor, DataSubjectId, LawfulBasis

CONSENT = "gate.consent_needed"
RECIPIENT = "gate.recipient_declared"
RESIDENCY = "gate.residency"


def paper_is_needed(house: House, recipient: str, purpose: str, paper: PaperKind, control: str) -> None:
    """With every other paper in force a recipient gets nothing; with this one too it does, until that one ends."""
    row = house.policy.recipients[recipient]
    person = ready(house, recipient, purpose)
    asked = (Act.SHARE, purpose, row.receives[0])
    others = [PaperKind(need.value) for need in row.needs if need.value != paper.value]
    if others:
        house.agree(recipient, *others)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {control}
    house.agree(recipient, paper, days=30)
    assert isinstance(house.decide(person, *asked, recipient=recipient), Permit)
    house.later(days=30)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {control}


def ready(house: House, recipient: str, purpose: str) -> DataSubjectId:
    """A person who gave every consent that a share may need."""
    topics = [f"purpose:{purpose}"] if needs_consent(house.policy.processing[purpose]) else []
    if house.policy.recipients[recipient].basis is LawfulBasis.CONSENT:
        topics.append(f"share:{recipient}")
    return house.person(*topics)


def share_waits_for_its_consent(house: House, recipient: str, purpose: str, other: str, act_: Act = Act.SHARE) -> None:
    """Neither the consent to the end nor one that names another recipient opens a share; its own does, while it lasts."""
    house.agree(recipient)
    category = house.policy.recipients[recipient].receives[0]
    person = house.person(f"purpose:{purpose}", f"share:{other}")
    assert controls_of(house.decide(person, act_, purpose, category, recipient=recipient)) == {CONSENT}
    house.give(person, f"share:{recipient}")
    assert isinstance(house.decide(person, act_, purpose, category, recipient=recipient), Permit)
    house.withdraw(person, f"share:{recipient}")
    assert controls_of(house.decide(person, act_, purpose, category, recipient=recipient)) == {CONSENT}


def nobody_else_receives(house: House, recipient: str, purpose: str, *strangers: str) -> None:
    """Who is not on the list gets nothing, for any end; who is gets its row."""
    person = house.person()
    category = house.policy.recipients[recipient].receives[0]
    for stranger in (*strangers, "somebody-unheard-of"):
        assert stranger not in house.policy.recipients
        for name in house.policy.processing:
            assert RECIPIENT in controls_of(house.decide(person, Act.SHARE, name, category, recipient=stranger)), name
    listed = house.decide(person, Act.SHARE, purpose, category, recipient=recipient)
    assert RECIPIENT not in controls_of(listed)


def only_sums(house: House, recipient: str, purpose: str, *identifying: str) -> None:
    """Partners get sums; the same about single people, or anything that identifies, is refused."""
    house.agree(recipient)
    person = ready(house, recipient, purpose)
    asked = (Act.SHARE, purpose, house.policy.recipients[recipient].receives[0])
    assert isinstance(house.decide(person, *asked, recipient=recipient, form="aggregate"), Permit)
    for form in ("identified", "de_identified"):
        assert RECIPIENT in controls_of(house.decide(person, *asked, recipient=recipient, form=form)), form
    for category in identifying:
        answer = house.decide(person, Act.SHARE, purpose, category, recipient=recipient)
        assert RECIPIENT in controls_of(answer), category


def publishing_needs_its_consent(house: House, purpose: str, category: str, other: str) -> None:
    """A general consent, or one to publish something else, makes nothing public; the consent to this does."""
    person = house.person(f"purpose:{purpose}", f"publish:{other}")
    asked = (Act.PUBLISH, purpose, category)
    assert controls_of(house.decide(person, *asked)) == {CONSENT}
    house.give(person, f"publish:{purpose}")
    assert isinstance(house.decide(person, *asked), Permit)
    house.withdraw(person, f"publish:{purpose}")
    assert controls_of(house.decide(person, *asked)) == {CONSENT}


def publication_by_law(house: House, purpose: str, category: str, name: str = "law") -> None:
    """What the law lets be published is, with everything that the policy demands on file, and with nothing less."""
    person = house.person()
    full = {one: "on file" for one in house.policy.publication[name].evidence}
    asked = (Act.PUBLISH, purpose, category)
    assert full
    assert isinstance(house.decide(person, *asked, ground=name, evidence=full), Permit)
    for one in full:
        less = {**full, one: " "}
        answer = house.decide(person, *asked, ground=name, evidence=less)
        assert "gate.ground_evidence" in controls_of(answer), one


def stays_home(house: House, purpose: str, category: str, **values: str) -> None:
    """What is written to a store at home is taken; the same to a store abroad is refused, as is a copy sent there."""
    person = willing(house, purpose)
    house.collect(person, purpose, **values)
    assert house.refused(house.collect, person, purpose, ask={"destination": "us"}, of=RESIDENCY, **values)
    assert RESIDENCY in controls_of(house.decide(person, Act.SEND_ABROAD, purpose, category, destination="us"))


def abroad_needs_its_own_consent(house: House, recipient: str, purpose: str) -> None:
    """Who agreed to the end and to the share, even to another recipient abroad, agreed to nothing abroad here."""
    house.agree(recipient)
    row = house.policy.recipients[recipient]
    other = next(name for name in house.policy.recipients if name != recipient)
    person, stranger = ready(house, recipient, purpose), ready(house, recipient, purpose)
    house.give(person, f"abroad:{other}")
    asked = (Act.SHARE, purpose, row.receives[0])
    passage = next(one for one in house.policy.residency.abroad.values() if one.by is AllowedBy.SEPARATE_CONSENT)
    more = {"recipient": recipient, "destination": "us", "evidence": dict.fromkeys(passage.evidence, "on file")}
    assert controls_of(house.decide(person, *asked, **more)) == {RESIDENCY}
    house.give(person, f"abroad:{recipient}")
    assert isinstance(house.decide(person, *asked, **more), Permit)
    if passage.evidence:
        assert controls_of(house.decide(person, *asked, **(more | {"evidence": {}}))) == {"gate.ground_evidence"}
    assert controls_of(house.decide(stranger, *asked, **more)) == {RESIDENCY}


def passage_by_law(house: House, purpose: str, category: str) -> None:
    """Data goes abroad under a legal rule with the rule cited, and not with the citation left blank."""
    person = willing(house, purpose)
    asked = (Act.COLLECT, purpose, category)
    more = {"destination": "us", "ground": "law"}
    assert isinstance(house.decide(person, *asked, **more, evidence={"provision": "article 1"}), Permit)
    for blank in ({}, {"provision": " "}):
        assert "gate.ground_evidence" in controls_of(house.decide(person, *asked, **more, evidence=blank))


def passage_by_own_act(house: House, purpose: str, category: str) -> None:
    """A person's own act on record carries their data abroad; the same by the service or by staff is refused."""
    person = willing(house, purpose)
    asked = (Act.USE, purpose, category)
    more = {"destination": "us", "ground": "own-act", "evidence": {"own-act": "the broadcast"}}
    assert isinstance(house.decide(person, *asked, **more, actor=Actor.SELF), Permit)
    for actor in (Actor.SERVICE, Actor.STAFF):
        assert RESIDENCY in controls_of(house.decide(person, *asked, **more, actor=actor)), actor
    assert RESIDENCY in controls_of(house.decide(person, *asked, destination="us"))


def new_end_asks_again(house: House, recipient: str, old: str, new: str, category: str) -> None:
    """The consents to an old end let nothing go for a new one; the consent to the new one does, and to that alone."""
    house.agree(recipient)
    person = house.person(f"purpose:{old}", f"share:{recipient}")
    before = house.policy.recipients[recipient].receives[0]
    assert isinstance(house.decide(person, Act.SHARE, old, before, recipient=recipient), Permit)
    asked = (Act.SHARE, new, category)
    assert controls_of(house.decide(person, *asked, recipient=recipient)) == {CONSENT}
    house.give(person, f"purpose:{new}")
    assert isinstance(house.decide(person, *asked, recipient=recipient), Permit)
