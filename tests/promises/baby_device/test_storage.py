# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about keeping: how long, under which seal, with what evidence."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.houses import House
from tests.promises import trials
from tests.promises.baby_device.test_notices import publish
from tests.promises.baby_device.test_sharing import logged
from tests.promises.trials import claim, controls_of
from upheld.config.middleware import HTTPSOnly
from upheld.errors import BadInput, NoEvidence
from upheld.gate import Permit
from upheld.retention import cancelling, erasing, holds
from upheld.retention import queries as retention
from upheld.retention.values import Because
from upheld.rights import service as rights
from upheld.rights.values import RefusalGiven
from upheld.storage.acts import act
from upheld.terms import Act, DataSubjectId, Right
from upheld.vault import queries, service
from upheld.vault.values import Reader

EXPIRY = "vault.expiry_at_read"
SEALED = "vault.sealed_at_rest"
PLANTED = "planted-value-to-be-found-nowhere"


def held(house: House, person: DataSubjectId) -> set[str]:
    """The categories of a person that can still be read."""
    return {item.category for item in queries.metadata(person, now=house.now)}


def copied(house: House, person: DataSubjectId) -> set[str]:
    """What a copy of a person's data has in it."""
    return set(service.copy_of(data_subject_id=person, now=house.now, by=Reader(id=person)))


def stored(text: str) -> list[str]:
    """Name every table of every store in which a text can be found."""
    found = []
    for model in apps.get_app_config("upheld").get_models():
        rows = repr([[_readable(value) for value in row] for row in _rows(model)])
        if text in rows:
            found.append(model.__name__)
    return found


def _rows(model: type[models.Model]) -> list[tuple[object, ...]]:
    return list(model._base_manager.values_list())


def _readable(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytes) else value


# --- how long


@pytest.mark.upholds("S4-147", control=EXPIRY)
def test_every_kind_has_an_end_and_is_unreadable_after_it(house):
    """Each category has a storage period; a place is read until its month is over, and by nobody from then on."""
    assert {one for period in house.policy.storage.values() for one in period.of} == set(house.policy.categories)
    person = house.person("purpose:local-content", "purpose:search")
    house.collect(person, "local-content", location__coarse="Shanghai")
    house.collect(person, "search", log__search="straps")
    house.later(days=29)
    assert "location.coarse" in house.open(person, "local-content", "location.coarse")
    house.later(days=2)
    assert "location.coarse" not in house.open(person, "local-content", "location.coarse")
    assert copied(house, person) == {"log.search"}
    house.later(days=160)
    assert copied(house, person) == set()


@pytest.mark.upholds("S4-193", control=EXPIRY)
def test_account_data_is_readable_for_180_days_from_the_cancellation(house):
    """On the last day a copy still has the nickname; on day 181 it has nothing, swept or not."""
    person = cancelled(house)
    house.later(days=179)
    assert copied(house, person) == {"nickname"}
    house.later(days=2)
    assert (copied(house, person), held(house, person)) == (set(), set())


@pytest.mark.upholds("S4-193", control="retention.sweep")
def test_account_data_is_gone_after_180_days(house):
    """The sweep that follows the last day takes the row and its key, and nothing of another person."""
    person, other = cancelled(house), house.person("purpose:profile")
    house.collect(other, "profile", nickname="Momo")
    house.later(days=181).work()
    assert "SealedItem" not in stored(str(person)) + stored(person.hex)
    assert held(house, other) == {"nickname"}
    assert house.status("storage.account", "retention.sweep") == "kept"


def cancelled(house: House) -> DataSubjectId:
    """A person with a profile who closed the account."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    cancelling.cancel(data_subject_id=person, now=house.now)
    return person


@pytest.mark.upholds("S4-148", control="retention.hold_keeps_only_its_own")
def test_only_a_named_law_keeps_longer_and_only_what_it_names(house):
    """A hold needs its law and a date to come; an erasure then leaves what the hold names, until it is lifted."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    house.collect(person, "orders", orders="one strap")
    later = house.now + timedelta(days=90)
    demand = {"data_subject_id": person, "clause": "storage.orders", "now": house.now}
    for law, until in (("  ", later), ("a law", house.now)):
        with pytest.raises(BadInput):
            holds.place(**demand, law=law, until=until)
    hold = holds.place(**demand, law="a law", until=later)
    erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
    house.work()
    assert held(house, person) == {"orders"}
    [shown] = retention.holds(person, now=house.now)
    assert (shown.law, shown.until) == ("a law", later)
    holds.lift(hold_id=hold, now=house.now)
    erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
    house.work()
    assert held(house, person) == set()


