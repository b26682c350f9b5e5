# SPDX-License-Identifier: Apache-2.0
"""Trials that promises of several policies share: each sets up success and refusal in one house.

A trial is written in the terms of the policy that it is called with; the claim, with its promise and its control,
stands in that policy's own file.
"""

import dataclasses
from datetime import timedelta

import pytest

from tests.houses import House
from upheld import policy
from upheld.errors import BadInput, Conflict
from upheld.gate import Denial, Permit
from upheld.policy.model.processing import Function
from upheld.rights import queries, service
from upheld.rights.rules import RequestState
from upheld.rights.values import Filing, RefusalGiven, RequestView
from upheld.terms import Act, DataSubjectId, LawfulBasis, Right, Tier


def claim(promise: str, *values: object, control: str) -> object:
    """One row of a parametrised claim: the promise, its control, and the values it is tried with."""
    return pytest.param(*values, id=promise, marks=pytest.mark.upholds(promise, control=control))


def optional_function(house: House) -> tuple[str, str]:
    """Return an extended function that rests on consent and one harmless text category that it collects."""
    for name, function in house.policy.functions.items():
        if function.tier is not Tier.EXTENDED or function.basis is not LawfulBasis.CONSENT:
            continue
        for category in function.collects:
            found = house.policy.categories[category]
            if (
                found.value.value == "text"
                and not found.sensitive
                and not _behind_permission(house, function, category)
            ):
                return name, category
    raise AssertionError("the policy has no extended function that collects an ordinary text by consent")


def _behind_permission(house: House, function: Function, category: str) -> bool:
    return any(category in house.policy.permissions[name].gives for name in function.permissions)


def ground_demands_its_evidence(house: House, operation: str, ground: str) -> None:
    """Without consent an act passes on a listed ground with everything that ground demands, and with nothing less."""
    person = house.person()
    purpose, category = optional_function(house)
    listed = getattr(house.policy.grounds, operation)[ground]
    full = {name: "on file" for name in listed.evidence}
    acts = {"share": (Act.SHARE,), "transfer": (Act.TRANSFER,), "publish": (Act.PUBLISH,), "use": (Act.USE,)}.get(
        operation, (Act.COLLECT,)
    )
    for act in acts:
        assert isinstance(house.decide(person, act, purpose, category, ground=ground, evidence=full), Permit)
        assert isinstance(house.decide(person, act, purpose, category), Denial)
        for name in listed.evidence:
            without = {other: text for other, text in full.items() if other != name}
            answer = house.decide(person, act, purpose, category, ground=ground, evidence=without)
            assert isinstance(answer, Denial), f"{act} passed without {name}"
            assert "gate.ground_evidence" in {reason.control for reason in answer.reasons}


def only_listed_grounds(house: House, *acts: Act) -> None:
    """A ground that the policy does not list opens nothing, whatever evidence comes with it."""
    person = house.person()
    purpose, category = optional_function(house)
    for act in acts:
        answer = house.decide(person, act, purpose, category, ground="because-we-say-so", evidence={"article": "any"})
        assert isinstance(answer, Denial)
        assert "gate.ground_evidence" in {reason.control for reason in answer.reasons}


def file(house: House, person: DataSubjectId, right: Right, *, verified: bool = True, **more: object) -> RequestView:
    """File a request through the first channel of the policy."""
    rule = house.policy.rights.requests[right]
    case = more.pop("case", next(iter(rule.cases), ""))
    filing = Filing(
        data_subject_id=person,
        right=right,
        channel=str(more.pop("channel", rule.channels[0])),
        case=str(case),
        verified_by=service.SIGNED_IN if verified else "",
        **more,  # type: ignore[arg-type]
    )
    return service.file(filing=filing, now=house.now)


def refusal_demands_its_evidence(house: House, ground: str) -> None:
    """A request is refused on a listed ground with all its evidence, the person is told the remedies; else it stays."""
    listed = house.policy.rights.refusals[ground]
    full = {name: "on file" for name in listed.evidence}
    request = file(house, house.person(), Right.EXPLANATION)
    for name in listed.evidence:
        given = {**full, name: "  "}
        with pytest.raises(BadInput, match=name):
            service.refuse(request_id=request.id, refusal=_refusal(ground, given), now=house.now)
    assert queries.one(request.id).state is RequestState.VERIFIED
    ended = service.refuse(request_id=request.id, refusal=_refusal(ground, full), now=house.now)
    assert (ended.state, ended.refusal) == (RequestState.REFUSED, ground)
    assert set(ended.remedies) == set(house.policy.rights.remedies)


def only_listed_refusals(house: House) -> None:
    """No request is refused on a ground that the policy does not list."""
    request = file(house, house.person(), Right.EXPLANATION)
    with pytest.raises(BadInput):
        service.refuse(request_id=request.id, refusal=_refusal("too-busy", {"article": "none"}), now=house.now)
    assert queries.one(request.id).is_open


