# SPDX-License-Identifier: Apache-2.0
"""Trials of single acts that promises of several policies share: what is declared, chosen and refused."""

from datetime import timedelta

import pytest

from tests.houses import House
from tests.promises.trials import codes, controls_of, willing
from upheld.consent import queries as consents
from upheld.consent import rules as choices
from upheld.consent import service as consent
from upheld.consent.models import ConsentRecord
from upheld.errors import Conflict
from upheld.facts import world_service
from upheld.gate import Denial, Permit
from upheld.gate.planning import needs_consent
from upheld.policy.model.processing import Function, Need
from upheld.sharing.values import PaperKind
from upheld.storage.acts import act
from upheld.terms import Act, Actor, DataSubjectId, Language, LawfulBasis, Tier

CATEGORY = "gate.category_declared"
CONSENT = "gate.consent_needed"
RECIPIENT = "gate.recipient_declared"
PERMISSION = "gate.permission_granted"
RESIDENCY = "gate.residency"
CEASED = "gate.no_use_after_cessation"
AT_ONCE = "consent.withdrawal_at_once"


# --- what each end touches


def collected_only_by(house: House, category: str, *purposes: str) -> None:
    """A category is collected by these functions, and refused to each other one."""
    person = house.person()
    for name in house.policy.functions:
        refused = CATEGORY in controls_of(house.decide(person, Act.COLLECT, name, category))
        assert refused is (name not in purposes), name


def read_only_by(house: House, category: str, *purposes: str) -> None:
    """A category is read for these ends, and refused to each other one that the policy states."""
    person = house.person()
    for name in house.policy.processing:
        refused = CATEGORY in controls_of(house.decide(person, Act.USE, name, category))
        assert refused is (name not in purposes), name


def unheard_of(house: House, purpose: str, *categories: str) -> None:
    """What the policy does not name is refused at the door, whatever the person consented to; what it names passes."""
    person = willing(house, purpose)
    function = house.policy.functions[purpose]
    assert not controls_of(house.decide(person, Act.COLLECT, purpose, *function.collects)) & {CATEGORY}
    for category in categories:
        assert category not in house.policy.categories
        assert CATEGORY in controls_of(house.decide(person, Act.COLLECT, purpose, category)), category


def consent_to_one_opens_no_other(house: House, given: str, other: str) -> None:
    """A consent to one end opens no other: each is read under its own."""
    person = house.person(f"purpose:{given}")
    touched = next(iter(house.policy.processing[other].categories))
    own = next(iter(house.policy.processing[given].categories))
    assert CONSENT not in controls_of(house.decide(person, Act.USE, given, own))
    assert CONSENT in controls_of(house.decide(person, Act.USE, other, touched))
    house.give(person, f"purpose:{other}")
    assert CONSENT not in controls_of(house.decide(person, Act.USE, other, touched))


def withdrawal_is_obeyed(house: House, purpose: str, category: str, act_: Act = Act.USE, **ask: object) -> None:
    """What was given is taken back at any time, and the very next act is refused."""
    person = willing(house, purpose)
    assert isinstance(house.decide(person, act_, purpose, category, **ask), Permit)
    house.withdraw(person, f"purpose:{purpose}")
    assert CONSENT in controls_of(house.decide(person, act_, purpose, category, **ask))


def every_choice_can_be_withdrawn(house: House) -> None:
    """Each end that rests on a choice has its switch: off before, on after a yes, off again at once after a no."""
    person = house.person()
    chosen = [name for name, one in house.policy.processing.items() if needs_consent(one)]
    assert chosen
    for name in chosen:
        assert not holds(house, person, name), name
        house.give(person, f"purpose:{name}")
        assert holds(house, person, name), name
        house.withdraw(person, f"purpose:{name}")
        assert not holds(house, person, name), name


def holds(house: House, person: DataSubjectId, purpose: str) -> bool:
    """Say whether the gate finds a consent to a purpose in force."""
    category = next(iter(house.policy.processing[purpose].categories))
    return CONSENT not in controls_of(house.decide(person, Act.USE, purpose, category))


# --- permissions of the device, and what a refusal costs


def all_permissions_begin_off(house: House) -> None:
    """No permission is on before the person said yes to it; after that each gives what it lists, until it is revoked."""
    person = house.person(*_wills(house))
    for name, permission in house.policy.permissions.items():
        asked = (Act.COLLECT, permission.scenes[0], permission.gives[0])
        assert PERMISSION in controls_of(house.decide(person, *asked, permission=name)), name
        house.give(person, f"permission:{name}")
        assert PERMISSION not in controls_of(house.decide(person, *asked, permission=name)), name
        house.withdraw(person, f"permission:{name}")
        assert PERMISSION in controls_of(house.decide(person, *asked, permission=name)), name


def _wills(house: House) -> list[str]:
    return [f"purpose:{name}" for name, one in house.policy.functions.items() if needs_consent(one)]