# --- sealed


@pytest.mark.upholds("S4-141", control=SEALED)
def test_a_planted_value_is_found_in_no_store(house):
    """A value is readable for its purpose, and stands in clear in no table of any store."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname=PLANTED)
    assert house.open(person, "profile", "nickname")["nickname"].value == PLANTED
    assert stored(PLANTED) == []
    assert house.status("commitments.encrypted", SEALED) == "kept"


@pytest.mark.upholds("S4-067", control=SEALED)
def test_device_data_of_a_person_is_sealed_like_any_other(house):
    """Technical values that come with an account are found in no store, and leave only for a declared end."""
    person = house.person()
    house.collect(person, "safe-running", device__model=PLANTED, device__network="wifi")
    assert stored(PLANTED) == []
    assert house.open(person, "safe-running", "device.model")["device.model"].value == PLANTED


@pytest.mark.upholds("S4-067", control="vault.permit_needed")
def test_device_data_of_a_person_opens_by_permit_alone(house):
    """What a device says of a person opens for the end it was taken for, and for no other without consent."""
    person = house.person()
    house.collect(person, "safe-running", device__model="X1", device__network="wifi")
    assert "device.model" in house.open(person, "safe-running", "device.model")
    assert house.reasons(house.open, person, "product-fit", "device.model")
    house.give(person, "purpose:product-fit")
    assert "device.model" in house.open(person, "product-fit", "device.model")


@pytest.mark.upholds("S4-140", control="web.https_only")
def test_nothing_is_taken_in_over_plain_http(settings):
    """A form sent in clear never reaches the product, a page asked for in clear leads to HTTPS; sealed, both arrive."""
    settings.INSECURE_LOOPBACK = False
    taken = []

    def product(request: HttpRequest) -> HttpResponse:
        taken.append(request.method)
        return HttpResponse("here")

    answer, make = HTTPSOnly(product), RequestFactory()
    assert answer(make.post("/account", {"phone": "made up"})).status_code == 403
    assert answer(make.get("/account"))["Location"].startswith("https://")
    assert taken == []
    sent = answer(make.post("/account", {"phone": "made up"}, secure=True))
    assert (sent.status_code, taken) == (200, ["POST"])
    assert "max-age" in sent["Strict-Transport-Security"]


@pytest.mark.upholds("S4-027", control="gate.category_declared")
def test_the_acceleration_sensor_serves_the_camera_alone(house):
    """A reading comes in while a picture or video is taken; with any other function in use it is refused."""
    camera = {"posts", "publish-video"}
    topics = [f"purpose:{name}" for name, one in house.policy.functions.items() if one.tier == "extended"]
    person = house.person(*topics)
    for name in house.policy.functions:
        refused = "gate.category_declared" in controls_of(
            house.decide(person, Act.COLLECT, name, "sensor.acceleration")
        )
        assert refused is (name not in camera), name


KINDS = {
    "name": "nickname",
    "birth date": "birthday",
    "identity number": "id-card",
    "biometrics": None,
    "home address": None,
    "contact": "phone",
    "communications": "support.messages",
    "account": "outside-profile",
    "property": "payment-account",
    "credit": None,
    "whereabouts": "location.precise",
    "lodging": None,
    "health": "baby.measurements",
    "dealings": "orders",
}
"""The fourteen kinds that GB/T 35273-2020, 3.1 lists, and where the policy has each; None where it takes none."""


@pytest.mark.parametrize(
    "rule",
    [
        claim("S4-011", "of its own", control="gate.separate_consent"),
        claim("S4-011", "declared", control="gate.category_declared"),
    ],
)
def test_what_points_to_a_person_is_classed_personal(house, rule):
    """Each kind is declared as pointing to a person, the sensitive ones open on a consent of their own; no other enters."""
    topics = [f"purpose:{name}" for name, one in house.policy.functions.items() if one.tier == "extended"]
    person = house.person(*topics)
    kinds = {*KINDS.values(), "log.usage", "log.search", "saves"} - {None}
    assert {house.policy.categories[one].identifies.value for one in kinds} <= {"alone", "when_combined"}
    assert len(KINDS) == 14
    for category in ("location.precise", "support.messages", "id-card", "payment-account", "baby.measurements"):
        purpose = next(name for name, one in house.policy.functions.items() if category in one.collects)
        assert "gate.separate_consent" in controls_of(house.decide(person, Act.COLLECT, purpose, category)), category
    for category in ("biometrics", "home-address", "credit", "lodging"):
        answer = house.decide(person, Act.COLLECT, "profile", category)
        assert "gate.category_declared" in controls_of(answer), (category, rule)
    assert isinstance(house.decide(person, Act.COLLECT, "profile", "nickname"), Permit)


# --- with evidence


@pytest.mark.upholds("S4-013", control="storage.evidence_with_act")
def test_every_kind_of_processing_leaves_its_entry(house):
    """Gathering, storing, using, handling, sending, providing, disclosing and erasing each leave one; or are undone."""
    person = house.person("purpose:posts", "permission:album", "publish:posts")
    house.collect(person, "posts", post__picture="aGVsbG8=")
    house.collect(person, "safe-running", device__id="made-up", device__network="wifi")
    [gathered, *_] = logged("vault.item.collected")
    assert (gathered.facts["clauses"], bool(gathered.facts["until"])) == (["storage.account"], True)
    house.open(person, "posts", "post.picture")
    asked = house.ask(Act.INFER, "account-safety", "device.id")
    service.open_items(ask=asked, data_subject_id=person, now=house.now, by=Reader(id=person))
    shown = house.ask(Act.PUBLISH, "posts", "post.picture")
    service.open_items(ask=shown, data_subject_id=person, now=house.now, by=Reader(id=person))
    assert [entry.facts["act"] for entry in logged("vault.item.opened")] == ["use", "infer", "publish"]
    house.agree("hosting")
    house.disclose(person, "hosting", "safe-running", "device.id")
    assert len(logged("sharing.disclosure.intended")) == len(logged("sharing.disclosure.made")) == 1
    erasing.begin(data_subject_id=person, because=Because.REQUEST, now=house.now)
    house.work()
    assert len(logged("retention.erasure.done")) == 1
    with pytest.raises(NoEvidence), act():
        pass
    assert house.status("commitments.every-act-recorded") == "kept"


HARMS = {
    "unauthorised access": "vault.permit_needed",
    "unauthorised use": "vault.permit_needed",
    "unauthorised publication": "vault.permit_needed",
    "change": "storage.evidence_with_act",
    "damage": "vault.sealed_at_rest",
    "loss": "storage.evidence_with_act",
}


@pytest.mark.upholds("S4-139", control="vault.permit_needed")
def test_each_harm_has_a_check_that_passes(house):
    """Access, use and publication without a ground are refused, and the board shows a passing check for each harm."""
    person = house.person("purpose:posts", "permission:album")
    house.collect(person, "posts", post__picture="aGVsbG8=")
    house.open(person, "posts", "post.picture")
    for act_, purpose in ((Act.USE, "statistics"), (Act.PUBLISH, "posts")):
        asked = house.ask(act_, purpose, "post.picture")
        look = {"ask": asked, "data_subject_id": person, "now": house.now, "by": Reader(id=person)}
        assert house.reasons(service.open_items, **look), act_
    line = next(line for line in house.board().lines if line.clause == "commitments.safeguards")
    statuses = {one.control: one.status.value for one in line.controls}
    assert {harm: statuses[control] for harm, control in HARMS.items()} == dict.fromkeys(HARMS, "kept")


PRINCIPLES = {
    "power matches duty": "notices.clause_has_control",
    "a stated purpose": "gate.purpose_declared",
    "choice": "consent.one_by_one",
    "least data": "gate.category_declared",
    "safety": "vault.sealed_at_rest",
    "taking part": "rights.never_disappears",
    "openness": "notices.archive_public",
}


@pytest.mark.parametrize(
    "principle",
    [
        claim("S4-006", "safety", control=SEALED),
        claim("S4-006", "openness", control="notices.archive_public"),
    ],
)
def test_each_principle_has_a_control_that_passes(house, principle):
    """After ordinary use the board shows a passing control under each of the seven principles."""
    person = house.person("purpose:profile")
    house.collect(person, "profile", nickname="Mimi")
    request = trials.file(house, person, Right.EXPLANATION)
    given = RefusalGiven(ground="legal-duty", evidence={"article": "an article"}, text="A law forbids it.")
    rights.refuse(request_id=request.id, refusal=given, now=house.now)
    publish(house)
    house.later(days=31)
    line = next(line for line in house.board().lines if line.clause == "commitments.principles")
    statuses = {one.control: one.status.value for one in line.controls}
    assert {name: statuses[control] for name, control in PRINCIPLES.items()} == dict.fromkeys(PRINCIPLES, "kept")
    assert principle in PRINCIPLES