def _refusal(ground: str, evidence: dict[str, str]) -> RefusalGiven:
    return RefusalGiven(ground=ground, evidence=evidence, text="We cannot do this, because of the ground above.")


def answered_in_time(house: House, right: Right, days: int, **more: object) -> None:
    """A request is due after so many days, and the board calls the clause broken once it is late."""
    request = file(house, house.person(), right, **more)
    due = request.due_at
    assert due is not None
    assert timedelta(days=days) < due - house.now <= timedelta(days=days + 1)
    clause = f"rights.requests.{right.value}"
    assert house.status(clause, "rights.answered_in_time") != "broken"
    house.clock.advance(due - house.now)
    assert house.status(clause, "rights.answered_in_time") == "broken"


def verified_first(house: House, right: Right) -> None:
    """A request is not answered before the requester is verified."""
    request = file(house, house.person(), right, verified=False)
    with pytest.raises(Conflict):
        service.answer(request_id=request.id, text="Here it is.", now=house.now)
    method = next(iter(house.policy.rights.verification.methods))
    service.verify(request_id=request.id, method=method, now=house.now)
    assert service.answer(request_id=request.id, text="Here it is.", now=house.now).state is RequestState.ANSWERED


def recipient_takes_only_its_row(house: House, recipient: str, purpose: str, other_purpose: str) -> None:
    """A recipient receives, for its declared purpose, what its row lists; no other category, and for no other end."""
    row = house.policy.recipients[recipient]
    person = house.person()
    listed = [one for one in row.receives if one not in row.off_by_default]
    stranger = next(one for one in house.policy.categories if one not in row.receives)
    for purpose_, categories in ((purpose, [stranger]), (other_purpose, listed[:1])):
        answer = house.decide(person, Act.SHARE, purpose_, *categories, recipient=recipient)
        assert isinstance(answer, Denial)
        assert "gate.recipient_declared" in {reason.control for reason in answer.reasons}
    answer = house.decide(person, Act.SHARE, purpose, *listed, recipient=recipient)
    reasons = answer.reasons if isinstance(answer, Denial) else ()
    assert "gate.recipient_declared" not in {reason.control for reason in reasons}


def controls_of(answer: Permit | Denial) -> set[str]:
    """The controls that stand in the way; none where it is permitted."""
    return {reason.control for reason in answer.reasons} if isinstance(answer, Denial) else set()


def willing(house: House, purpose: str) -> DataSubjectId:
    """A person of age who consented to a purpose, its sensitive categories included, and granted no permission."""
    topics = [f"purpose:{purpose}"] if house.policy.processing[purpose].basis is LawfulBasis.CONSENT else []
    known = {category for category in house.policy.processing[purpose].categories}
    if any(house.policy.categories[one].sensitive for one in known):
        topics.append(f"sensitive:{purpose}")
    return house.person(*topics)


def permission_is_needed(house: House, permission: str, purpose: str, category: str) -> None:
    """What lies behind a device permission is collected after it was granted, at a declared scene, and not before."""
    person = willing(house, purpose)
    asked = {"permission": permission}
    before = house.decide(person, Act.COLLECT, purpose, category, **asked)
    assert "gate.permission_granted" in controls_of(before)
    house.give(person, f"permission:{permission}")
    assert isinstance(house.decide(person, Act.COLLECT, purpose, category, **asked), Permit)
    other = next(n for n in house.policy.functions if n not in house.policy.permissions[permission].scenes)
    elsewhere = house.decide(person, Act.COLLECT, other, category, **asked)
    assert "gate.permission_granted" in controls_of(elsewhere)
    house.withdraw(person, f"permission:{permission}")
    after = house.decide(person, Act.COLLECT, purpose, category, **asked)
    assert "gate.permission_granted" in controls_of(after)


def only_in_front(house: House, purpose: str, category: str, **ask: object) -> None:
    """Nothing is gathered while the product is not in front, whatever was consented to."""
    person = willing(house, purpose)
    if "permission" in ask:
        house.give(person, f"permission:{ask['permission']}")
    assert isinstance(house.decide(person, Act.COLLECT, purpose, category, **ask), Permit)
    behind = house.decide(person, Act.COLLECT, purpose, category, foreground=False, **ask)
    assert "gate.background_declared" in controls_of(behind)


def source_of(house: House, purpose: str, category: str) -> str | None:
    """The source that passes a category on for a purpose, if it comes from one."""
    given = (n for n, its in house.policy.sources.items() if purpose in its.purposes and category in its.gives)
    return next(given, None)


