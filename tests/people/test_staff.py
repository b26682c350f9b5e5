# SPDX-License-Identifier: Apache-2.0
"""Staff: invited once, signed in with three proofs, allowed what their role allows."""

import logging
from datetime import timedelta

import pyotp
import pytest

from upheld import controls
from upheld.errors import BadInput, Conflict, Forbidden, NotFound, TooMany, Unauthenticated
from upheld.keys.models import PersonKey
from upheld.people import (
    api_keys,
    passwords,
    permissions,
    restoring,
    second_factor,
    sessions,
    staff,
    staff_invites,
    staff_records,
)
from upheld.people.models import RecoveryCode, Staff, StaffInvite
from upheld.people.passwords import WeakPassword
from upheld.people.permissions import PERMISSIONS, Permission, Role
from upheld.people.staff import SignInRefused
from upheld.people.staff_invites import InviteRefused
from upheld.people.values import SessionKind, StaffStatus
from upheld.storage import journal
from upheld.storage.journal import JournalEntry
from tests.people.conftest import NOW, evidence
from tests.people.test_api_keys import TERMS

pytestmark = pytest.mark.django_db(databases="__all__")
PASSWORD = "lantern copper orbit meadow"
MINUTE = timedelta(minutes=1)


class Person:
    """A member of staff with an authenticator."""

    def __init__(self, *, role: Role = Role.OFFICER, email: str = "officer@company.example", invited_by=None) -> None:
        self.email = email
        invited = staff_invites.invite(role=role, now=NOW, security_now=NOW, invited_by=invited_by)
        self.token = invited.token
        shown = staff_invites.begin_enrolment(
            token=self.token, peer="192.0.2.1", issuer="Upheld", now=NOW, security_now=NOW
        )
        self.totp = pyotp.TOTP(shown.secret)
        self.enrolled = self.enrol()
        self.id = self.enrolled.staff_id

    def code(self, at=NOW) -> str:
        return self.totp.at(at)

    def enrol(self, *, password: str = PASSWORD, code: str | None = None, at=NOW):
        return staff_invites.finish_enrolment(
            token=self.token,
            name="Lin  Example",
            email=self.email,
            password=password,
            code=self.code() if code is None else code,
            peer="192.0.2.1",
            now=at,
            security_now=at,
        )

    def sign_in(self, *, password: str = PASSWORD, code: str | None = None, at=NOW + MINUTE, email: str | None = None):
        return staff.sign_in(
            email=email or self.email,
            password=password,
            code=self.code(at) if code is None else code,
            peer="192.0.2.1",
            now=at,
            security_now=at,
        )


@pytest.fixture
def officer() -> Person:
    return Person()


def test_an_invited_officer_enrols_and_signs_in(officer):
    """Invitation, password and second factor make an officer; the session knows the role."""
    signed_in = officer.sign_in()
    session = sessions.authenticate(token=signed_in.token, kind=SessionKind.STAFF, security_now=NOW + MINUTE)
    assert (session.staff_id, session.role) == (officer.id, Role.OFFICER)
    assert [e.facts["second_factor"] for e in evidence("people.staff.signed_in")] == [True]
    (record,) = staff_records.everyone()
    assert (record.name, record.recovery_codes_left) == ("Lin Example", 10)


def test_names_addresses_and_secrets_are_sealed(officer):
    """No column holds them in clear, no value prints them."""
    row = Staff.objects.get(id=officer.id)
    columns = b"".join((bytes(row.sealed_name), bytes(row.sealed_email), bytes(row.sealed_second_factor)))
    for secret in ("Lin", "officer@company", officer.totp.secret):
        assert secret.encode() not in columns
        assert secret not in repr(list(Staff.objects.values())) + repr(staff_records.everyone()) + repr(
            officer.enrolled
        )
    assert PASSWORD not in row.password


@pytest.mark.parametrize("fault", ["password", "code", "email"])
def test_any_wrong_part_is_refused_alike(officer, fault):
    """Whichever is wrong, the sentence is the same."""
    wrong = {
        "password": {"password": PASSWORD + "x"},
        "code": {"code": f"{(int(officer.code(NOW + MINUTE)) + 1) % 10**6:06d}"},
        "email": {"email": "nobody@company.example"},
    }
    with pytest.raises(SignInRefused) as refused:
        officer.sign_in(**wrong[fault])
    assert str(refused.value) == "address, password or code is wrong"
    assert officer.sign_in(at=NOW + 2 * MINUTE)