def unlisted_permission(house: House, permission: str, category: str = "") -> None:
    """A permission that is not on the list cannot be asked for, at any function."""
    assert permission not in house.policy.permissions
    person = house.person(*_wills(house))
    for name in house.policy.functions:
        answer = house.decide(person, Act.PERMISSION, name, permission=permission)
        assert PERMISSION in controls_of(answer), name
    listed, known = next(iter(house.policy.permissions.items()))
    house.give(person, f"permission:{listed}")
    asked = house.decide(person, Act.PERMISSION, known.scenes[0], permission=listed)
    assert PERMISSION not in controls_of(asked)


def basics_work(house: House, person: DataSubjectId) -> None:
    """Every basic function collects what it requires, but for what the person's age keeps from it."""
    for name, function in house.policy.functions.items():
        if function.tier is Tier.BASIC:
            plain = [one for one in required(function) if not house.policy.categories[one].sensitive]
            answer = house.decide(person, Act.COLLECT, name, *plain, declared=True)
            assert isinstance(answer, Permit), (name, controls_of(answer))


def required(function: Function) -> list[str]:
    """The categories that a function cannot do without."""
    return [name for name, need in function.collects.items() if need is Need.REQUIRED]


def refusal_costs_only(house: House, refused: str, other: str) -> None:
    """Refusing one choice closes that one, says what is lost, and leaves every basic function and another choice open.

    And no version can be published in which a basic function waits for a consent.
    """
    person = house.person(f"purpose:{other}")
    told = [choices.wording(house.policy, f"purpose:{refused}", language).refusal_effect for language in Language]
    assert all(told)
    house.refuse(person, f"purpose:{refused}")
    assert not holds(house, person, refused)
    assert holds(house, person, other)
    basics_work(house, person)
    for name, function in house.policy.functions.items():
        if function.tier is Tier.BASIC:
            assert "E407" in codes(house, functions={name: {"basis": LawfulBasis.CONSENT}}), name


def permission_costs_only(house: House, permission: str, other: str) -> None:
    """Refusing a permission closes what lies behind it, and leaves every basic function and another choice open."""
    scene, category = house.policy.permissions[permission].scenes[0], house.policy.permissions[permission].gives[0]
    person = house.person(f"purpose:{scene}", f"purpose:{other}")
    if house.policy.categories[category].sensitive:
        house.give(person, f"sensitive:{scene}")
    house.refuse(person, f"permission:{permission}")
    told = [choices.wording(house.policy, f"permission:{permission}", one).refusal_effect for one in Language]
    assert all(told)
    behind = house.decide(person, Act.COLLECT, scene, category, permission=permission)
    assert PERMISSION in controls_of(behind)
    assert holds(house, person, other)
    basics_work(house, person)
    for name, function in house.policy.functions.items():
        if function.tier is Tier.BASIC:
            assert "E407" in codes(house, functions={name: {"basis": LawfulBasis.CONSENT}}), name


# --- the end of the service


def nothing_after_the_end(house: House, purpose: str, **values: str) -> None:
    """Until the stop date collecting goes on; from it on every intake of every function is refused."""
    person = willing(house, purpose)
    with act() as acting:
        world_service.cease(house.now + timedelta(days=30), house.now)
        house._quietly(acting)
    house.later(days=29)
    house.collect(person, purpose, **values)
    house.later(days=1)
    assert house.refused(house.collect, person, purpose, of=CEASED, **values)
    for name, function in house.policy.functions.items():
        for category in function.collects:
            assert CEASED in controls_of(house.decide(person, Act.COLLECT, name, category)), (name, category)


def told_first(house: House, purpose: str, category: str) -> None:
    """Before the notice was accepted nothing is collected; after it was, the same act passes."""
    untold = house.person(told=False)
    before = house.decide(untold, Act.COLLECT, purpose, category)
    assert "gate.told_before_collection" in controls_of(before)
    assert isinstance(before, Denial)
    assert isinstance(house.decide(house.person(), Act.COLLECT, purpose, category), Permit)


def history_is_kept(house: House, topic: str, actor: Actor = Actor.SELF, person: DataSubjectId | None = None) -> None:
    """What was recorded before a withdrawal can be neither changed nor removed, and its receipt stays the same."""
    person = person or house.person()
    house.give(person, topic, actor=actor)
    [before] = consents.history(person)
    consent.withdraw(data_subject_id=person, topic=topic, said=house.said(actor), now=house.now)
    given = ConsentRecord.objects.get(id=before.record_id)
    given.action = "refused"
    with pytest.raises(Conflict):
        given.save()
    with pytest.raises(Conflict):
        ConsentRecord.objects.filter(id=given.id).update(action="refused")
    with pytest.raises(Conflict):
        given.delete()
    after = {one.record_id: one for one in consents.history(person)}
    assert (len(after), after[before.record_id].digest) == (2, before.digest)
