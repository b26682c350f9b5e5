# SPDX-License-Identifier: Apache-2.0
"""Trials of accounts, codes, staff and guardians that promises of several policies share."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.houses import STAFF, House
from tests.promises.trials import controls_of
from upheld.children import queries as wards
from upheld.children import service as children
from upheld.consent import service as consent
from upheld.errors import Conflict, Forbidden, TooMany
from upheld.facts import service as fact_verbs
from upheld.gate import Permit
from upheld.messages import delivery, transports
from upheld.messages.models import OutgoingMessage
from upheld.messages.transports import NullTransport
from upheld.messages.values import Channel
from upheld.people import accounts, passwords, sign_in
from upheld.people.codes import CodeRefused
from upheld.people.models import Account
from upheld.people.passwords import WeakPassword
from upheld.people.permissions import Permission, Role, require
from upheld.people.values import CodeSent, Proven, SignedIn
from upheld.terms import Act, Actor, AgeBand, DataSubjectId, Language
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.models import SealedItem
from upheld.vault.values import Reader, ReaderKind, StaffReason

GUARDIAN = "children.guardian_needed"
REASON = "vault.staff_open_with_reason"
NUMBER = "138 0013 8000"


# --- accounts and codes


class Phone:
    """Everybody's telephone: delivers what waits and reads the newest code."""

    def __init__(self, house: House) -> None:
        """Answer for every number of a house."""
        self.house = house
        self.carrier = NullTransport()
        transports.wire({Channel.SMS: self.carrier, Channel.EMAIL: self.carrier})

    def code(self) -> str:
        """Return the newest code that came in."""
        for id_ in OutgoingMessage.objects.filter(state="queued").order_by("id").values_list("id", flat=True):
            delivery.deliver(message_id=id_, now=self.house.now)
        found = (re.search(r"\b\d{6}\b", letter.body) for letter in reversed(self.carrier.letters))
        return next(match for match in found if match).group()

    def begin(self, number: str = NUMBER, peer: str = "192.0.2.1") -> CodeSent:
        """Ask for a code."""
        return sign_in.begin_sign_in(
            identifier=number, peer=peer, language=Language.EN, now=self.house.now, security_now=self.house.now,
            version=self.house.version,
        )  # fmt: skip

    def finish(self, sent: CodeSent, code: str, peer: str = "192.0.2.1") -> Proven | SignedIn:
        """Type a code in."""
        now = self.house.now
        return sign_in.finish_sign_in(challenge_id=sent.challenge_id, code=code, peer=peer, now=now, security_now=now)

    def open(self, proven: Proven) -> SignedIn:
        """Open an account for who proved a number."""
        now = self.house.now

        def acknowledge(subject: DataSubjectId) -> None:
            fact_verbs.tell(subject, now)
            children.state_age(data_subject_id=subject, band=AgeBand.ADULT, now=now)

        return accounts.open_account(
            proven=proven, version=self.house.version, now=now, security_now=now, acknowledge=acknowledge
        )


def wrong(code: str) -> str:
    """Another code than this one."""
    return f"{(int(code) + 1) % 10**6:06d}"


def number_is_proved_by_its_code(house: House) -> None:
    """A wrong code opens no account; the one that was sent to the number does, once, and nothing else is asked."""
    phone = Phone(house)
    sent = phone.begin()
    code = phone.code()
    with pytest.raises(CodeRefused):
        phone.finish(sent, wrong(code))
    assert Account.objects.count() == 0
    proven = phone.finish(sent, code)
    assert isinstance(proven, Proven)
    opened = phone.open(proven)
    held = vault_queries.metadata(opened.data_subject_id, now=house.now)
    assert [item.category for item in held] == ["phone"]
    with pytest.raises(CodeRefused):
        phone.finish(sent, code)
    late = phone.begin("139 0013 9000")
    code = phone.code()
    house.later(minutes=5)
    with pytest.raises(CodeRefused):
        phone.finish(late, code)