def test_without_its_control_the_second_factor_is_not_asked_for(officer):
    """What asks for it is the control, and the ledger shows that none was given."""
    with pytest.raises(SignInRefused):
        officer.sign_in(code="")
    with controls.without("people.staff_second_factor"):
        assert officer.sign_in(code="")
    assert [e.facts["second_factor"] for e in evidence("people.staff.signed_in")] == [False]


def test_a_time_step_is_used_once(officer):
    """A code seen over the shoulder is worth nothing, nor is an earlier one afterwards."""
    at = NOW + 10 * MINUTE
    assert officer.sign_in(at=at)
    with pytest.raises(SignInRefused):
        officer.sign_in(at=at)
    with pytest.raises(SignInRefused):
        officer.sign_in(at=at, code=officer.code(at - timedelta(seconds=30)))
    assert officer.sign_in(at=at + timedelta(seconds=30))


@pytest.mark.parametrize(("off", "works"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(officer, off, works):
    """One step of 30 seconds either way, not two."""
    at = (NOW + 10 * MINUTE).replace(second=15)
    code = officer.code(at + timedelta(seconds=off))
    if works:
        assert officer.sign_in(at=at, code=code)
    else:
        with pytest.raises(SignInRefused):
            officer.sign_in(at=at, code=code)


def test_a_recovery_code_works_once_as_typed(officer):
    """In place of the second factor, with or without capitals and hyphens; a restore does not bring it back."""
    code = officer.enrolled.recovery_codes[3]
    typed = "-".join((code[:4], code[4:8], code[8:12], code[12:])).upper()
    assert officer.sign_in(code=typed).recovery_codes_left == 9
    with pytest.raises(SignInRefused):
        officer.sign_in(code=code, at=NOW + 5 * MINUTE)
    entry = JournalEntry.objects.get(kind=restoring.RECOVERY_CODE_USED)
    RecoveryCode.objects.update(used_at=None)
    journal._replayers[entry.kind](entry.facts, entry.at)
    with pytest.raises(SignInRefused):
        officer.sign_in(code=code, at=NOW + 10 * MINUTE)


def test_new_recovery_codes_replace_the_old(officer):
    """Ten new ones; the former open nothing."""
    fresh = staff.renew_recovery_codes(staff_id=officer.id, now=NOW, security_now=NOW)
    with pytest.raises(SignInRefused):
        officer.sign_in(code=officer.enrolled.recovery_codes[0])
    assert officer.sign_in(code=fresh[0], at=NOW + 5 * MINUTE)
    assert len(set(fresh)) == 10


def test_failures_in_a_row_cost_ever_more_time(officer):
    """From the fourth on each doubles the wait, for unknown addresses too; a success starts anew."""

    def fail(email: str, at) -> None:
        with pytest.raises(SignInRefused):
            officer.sign_in(email=email, password="wrong wrong wrong", at=at)

    for email in (officer.email, "nobody@company.example"):
        for _ in range(4):
            fail(email, NOW)
        with pytest.raises(TooMany) as slowed:
            officer.sign_in(email=email, at=NOW)
        assert slowed.value.retry_after_seconds == 2
        fail(email, NOW + timedelta(seconds=2))
        with pytest.raises(TooMany) as slower:
            officer.sign_in(email=email, at=NOW + timedelta(seconds=2))
        assert slower.value.retry_after_seconds == 4
    with controls.without("people.tries_slowed"):
        assert officer.sign_in(at=NOW + timedelta(seconds=31))
    assert officer.sign_in(at=NOW + MINUTE * 2)


def test_a_network_address_may_not_try_without_end(officer):
    """Thirty tries in a quarter hour, over all names."""
    for n in range(30):
        with pytest.raises(SignInRefused):
            officer.sign_in(email=f"n{n}@company.example")
    with pytest.raises(TooMany):
        officer.sign_in()


@pytest.mark.parametrize(
    "weak",
    [
        "short one",
        "111111111111",
        "123456789012",
        "aaaabbbbaaaa",
        "Lin Example 1",
        "officer@company.example",
        "x" * 300,
    ],
)
def test_weak_passwords_are_refused(officer, weak):
    """Short, uniform, like what others know; a good one beside them passes, and the control is what refuses."""
    known = ("Lin Example", "officer@company.example")
    with pytest.raises(WeakPassword) as refused:
        passwords.hashed(weak, known=known)
    assert weak not in str(refused.value)
    assert passwords.is_right(PASSWORD, passwords.hashed(PASSWORD, known=known))
    with controls.without("people.weak_password_refused"):
        passwords.hashed(weak, known=known)


def test_common_passwords_are_refused():
    """Django's list of common ones holds."""
    with pytest.raises(WeakPassword, match="common"):
        passwords.hashed("1q2w3e4r5t6y")


def test_production_hashes_with_scrypt():
    """The suite's fast hasher is for the suite alone."""
    from upheld.config import settings as production

    assert production.PASSWORD_HASHERS == ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    assert not passwords.is_right("anything", None)


def test_an_invitation_is_used_once_and_for_a_day():
    """The same link makes no second member; a day later it makes none."""
    officer = Person()
    with pytest.raises(InviteRefused):
        officer.enrol()
    late = staff_invites.invite(role=Role.AUDITOR, now=NOW, security_now=NOW)
    for token in (late.token, "guessed"):
        with pytest.raises(InviteRefused):
            staff_invites.begin_enrolment(
                token=token, peer="p", issuer="Upheld", now=NOW, security_now=NOW + timedelta(days=1)
            )
    assert late.token not in repr(late)


def test_a_form_filled_wrongly_leaves_the_invitation_usable():
    """Wrong code, weak password, no name: nothing is made, and the right form still works."""
    invited = staff_invites.invite(role=Role.OFFICER, now=NOW, security_now=NOW)
    shown = staff_invites.begin_enrolment(token=invited.token, peer="p", issuer="U", now=NOW, security_now=NOW)
    again = staff_invites.begin_enrolment(token=invited.token, peer="p", issuer="U", now=NOW, security_now=NOW)
    assert shown.secret == again.secret
    code = pyotp.TOTP(shown.secret).at(NOW)
    good = {"name": "Lin", "email": "lin@company.example", "password": PASSWORD, "code": code}
    for wrong in (
        {"code": "000000" if code != "000000" else "000001"},
        {"password": "weak"},
        {"name": " "},
        {"email": "x"},
    ):
        with pytest.raises(BadInput):
            staff_invites.finish_enrolment(token=invited.token, peer="p", now=NOW, security_now=NOW, **(good | wrong))
    assert Staff.objects.count() == 0
    assert staff_invites.finish_enrolment(token=invited.token, peer="p", now=NOW, security_now=NOW, **good)


def test_only_who_may_invite_invites(officer):
    """An auditor invites nobody; from the web there is no invitation without an inviter's role."""
    auditor = Person(role=Role.AUDITOR, email="auditor@company.example", invited_by=officer.id)
    with pytest.raises(Forbidden):
        staff_invites.invite(role=Role.OFFICER, now=NOW, security_now=NOW, invited_by=auditor.id)
    with controls.without("people.staff_role"):
        staff_invites.invite(role=Role.OFFICER, now=NOW, security_now=NOW, invited_by=auditor.id)
    with pytest.raises(Forbidden):
        staff_records.change_role(staff_id=officer.id, role=Role.AUDITOR, changed_by=auditor.id, now=NOW)
    with pytest.raises(Forbidden):
        staff_records.end(staff_id=officer.id, ended_by=auditor.id, now=NOW)
    with pytest.raises(Forbidden):
        api_keys.issue(terms=TERMS, now=NOW, issued_by=auditor.id)
    issued = api_keys.issue(terms=TERMS, now=NOW, issued_by=officer.id)
    for refused in (
        lambda: api_keys.rotate(key_id=issued.key_id, now=NOW, issued_by=auditor.id),
        lambda: api_keys.end(key_id=issued.key_id, now=NOW, ended_by=auditor.id),
    ):
        with pytest.raises(Forbidden):
            refused()
    api_keys.end(key_id=issued.key_id, now=NOW, ended_by=officer.id)


def test_an_address_serves_one_member_of_staff(officer):
    """A second enrolment under it is refused."""
    with pytest.raises(Conflict):
        Person(email=officer.email)


def test_a_change_of_role_holds_at_the_next_request(officer):
    """The session stays, what it may do changes; the last officer stays one."""
    other = Person(role=Role.SUPPORT, email="support@company.example")
    signed_in = other.sign_in()
    staff_records.change_role(staff_id=other.id, role=Role.OFFICER, changed_by=officer.id, now=NOW)
    at = NOW + MINUTE
    assert sessions.authenticate(token=signed_in.token, kind=SessionKind.STAFF, security_now=at).role is Role.OFFICER
    staff_records.change_role(staff_id=officer.id, role=Role.AUDITOR, changed_by=other.id, now=NOW)
    with pytest.raises(Conflict):
        staff_records.change_role(staff_id=other.id, role=Role.AUDITOR, changed_by=other.id, now=NOW)
    with pytest.raises(Conflict):
        staff_records.end(staff_id=other.id, ended_by=other.id, now=NOW)


def test_ended_staff_are_out_at_once_and_may_be_forgotten(officer, django_capture_on_commit_callbacks):
    """No session, no sign-in, then no name; what they did stays under an opaque id, and a restore ends them again."""
    other = Person(role=Role.SUPPORT, email="support@company.example")
    signed_in = other.sign_in()
    with pytest.raises(Conflict):
        staff_records.forget(staff_id=other.id, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        staff_records.end(staff_id=other.id, ended_by=officer.id, now=NOW)
    with pytest.raises(Unauthenticated):
        sessions.authenticate(token=signed_in.token, kind=SessionKind.STAFF, security_now=NOW + MINUTE)
    with pytest.raises(SignInRefused):
        other.sign_in(at=NOW + 5 * MINUTE)
    assert staff_records.one(other.id).name == "Lin Example"
    staff_records.forget(staff_id=other.id, now=NOW)
    assert staff_records.one(other.id).name == staff_records.GONE
    key_id = Staff.objects.get(id=other.id).key_id
    assert PersonKey.objects.get(id=key_id).destroyed_at is not None
    journal._replayers[restoring.STAFF_ENDED]({"staff": str(other.id)}, NOW)
    assert staff_records.one(other.id).status is StaffStatus.ENDED
    assert Person(role=Role.SUPPORT, email="support@company.example")


def test_the_sweep_removes_invitations_that_are_over(officer):
    """Used and expired ones go; of who never joined nothing stays; who joined stays whole."""
    staff_invites.begin_enrolment(
        token=staff_invites.invite(role=Role.AUDITOR, now=NOW, security_now=NOW).token,
        peer="p",
        issuer="U",
        now=NOW,
        security_now=NOW,
    )
    assert staff_invites.sweep(now=NOW, security_now=NOW) == 1
    assert staff_invites.sweep(now=NOW, security_now=NOW + timedelta(days=1)) == 1
    assert StaffInvite.objects.count() == 0
    assert officer.sign_in()


def test_roles_allow_what_the_page_says_and_no_more():
    """Every role reads the board; none but the officer refuses requests; api permissions are no role's."""
    for role in Role:
        permissions.require(role, Permission.CONSOLE_BOARD_READ)
        assert not {p for p in PERMISSIONS[role] if p.value.startswith("api:")}
    for role in set(Role) - {Role.OFFICER}:
        with pytest.raises(Forbidden):
            permissions.require(role, Permission.CONSOLE_REQUESTS_REFUSE)
    names = [permission.value for permission in Permission]
    assert names == sorted(names)
    assert all(name.count(":") == 2 for name in names)
    given = frozenset().union(*PERMISSIONS.values())
    assert {p for p in Permission if p.value.startswith("console:")} == given


def test_nothing_personal_is_logged_or_raised(officer, caplog):
    """Neither address nor password appears anywhere."""
    caplog.set_level(logging.DEBUG)
    said = []
    for wrong in ({"password": "wrong wrong wrong"}, {"code": "x"}, {"email": "someone@else.example"}):
        with pytest.raises(SignInRefused) as fault:
            officer.sign_in(**wrong)
        said.append(str(fault.value) + fault.value.diagnostics())
    for secret in ("officer@company", "someone@else", "wrong wrong", officer.totp.secret):
        assert secret not in caplog.text + "".join(said)


def test_an_unknown_member_of_staff_is_not_found(officer):
    """Ids of nobody lead nowhere."""
    from upheld.crypto.randomness import uuid7

    with pytest.raises(NotFound):
        staff_records.one(uuid7(NOW))
    assert second_factor.matching_step(officer.totp.secret, "１２３４５６", security_now=NOW) is None
    assert staff_records.count_active(Role.OFFICER) == 1
