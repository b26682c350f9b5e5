# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's promises about opening an account, and about who of the staff reaches whose data."""

import re
from datetime import timedelta

import pyotp
import pytest

from tests.houses import House
from tests.policy.planting import put
from tests.promises.baby_device.test_notices import propose, refused_for
from tests.promises.baby_device.test_sharing import logged
from upheld.errors import Forbidden
from upheld.facts import service as facts
from upheld.gate import Permit
from upheld.keys import service as keys
from upheld.messages import delivery, transports
from upheld.messages.models import OutgoingMessage
from upheld.messages.transports import NullTransport
from upheld.messages.values import Channel
from upheld.people import accounts, authority, passwords, sign_in, staff, staff_invites
from upheld.people.codes import CodeRefused
from upheld.people.limit_tables import CODE_LIFE
from upheld.people.passwords import WeakPassword
from upheld.people.permissions import Permission, Role
from upheld.people.staff import SignInRefused
from upheld.people.values import CodeSent, Enrolled, Proven, SignedIn
from upheld.terms import Act, DataSubjectId, Language
from upheld.vault import queries, service
from upheld.vault.values import OpenedItems, Reader, ReaderKind, StaffReason

NUMBER = "138 0013 8000"
PEER = "192.0.2.1"
PASSWORD = "lantern copper orbit meadow"
REASON = "vault.staff_open_with_reason"


class Phone:
    """A telephone that receives what is sent to the number."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.carrier = NullTransport()
        transports.wire({Channel.SMS: self.carrier})

    def ask(self) -> CodeSent:
        """Ask for a code to sign in, with the notice accepted."""
        now = self.house.now
        return sign_in.begin_sign_in(
            identifier=NUMBER,
            peer=PEER,
            language=Language.EN,
            now=now,
            security_now=now,
            version=self.house.version,
        )

    def code(self) -> str:
        """Read the newest code."""
        for waiting in OutgoingMessage.objects.filter(state="queued").order_by("id").values_list("id", flat=True):
            delivery.deliver(message_id=waiting, now=self.house.now)
        found = (re.search(r"\b\d{6}\b", letter.body) for letter in reversed(self.carrier.letters))
        return next(match for match in found if match).group()

    def type(self, sent: CodeSent, code: str) -> SignedIn | Proven:
        """Type a code in."""
        now = self.house.now
        return sign_in.finish_sign_in(challenge_id=sent.challenge_id, code=code, peer=PEER, now=now, security_now=now)

    def open(self, proven: SignedIn | Proven) -> DataSubjectId:
        """Open the account that a proven number allows."""
        assert isinstance(proven, Proven)
        now = self.house.now
        signed_in = accounts.open_account(
            proven=proven,
            version=self.house.version,
            now=now,
            security_now=now,
            acknowledge=lambda subject: facts.tell(subject, now),
        )
        return signed_in.data_subject_id


@pytest.fixture
def phone(house):
    yield Phone(house)
    transports.wire({})


@pytest.mark.upholds("S4-029", control="people.nothing_beyond_number")
def test_a_number_alone_opens_a_usable_account(house, phone):
    """A verified number gives an account that browses and asks; no version may demand a birthday or a name for one."""
    sent = phone.ask()
    person = phone.open(phone.type(sent, phone.code()))
    assert [item.category for item in queries.metadata(person, now=house.now)] == ["phone"]
    for purpose, category in (("browse", "log.usage"), ("rights-requests", "request.record")):
        assert isinstance(house.decide(person, Act.COLLECT, purpose, category), Permit), purpose
    for more in ("birthday", "nickname"):
        assert "E410" in refused_for(house, put(f"functions/account/collects/{more}", "required"))
    assert propose(house).version == 2


@pytest.mark.upholds("S4-030", control="people.code_proves_number")
def test_the_number_is_proven_by_the_code_sent_to_it(house, phone):
    """A wrong, an expired and a used code open nothing; the right one, once, opens the account."""
    sent = phone.ask()
    right = phone.code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    with pytest.raises(CodeRefused):
        phone.type(sent, wrong)
    house.clock.advance(CODE_LIFE)
    with pytest.raises(CodeRefused):
        phone.type(sent, right)
    assert keys.find("phone", "+8613800138000") is None
    house.later(minutes=1)
    again = phone.ask()
    right = phone.code()
    person = phone.open(phone.type(again, right))
    assert keys.find("phone", "+8613800138000") == person
    with pytest.raises(CodeRefused):
        phone.type(again, right)


@pytest.mark.upholds("S4-153", control="people.weak_password_refused")
def test_a_weak_password_is_refused_with_the_reason(house):
    """Short, common, uniform passwords and those like one's name are refused, each with why; a long one is taken."""
    for weak in ("hunter2", "password1234", "aaaabbbbaaaa", "officer-lin-lin"):
        with pytest.raises(WeakPassword) as refused:
            passwords.hashed(weak, known=("Officer Lin Lin",))
        assert refused.value.message
        assert weak not in str(refused.value)
    assert passwords.is_right(PASSWORD, passwords.hashed(PASSWORD))