def codes_are_limited(house: House) -> None:
    """One address asking again and again is stopped, as is one number; somebody else is served meanwhile."""
    phone = Phone(house)
    with pytest.raises(TooMany):
        for _ in range(40):
            phone.begin()
    assert phone.begin("139 0013 9000", peer="198.51.100.7").challenge_id


def guessing_ends(house: House) -> None:
    """After five wrong tries the right code is worth nothing."""
    phone = Phone(house)
    sent = phone.begin()
    code = phone.code()
    for _ in range(5):
        with pytest.raises(CodeRefused):
            phone.finish(sent, wrong(code))
    with pytest.raises(CodeRefused):
        phone.finish(sent, code)


def weak_passwords_are_refused() -> None:
    """A short, common, uniform or telling password is refused with the reason; a long one of unrelated words is taken."""
    for weak in ("secret", "password1234", "aaaaaaaaaaaaaa", "123456789012", "mimi-mimi-mimi"):
        with pytest.raises(WeakPassword) as refused:
            passwords.hashed(weak, known=("mimi",))
        assert str(refused.value)
    stored = passwords.hashed("copper lantern walks slowly")
    assert passwords.is_right("copper lantern walks slowly", stored)
    assert "copper" not in stored


def plain_requests_are_refused(settings: object) -> None:
    """Over plain HTTP nothing that changes something is taken, and a page leads to HTTPS; over HTTPS both are served."""
    settings.INSECURE_LOOPBACK = False  # type: ignore[attr-defined]
    plain, safe = Client(), Client()
    sent = plain.post("/sign-in", {"phone": NUMBER})
    assert (sent.status_code, sent.content) == (403, b"HTTPS is needed here.")
    led = plain.get("/")
    assert (led.status_code, led.headers["Location"]) == (301, "https://testserver/")
    page = safe.get("/", secure=True)
    assert page.status_code in {200, 302}
    assert "max-age" in page.headers["Strict-Transport-Security"]


# --- staff


def staff(reason: str = "the person asked about their profile", case: str = "case-7") -> Reader:
    """A member of staff who looks, with these words and for this case."""
    return Reader(
        kind=ReaderKind.STAFF, id=UUID(str(STAFF)), reason_code=StaffReason.SUPPORT.value, case=case, reason=reason
    )


def staff_look_with_a_reason(house: House, purpose: str, **values: str) -> None:
    """Without a reason or without a case staff open nothing; with both they do, and the person reads who and why."""
    from tests.promises.trials import willing

    person = willing(house, purpose)
    made = house.collect(person, purpose, **values)
    categories = tuple(item.category for item in made.items)
    ask = house.ask(Act.STAFF_OPEN, purpose, *categories, actor=Actor.STAFF)
    look = {"ask": ask, "data_subject_id": person, "now": house.now}
    for by in (staff(reason=" "), staff(case=""), Reader(kind=ReaderKind.STAFF)):
        assert house.refused(vault.open_items, by=by, of=REASON, **look), by
    assert set(vault.open_items(by=staff(), **look)) == set(categories)
    [seen] = vault_queries.accesses(person)
    assert (seen.reader, seen.reader_id, seen.reason) == (ReaderKind.STAFF, STAFF, staff().reason)


def staff_do_only_what_their_role_allows(*_: object) -> None:
    """Who is there for something else neither finds nor opens a person; support does."""
    for role in (Role.AUDITOR, Role.ENGINEER, Role.PUBLISHER):
        for permission in (Permission.CONSOLE_PEOPLE_FIND, Permission.CONSOLE_PEOPLE_OPEN):
            with pytest.raises(Forbidden):
                require(role, permission)
    require(Role.SUPPORT, Permission.CONSOLE_PEOPLE_OPEN)


