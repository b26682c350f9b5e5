# SPDX-License-Identifier: Apache-2.0
"""Versions of any of the five policies, with faults and changes planted, proposed and published by two people."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

import pytest
import yaml

from tests.houses import House
from tests.policy.planting import Plant, _Plain, both, cut, put, words
from upheld import places
from upheld.facts import queries as facts
from upheld.notices import queries, service
from upheld.notices.models import ChangeTold
from upheld.notices.values import Because, PolicyRefused, Proposal, Reason
from upheld.notices.ways import ON_PAGES
from upheld.terms import DataSubjectId, Language, StaffId

ANNE, BO = StaffId(UUID(int=1)), StaffId(UUID(int=2))
WHY = Reason(because=Because.SERVICE, words={Language.EN: "The service changed.", Language.ZH_HANS: "服务发生变化。"})
"""Why the next version comes."""
LATER = datetime(2026, 8, 1, 2, tzinfo=UTC)
NEXT = both(put("version", 2), put("updated", "2026-05-20"), put("effective", "2026-08-01"))


@cache
def _clean(name: str) -> dict:
    return yaml.load((places.POLICIES / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_Plain)


def planted(name: str, *plants: Plant) -> bytes:
    """Give a policy's document with these changes; JSON is YAML, and quicker to write."""
    data = deepcopy(_clean(name))
    both(*plants)(data)
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def house_with(name: str, *plants: Plant) -> House:
    """A house under a policy with these changes."""
    return House(document=planted(name, *plants))


def propose(house: House, *plants: Plant, **more: object) -> Proposal:
    """Propose the next version of a house's policy with these changes."""
    document = planted(house.policy.policy, NEXT, *plants)
    said = {"reason": WHY, **more}
    return service.propose(document=document, staff_id=ANNE, now=house.now, **said)  # type: ignore[arg-type]


def publish(house: House, *plants: Plant) -> Proposal:
    """Publish the next version with these changes, by two people."""
    proposal = propose(house, *plants)
    return service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=house.now)


def accept(house: House, person: DataSubjectId, version: int, **more: object) -> None:
    """Show a person a version, and let them accept it."""
    service.shown(viewer_id=person, version=version, language=Language.EN, now=house.now)
    said = {"data_subject_id": person, "version": version, "language": Language.EN, "now": house.now}
    service.acknowledge(**said, **more)  # type: ignore[arg-type]


def refused_for(house: House, *plants: Plant) -> set[str]:
    """The codes of the findings that keep a version from being proposed; nothing of it is kept."""
    with pytest.raises(PolicyRefused) as refused:
        propose(house, *plants)
    assert queries.proposals() == []
    return {finding.code for finding in refused.value.findings}


def bound(person: DataSubjectId) -> int:
    """The version that binds a person."""
    return facts.of(person).person.version


def wait(house: House) -> None:
    """Let time pass until the next version applies."""
    house.clock.advance(LATER - house.now)


NEWCOMER = {
    "name": words("Newcomer"), "kind": "supplier", "role": "processor", "purposes": ["account"], "basis": "contract",
    "purpose": words("to help"), "receives": ["phone"], "scene": words("when you sign in"), "form": "identified",
    "region": "cn", "needs": ["agreement"], "supervised": "1 year", "link": "https://newcomer.example/privacy",
}  # fmt: skip
"""A recipient that no policy lists yet."""


def is_refused_until_put_right(house: House, code: str, *faults: Plant) -> None:
    """Each fault alone keeps a version from being proposed; without them it is taken."""
    for fault in faults:
        assert code in refused_for(house, fault)
    assert propose(house).version == 2


def is_major_whatever_the_author_says(house: House, trigger: str, *changes: Plant) -> None:
    """Each change is found, makes the version a major one although nobody marked it so, and is still to be told."""
    for change in changes[:-1]:
        assert propose(house, change, marked_major=False).is_major
    person = house.person()
    assert publish(house, changes[-1]).is_major
    assert trigger in {found.replace("_", "-") for found in queries.change_between(1, 2).triggers}
    pending = queries.pending_change(person, now=house.now)
    assert pending is not None
    assert pending.change.is_major


def a_high_risk_is_major_and_told(house: House, reworded: Plant) -> None:
    """An assessment that shows a high risk makes a version major whose words change nothing, and it is to be told."""
    assert not propose(house, reworded).is_major
    person = house.person()
    proposal = propose(house, reworded, high_risk=("assessment-2026-05",))
    assert proposal.is_major
    service.approve(proposal_id=proposal.proposal_id, staff_id=BO, now=house.now)
    pending = queries.pending_change(person, now=house.now)
    assert pending is not None
    assert pending.change.is_major
    assert pending.ways_left


def only_raised_never_lowered(house: House, reworded: Plant) -> None:
    """A change of words is major where the reviewer says so; a listed one is major whatever the reviewer says."""
    assert not propose(house, reworded).is_major
    assert propose(house, reworded, marked_major=True).is_major
    assert propose(house, put("recipients/newcomer", NEWCOMER), marked_major=False).is_major


def a_cut_right_binds_only_who_agrees(house: House, *cuts: Plant) -> None:
    """A version that takes something away leaves who did not agree under the earlier one."""
    from upheld.errors import Conflict

    person, other = house.person(), house.person()
    publish(house, *cuts)
    wait(house)
    with pytest.raises(Conflict, match="takes rights away"):
        service.take_effect(data_subject_id=person, version=2, now=house.now)
    with pytest.raises(Conflict, match="takes rights away"):
        accept(house, person, 2)
    assert bound(person) == 1
    accept(house, other, 2, agrees_to_cuts=True)
    assert bound(other) == 2


def a_major_change_waits_until_everyone_was_told(house: House) -> None:
    """The version's day alone binds nobody; each person is bound once told in every way that was promised."""
    shown, away = house.person(), house.person()
    publish(house, put("recipients/newcomer", NEWCOMER))
    wait(house)
    house.work()
    assert (bound(shown), bound(away)) == (1, 1)
    on_pages = [way for way in house.policy.changes.tell if way in ON_PAGES]
    for person, now_under in ((shown, (2, 1)), (away, (2, 2))):
        for way in on_pages:
            service.told(data_subject_id=person, version=2, way=way, now=house.now)
        house.later(hours=1).work()
        assert (bound(shown), bound(away)) == now_under
    promised = {way.value for way in house.policy.changes.tell if way in ON_PAGES or way.value == "message"}
    assert promised
    for person in (shown, away):
        assert told_by(person) == promised


def told_by(person: DataSubjectId) -> set[str]:
    """The ways in which a person was told of the next version."""
    return set(ChangeTold.objects.filter(data_subject_id=person, version=2).values_list("way", flat=True))


__all__ = [
    "NEWCOMER", "WHY", "a_high_risk_is_major_and_told", "a_cut_right_binds_only_who_agrees", "a_major_change_waits_until_everyone_was_told", "accept", "bound", "cut", "is_major_whatever_the_author_says",
    "is_refused_until_put_right", "only_raised_never_lowered", "planted", "propose", "publish", "put", "refused_for", "told_by",
    "wait", "words",
]  # fmt: skip
