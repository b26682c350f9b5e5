# SPDX-License-Identifier: Apache-2.0
"""Registering and signing in, changing a number, cancelling: nothing beyond the number, nothing before the notice."""

from uuid import uuid4

import pytest

from upheld import controls
from upheld.errors import BadInput, Conflict, NotFound, Unauthenticated
from upheld.facts import queries as facts_queries
from upheld.facts import service as facts
from upheld.gate import Ask, Denied
from upheld.gate.values import Stop
from upheld.keys import service as keys
from upheld.messages.models import OutgoingMessage
from upheld.people import accounts, identifying, restoring, service, sessions, sign_in, subjects, sweeping
from upheld.people.codes import CodeRefused
from upheld.people.models import Account, DataSubject, SignInSession
from upheld.people.values import AccountStatus, Proven, SessionKind, SignedIn, SubjectKind
from upheld.storage import journal
from upheld.storage.journal import JournalEntry
from upheld.terms import Act, DataSubjectId, Language
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import Reader
from tests.people.conftest import NOW, NUMBER, begun, evidence, finished, opened, registered

E164 = "+8613800138000"
NEW = "139 0013 9000"


def held(subject) -> str:
    ask = Ask(act=Act.USE, purpose="account", categories=("phone",))
    return vault.open_items(ask=ask, data_subject_id=subject, now=NOW, by=Reader(id=subject)).get("phone").value


def test_a_proven_number_opens_an_account_and_the_next_code_signs_in(phones, version):
    """One flow: the first time it registers, the second time it signs the same person in."""
    first = registered(phones, version)
    again = finished(begun("+86 13800138000"), phones.code())
    assert isinstance(again, SignedIn)
    assert again.data_subject_id == first.data_subject_id
    assert again.token != first.token
    account = subjects.account(first.data_subject_id)
    assert (account.kind, account.status) == (SubjectKind.ACCOUNT, AccountStatus.OPEN)
    assert held(first.data_subject_id) == E164
    (entry,) = evidence("people.account.opened")
    assert entry.facts["collected"] == ["phone"]
    assert entry.facts["proven_by_code"] is True


def test_an_account_holds_the_number_and_nothing_else(phones, version):
    """Registration collects one item, under the account's function."""
    person = registered(phones, version).data_subject_id
    assert [(i.category, i.purpose) for i in vault_queries.metadata(person, now=NOW)] == [("phone", "account")]
    columns = [list(t.objects.values()) for t in (DataSubject, Account, SignInSession)]
    assert "13800138000" not in repr(columns)


def test_before_the_notice_is_accepted_nothing_is_collected(phones, version):
    """The gate refuses the number, the whole opening is undone, and the number stays free."""
    proven = finished(begun(), phones.code())
    with pytest.raises(Denied):
        accounts.open_account(proven=proven, version=version, now=NOW, security_now=NOW, acknowledge=lambda _: None)
    assert Account.objects.count() == 0
    assert keys.find("phone", E164) is None
    assert isinstance(opened(proven, version), SignedIn)


def test_the_version_accepted_is_the_version_that_binds(phones, version):
    """Acceptance of one version opens no account under another."""
    proven = finished(begun(version=version + 1), phones.code())
    with pytest.raises(Conflict):
        opened(proven, version)
    assert Account.objects.count() == 0


def test_a_number_has_one_account(phones, version):
    """Two proofs of one number, taken before either was used, open one account."""
    one = finished(begun(), phones.code())
    other = finished(begun(), phones.code())
    opened(one, version)
    with pytest.raises(Conflict):
        opened(other, version)
    assert Account.objects.count() == 1


def test_a_number_that_a_broken_off_opening_left_bound_is_freed(phones, version):
    """The index is another store: what a crash left there leads nobody astray."""
    lost = subjects.new(SubjectKind.CONTACT, now=NOW)
    keys.bind(kind="phone", normalized=E164, data_subject_id=lost, now=NOW)
    person = registered(phones, version)
    assert keys.find("phone", E164) == person.data_subject_id