# --- staff


class Colleague:
    """A member of staff with an authenticator."""

    def __init__(self, house: House, role: Role) -> None:
        self.house = house
        self.email = f"{role.value}@company.example"
        invited = staff_invites.invite(role=role, now=house.now, security_now=house.now)
        times = {"now": house.now, "security_now": house.now, "peer": PEER, "token": invited.token}
        shown = staff_invites.begin_enrolment(issuer="Upheld", **times)
        self.totp = pyotp.TOTP(shown.secret)
        self.enrolled: Enrolled = staff_invites.finish_enrolment(
            name="Lin Example", email=self.email, password=PASSWORD, code=self.totp.at(house.now), **times
        )

    def sign_in(self, code: str):
        now = self.house.now
        return staff.sign_in(email=self.email, password=PASSWORD, code=code, peer=PEER, now=now, security_now=now)

    def reads(self, person: DataSubjectId, **said: str) -> OpenedItems:
        """Open a person's orders for the work with support cases."""
        asked = self.house.ask(Act.STAFF_OPEN, "support", "orders")
        by = Reader(kind=ReaderKind.STAFF, id=self.enrolled.staff_id, **said)
        return service.open_items(ask=asked, data_subject_id=person, now=self.house.now, by=by)


CASE = {"reason_code": StaffReason.SUPPORT.value, "case": "case-1", "reason": "The strap in the order is torn."}


@pytest.mark.upholds("S4-095", control=REASON)
def test_support_reads_for_a_case_and_not_without(house):
    """An agent without a case, or without words for it, reads nothing; with both the person sees who looked and why."""
    person = house.person()
    house.collect(person, "orders", orders="one strap")
    agent = Colleague(house, Role.SUPPORT)
    for missing in CASE:
        said = {name: word for name, word in CASE.items() if name != missing}
        assert house.refused(agent.reads, person, **said, of=REASON), missing
    assert queries.accesses(person) == []
    assert agent.reads(person, **CASE)["orders"].value == "one strap"
    [look] = queries.accesses(person)
    assert (look.reader, look.reader_id) == (ReaderKind.STAFF, agent.enrolled.staff_id)
    assert (look.reason_code, look.reason) == (CASE["reason_code"], CASE["reason"])


@pytest.mark.upholds("S4-143", control="people.staff_role")
def test_only_a_role_for_it_reaches_people(house):
    """An engineer, an auditor and a publisher may open nobody's data; support and the officer may."""
    allowed = {Role.SUPPORT, Role.OFFICER}
    for role in Role:
        colleague = Colleague(house, role)
        if role in allowed:
            assert authority.require(colleague.enrolled.staff_id, Permission.CONSOLE_PEOPLE_OPEN) is role
            continue
        with pytest.raises(Forbidden):
            authority.require(colleague.enrolled.staff_id, Permission.CONSOLE_PEOPLE_OPEN)


@pytest.mark.upholds("S4-143", control=REASON)
def test_a_look_without_a_purpose_is_denied_and_logged(house):
    """A member of staff who says no reason gets a denial, and the log an entry of it."""
    person = house.person()
    house.collect(person, "orders", orders="one strap")
    agent = Colleague(house, Role.SUPPORT)
    assert house.refused(agent.reads, person, of=REASON)
    [entry] = logged("vault.item.opening_refused")
    assert (entry.facts["reader"], entry.facts["reason_given"]) == ("staff", False)
    assert "orders" in agent.reads(person, **CASE)


@pytest.mark.upholds("S4-143", control="people.staff_second_factor")
def test_staff_sign_in_with_a_second_factor(house):
    """With the password alone nobody of the staff signs in; with the authenticator's code they do."""
    officer = Colleague(house, Role.OFFICER)
    house.later(minutes=1)
    with pytest.raises(SignInRefused):
        officer.sign_in("")
    house.clock.advance(timedelta(minutes=2))
    assert officer.sign_in(officer.totp.at(house.now)).staff_id == officer.enrolled.staff_id