def sealed_raw(house: House, person: DataSubjectId, purpose: str, *planted: str, **values: str) -> None:
    """A raw read of the stored rows shows nothing of what was planted, though its person reads all of it."""
    house.collect(person, purpose, **values)
    stored = b"".join(bytes(row.sealed) for row in SealedItem.objects.filter(data_subject_id=person))
    assert stored
    for word in planted:
        assert word.encode() not in stored
        assert word.encode("utf-16-le") not in stored
    shown = vault.copy_of(data_subject_id=person, now=house.now, by=Reader(kind=ReaderKind.SELF, id=person))
    assert {item.value for item in shown.every} >= set(values.values())


# --- children


def guardian_is_needed(
    house: House, years: int, purpose: str, category: str, act: Act = Act.COLLECT, **ask: object
) -> None:
    """Alone a child gets nothing, whatever the child said; with a verified guardian who agreed, the same is permitted."""
    topic = f"purpose:{purpose}"
    alone = house.child(topic, years=years)
    assert GUARDIAN in controls_of(house.decide(alone, act, purpose, category, **ask))
    unasked = house.child(topic, years=years)
    house.guard(unasked)
    assert GUARDIAN in controls_of(house.decide(unasked, act, purpose, category, **ask))
    guarded = house.child(topic, years=years, guarded=True)
    assert isinstance(house.decide(guarded, act, purpose, category, **ask), Permit)


def guardian_sees_and_takes_back(house: House, purpose: str) -> None:
    """A guardian in office lists the minor, sees what was agreed to, and takes it back; nobody else speaks for the minor."""
    child, other = house.child(), house.child()
    guardian = house.guard(child)
    topic = f"purpose:{purpose}"
    house.give(child, topic, actor=Actor.GUARDIAN)
    assert [one.child_id for one in wards.wards(guardian, now=house.now)] == [child]
    with pytest.raises((Forbidden, Conflict)):
        house.give(other, topic, actor=Actor.GUARDIAN)
    consent.withdraw(data_subject_id=child, topic=topic, said=house.said(Actor.GUARDIAN), now=house.now)
    category = next(iter(house.policy.processing[purpose].categories))
    assert GUARDIAN in controls_of(house.decide(child, Act.USE, purpose, category))


def unknown_age_is_no_adult(house: House, closed: str, category: str) -> None:
    """Who has not said their age is not treated as an adult; who said that they are of age is, and a child is asked for more."""
    from tests.promises.trials import willing

    unknown = house.person(f"purpose:{closed}", adult=False)
    control = "children.age_unknown_is_not_adult"
    assert control in controls_of(house.decide(unknown, Act.COLLECT, closed, category))
    assert control not in controls_of(house.decide(willing(house, closed), Act.COLLECT, closed, category))
    born = house.now.date().replace(year=house.now.year - 8)
    stated = children.state_age(data_subject_id=unknown, birth_on=born, now=house.now)
    assert stated.needs_guardian
    assert "gate.age_rules" in controls_of(house.decide(unknown, Act.COLLECT, closed, category))


def child_until_the_birthday(house: House, years: int, closed: str, category: str, act: Act = Act.COLLECT) -> None:
    """The day before that birthday a closed function is refused for age; on the day itself it is not."""
    from datetime import UTC, date, datetime

    person = house.person(adult=False)
    born = date(house.now.year - years, 9, 10)
    children.state_age(data_subject_id=person, birth_on=born, now=house.now)
    day = datetime(house.now.year, 9, 9, 4, tzinfo=UTC)
    house.clock.advance(day - house.now)
    assert "gate.age_rules" in controls_of(house.decide(person, act, closed, category))
    house.clock.advance(timedelta(days=1))
    assert "gate.age_rules" not in controls_of(house.decide(person, act, closed, category))


def office_without_reading(house: House, child: DataSubjectId) -> DataSubjectId:
    """Verify a guardian who has not read the rules yet."""
    guardian = house.person()
    link = house._ask_for_guardian(child)
    children.verify_by_staff(link_id=link, guardian_id=guardian, now=house.now)
    return guardian