def test_a_cancelled_account_is_served_no_more_and_its_number_is_free(
    phones, version, django_capture_on_commit_callbacks
):
    """Sessions end, the gate refuses, the same number opens a new account, and no restore revives the old one."""
    person = registered(phones, version)
    subject = person.data_subject_id
    with django_capture_on_commit_callbacks(execute=True):
        accounts.cancel_account(data_subject_id=subject, now=NOW)
    with pytest.raises(Unauthenticated):
        sessions.authenticate(token=person.token, kind=SessionKind.PERSON, security_now=NOW)
    assert facts_queries.of(subject).person.stops & Stop.CANCELLED
    with pytest.raises(Denied):
        held(subject)
    with pytest.raises(Conflict):
        accounts.cancel_account(data_subject_id=subject, now=NOW)
    anew = registered(phones, version)
    assert anew.data_subject_id != subject
    assert "people.account_cancelled" in set(JournalEntry.objects.values_list("kind", flat=True))


def test_cancelling_nobodys_account_changes_nothing(version):
    """An id that has no account is not found."""
    with pytest.raises(NotFound):
        accounts.cancel_account(data_subject_id=DataSubjectId(uuid4()), now=NOW)


def test_a_restore_does_not_revive_an_account(phones, version):
    """What the journal carries out again, twice too, is what was done."""
    subject = registered(phones, version).data_subject_id
    for _ in range(2):
        journal._replayers[restoring.ACCOUNT_CANCELLED]({"subject": str(subject)}, NOW)
    assert subjects.account(subject).status is AccountStatus.CANCELLED
    assert SignInSession.objects.filter(data_subject_id=subject).count() == 0


def change(subject, session, phones, number=NEW):
    sent = identifying.begin_change(
        data_subject_id=subject, identifier=number, peer="192.0.2.1", language=Language.EN, now=NOW, security_now=NOW
    )
    identifying.finish_change(
        data_subject_id=subject,
        challenge_id=sent.challenge_id,
        code=phones.code(),
        peer="192.0.2.1",
        language=Language.EN,
        session_id=session,
        now=NOW,
        security_now=NOW,
    )


def test_a_number_is_changed_by_proving_the_new_one(phones, version, django_capture_on_commit_callbacks):
    """The new number signs in, the old one is told and opens nothing, other browsers are signed out."""
    person = registered(phones, version)
    elsewhere = finished(begun(), phones.code())
    with django_capture_on_commit_callbacks(execute=True):
        change(person.data_subject_id, person.session_id, phones)
    assert held(person.data_subject_id) == "+8613900139000"
    assert keys.find("phone", E164) is None
    assert finished(begun(NEW), phones.code()).data_subject_id == person.data_subject_id
    sessions.authenticate(token=person.token, kind=SessionKind.PERSON, security_now=NOW)
    with pytest.raises(Unauthenticated):
        sessions.authenticate(token=elsewhere.token, kind=SessionKind.PERSON, security_now=NOW)
    assert E164 in {letter.address for letter in phones.carrier.letters if "changed" in letter.body}


def test_a_number_of_someone_else_cannot_be_taken(phones, version):
    """Not even by who receives its code."""
    other = registered(phones, version, NEW)
    person = registered(phones, version)
    with pytest.raises(Conflict):
        change(person.data_subject_id, person.session_id, phones)
    assert held(person.data_subject_id) == E164
    assert keys.find("phone", "+8613900139000") == other.data_subject_id


def test_the_number_held_is_not_changed_to_itself(phones, version):
    """There is nothing to change."""
    person = registered(phones, version)
    with pytest.raises(BadInput):
        change(person.data_subject_id, person.session_id, phones, NUMBER)


def test_a_request_is_confirmed_by_a_code_to_the_persons_own_number(phones, version):
    """The code of one request confirms no other, and nobody else's."""
    person = registered(phones, version)
    subject = person.data_subject_id
    sent = identifying.begin_confirmation(
        data_subject_id=subject, bound_to="R1", peer="192.0.2.1", language=Language.EN, now=NOW, security_now=NOW
    )
    code = phones.code()
    assert phones.carrier.letters[-1].address == E164

    def confirm(who, request: str) -> None:
        identifying.finish_confirmation(
            data_subject_id=who,
            challenge_id=sent.challenge_id,
            code=code,
            bound_to=request,
            peer="192.0.2.1",
            now=NOW,
            security_now=NOW,
        )

    with pytest.raises(CodeRefused):
        confirm(subject, "R2")
    with pytest.raises(CodeRefused):
        confirm(registered(phones, version, NEW).data_subject_id, "R1")
    confirm(subject, "R1")
    with pytest.raises(CodeRefused):
        confirm(subject, "R1")