def let_sources_pass_on(house: House, person: DataSubjectId, purpose: str) -> None:
    """Put the papers of a purpose's sources on file, and let the person authorise those that wait for it."""
    for name, source in house.policy.sources.items():
        if purpose in source.purposes:
            house.source(name)
            if source.authorised_by_person:
                house.give(person, f"source:{name}")


def only_what_is_declared(house: House, purpose: str, *others: str) -> None:
    """A purpose collects the categories it declares, and is refused each other one."""
    person = willing(house, purpose)
    let_sources_pass_on(house, person, purpose)
    declared = [one for one in house.policy.functions[purpose].collects if not _gated(house, purpose, one)]
    for category in declared:
        asked = {"source": source_of(house, purpose, category), "declared": True}
        assert isinstance(house.decide(person, Act.COLLECT, purpose, category, **asked), Permit), category
    for category in others:
        assert "gate.category_declared" in controls_of(house.decide(person, Act.COLLECT, purpose, category)), category


def _gated(house: House, purpose: str, category: str) -> bool:
    return _behind_permission(house, house.policy.functions[purpose], category)


def consent_is_needed(house: House, purpose: str, category: str, act: Act = Act.COLLECT, **ask: object) -> None:
    """A purpose that rests on consent passes with one in force, and neither before nor after."""
    person = house.person()
    if house.policy.categories[category].sensitive:
        house.give(person, f"sensitive:{purpose}")
    assert "gate.consent_needed" in controls_of(house.decide(person, act, purpose, category, **ask))
    house.give(person, f"purpose:{purpose}")
    assert "gate.consent_needed" not in controls_of(house.decide(person, act, purpose, category, **ask))
    house.withdraw(person, f"purpose:{purpose}")
    assert "gate.consent_needed" in controls_of(house.decide(person, act, purpose, category, **ask))


def separate_consent_is_needed(house: House, purpose: str, category: str) -> None:
    """A sensitive category needs a consent of its own beside the one for the purpose."""
    person = house.person(f"purpose:{purpose}")
    assert "gate.separate_consent" in controls_of(house.decide(person, Act.COLLECT, purpose, category))
    house.give(person, f"sensitive:{purpose}")
    assert "gate.separate_consent" not in controls_of(house.decide(person, Act.COLLECT, purpose, category))


def other_ends_are_refused(house: House, category: str, *purposes: str) -> None:
    """A category is used for the purposes that declare it, and for no purpose that the policy does not know."""
    person = house.person()
    for purpose in purposes:
        answer = house.decide(person, Act.USE, purpose, category)
        assert not controls_of(answer) & {"gate.purpose_declared", "gate.category_declared"}, purpose
    answer = house.decide(person, Act.USE, "sell-to-whoever-asks", category)
    assert "gate.purpose_declared" in controls_of(answer)


def basic_stands_alone(house: House, refused: str, *needed: tuple[str, str]) -> None:
    """Refusing an extended function takes that one away and leaves these basic ones whole.

    And no version can be published in which one of them waits for a consent.
    """
    person = house.person()
    house.refuse(person, f"purpose:{refused}")
    for purpose, category in needed:
        assert isinstance(house.decide(person, Act.COLLECT, purpose, category), Permit), purpose
        assert "E407" in codes(house, functions={purpose: {"basis": LawfulBasis.CONSENT}}), purpose
    category = next(iter(house.policy.processing[refused].categories))
    act = Act.COLLECT if category in getattr(house.policy.processing[refused], "collects", {}) else Act.USE
    assert isinstance(house.decide(person, act, refused, category), Denial)


def codes(house: House, **changes: dict[str, dict[str, object]]) -> set[str]:
    """Check the policy with some entries changed, and return the codes of what is found."""
    parsed = policy.parse(house.document, "changed.yaml")
    update = {}
    for section, entries in changes.items():
        found = dict(getattr(parsed.policy, section))
        found.update({name: found[name].model_copy(update=new) for name, new in entries.items()})
        update[section] = found
    changed = dataclasses.replace(parsed, policy=parsed.policy.model_copy(update=update))
    return {finding.code for finding in policy.check(changed)}


def stays_ended(house: House, request: RequestView) -> None:
    """A request stays until it is answered, and then stays answered: nobody removes it, ends it twice, or loses it."""
    from upheld.rights.models import SubjectRequest  # noqa: PLC0415 - the one trial that reaches past the service

    with pytest.raises(Conflict):
        SubjectRequest.objects.filter(id=request.id).delete()
    assert request.id in {one.id for one in queries.queue()}
    service.answer(request_id=request.id, text="This is what we did, and why.", now=house.now)
    with pytest.raises(Conflict):
        service.take_back(request_id=request.id, data_subject_id=request.data_subject_id, now=house.now)
    assert queries.one(request.id).state is RequestState.ANSWERED
    assert request.id in {one.id for one in queries.of(request.data_subject_id)}