def test_a_person_sees_the_end_of_their_own_number(phones, version):
    """Enough to know it again, not enough to call it."""
    subject = registered(phones, version).data_subject_id
    shown = identifying.shown(data_subject_id=subject, now=NOW)
    assert shown.endswith("8000")
    assert "138001" not in shown


def test_a_program_registers_without_a_number(version):
    """The company vouches, nothing is collected, the evidence says so."""
    subject = accounts.register(
        version=version,
        vouched_by=uuid4(),
        now=NOW,
        acknowledge=lambda person: facts.tell(person, NOW),
    )
    assert list(vault_queries.metadata(subject, now=NOW)) == []
    (entry,) = evidence("people.account.opened")
    assert (entry.facts["proven_by_code"], entry.facts["collected"]) == (False, [])


def test_a_baby_is_a_data_subject_without_an_account(version):
    """Someone else represents it."""
    baby = accounts.add_represented(version=version, now=NOW)
    assert subjects.kind_of(baby) is SubjectKind.REPRESENTED
    assert not subjects.has_open_account(baby)
    with pytest.raises(NotFound):
        subjects.account(baby)


def test_without_proof_nobody_signs_in(phones, version):
    """A code sent to the number is the only way in; with its control out, anything is."""
    registered(phones, version)
    challenge = begun()
    wrong = f"{(int(phones.code()) + 1) % 10**6:06d}"
    with pytest.raises(CodeRefused):
        finished(challenge, wrong)
    with controls.without("people.code_proves_number"):
        assert isinstance(finished(challenge, wrong), SignedIn)


def test_an_unfinished_registration_leaves_nothing(phones, version):
    """Who proves a number and goes away is forgotten within the quarter hour."""
    proven = finished(begun(version=version), phones.code())
    assert isinstance(proven, Proven)
    sweeping.sweep_codes(now=NOW, security_now=proven.expires_at)
    assert DataSubject.objects.count() == 0
    assert OutgoingMessage.objects.filter(sealed_letter__isnull=False).count() == 0
    assert sign_in.normalized(sign_in.IdentifierKind.PHONE, NUMBER) == E164


def test_an_erased_person_is_reachable_in_no_way(phones, version, django_capture_on_commit_callbacks):
    """Sessions, index, letters and notes go, twice is once, and no restore brings the account back."""
    person = registered(phones, version)
    subject = person.data_subject_id
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            service.erase_subject(data_subject_id=subject, now=NOW)
    assert keys.find("phone", E164) is None
    with pytest.raises(Unauthenticated):
        sessions.authenticate(token=person.token, kind=SessionKind.PERSON, security_now=NOW)
    assert subject not in subjects.everyone()
    Account.objects.update(status="open", cancelled_at=None)
    entry = JournalEntry.objects.filter(kind=restoring.SUBJECT_ERASED).first()
    journal._replayers[entry.kind](entry.facts, entry.at)
    assert subjects.account(subject).status is AccountStatus.CANCELLED


def test_everyone_is_listed_a_page_at_a_time(phones, version):
    """People with accounts and represented ones; contacts and staff are not among them."""
    first = registered(phones, version).data_subject_id
    baby = accounts.add_represented(version=version, now=NOW)
    begun(NEW)
    listed = subjects.everyone(limit=1)
    assert {*listed, *subjects.everyone(after=listed[0])} == {first, baby}
    assert subjects.counts() == {"open": 1, "cancelled": 0}


def test_the_service_ends_for_a_represented_person_too(version):
    """A baby has no account; when its guardian ends the service, the gate serves the baby no more."""
    baby = accounts.add_represented(version=version, now=NOW)
    accounts.cancel_account(data_subject_id=baby, now=NOW)
    assert facts_queries.of(baby).person.stops & Stop.CANCELLED
