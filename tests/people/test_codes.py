# SPDX-License-Identifier: Apache-2.0
"""One-time codes: single use, five tries, five minutes, one purpose; limited, and silent about who is known."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from upheld import controls
from upheld.errors import BadInput, TooMany
from upheld.keys.models import PersonKey
from upheld.messages.models import OutgoingMessage
from upheld.people import codes, limit_tables, resending, sweeping
from upheld.people.codes import CodeRefused
from upheld.people.identifiers import IdentifierKind
from upheld.people.limit_tables import Allowance, Limit
from upheld.people.models import CodeChallenge, DataSubject, LimitWindow
from upheld.people.values import CodePurpose, Proven, SignedIn
from upheld.terms import Language
from tests.people.conftest import NOW, NUMBER, begun, evidence, finished, opened, registered

MINUTE = timedelta(minutes=1)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_proves_its_number_once(phones):
    """The right code proves it; the same code a moment later is refused."""
    challenge = begun()
    code = phones.code()
    proven = finished(challenge, code)
    assert isinstance(proven, Proven)
    with pytest.raises(CodeRefused):
        finished(challenge, code)
    (entry,) = evidence("people.code.proven")
    assert (entry.facts["code_right"], entry.facts["used_before"], entry.subject_ref) == (True, False, None)


def test_without_its_control_a_code_works_twice(phones):
    """What makes it single-use is the control."""
    challenge = begun()
    code = phones.code()
    finished(challenge, code)
    with controls.without("people.code_single_use"):
        assert isinstance(finished(challenge, code), Proven)
    assert sorted(e.facts["used_before"] for e in evidence("people.code.proven")) == [False, True]


def test_a_wrong_code_is_refused(phones):
    """Nothing is proven by guessing; without its control anything would do, and the ledger would say so."""
    challenge = begun()
    code = phones.code()
    with pytest.raises(CodeRefused):
        finished(challenge, wrong(code))
    with controls.without("people.code_proves_number"):
        assert isinstance(finished(challenge, wrong(code)), Proven)
    assert [e.facts["code_right"] for e in evidence("people.code.proven")] == [False]


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(phones):
    """The fifth try may still be right, the sixth may not."""
    patient, hasty = begun("13800138000"), None
    code = phones.code()
    for _ in range(4):
        with pytest.raises(CodeRefused):
            finished(patient, wrong(code))
    assert isinstance(finished(patient, code), Proven)
    hasty = begun("13800138001")
    code = phones.code()
    for _ in range(5):
        with pytest.raises(CodeRefused):
            finished(hasty, wrong(code))
    with pytest.raises(CodeRefused):
        finished(hasty, code)


@pytest.mark.parametrize(("seconds", "works"), [(299, True), (300, False), (3600, False)])
def test_a_code_lives_five_minutes(phones, seconds, works):
    """It works in its last second, and not after."""
    challenge = begun()
    code = phones.code()
    at = NOW + timedelta(seconds=seconds)
    if works:
        assert isinstance(finished(challenge, code, at=at), Proven)
    else:
        with pytest.raises(CodeRefused):
            finished(challenge, code, at=at)
        with controls.without("people.code_expires"):
            assert isinstance(finished(challenge, code, at=at), Proven)


@pytest.mark.parametrize("bound", [("confirm_request", "r:1"), ("change_number", "r:2"), ("sign_in", "")])
def test_a_code_of_one_purpose_is_worth_nothing_for_another(phones, bound):
    """A code that confirms one request confirms no other, changes no number and signs nobody in."""
    sent = codes.begin(
        purpose=CodePurpose.CONFIRM_REQUEST,
        kind=IdentifierKind.PHONE,
        identifier="+8613800138000",
        peer="192.0.2.1",
        language=Language.EN,
        now=NOW,
        security_now=NOW,
        bound_to="r:1",
    )
    code = phones.code()

    def check(purpose: str, bound_to: str) -> Proven:
        return codes.finish(
            challenge_id=sent.challenge_id,
            code=code,
            purpose=CodePurpose(purpose),
            peer="192.0.2.1",
            now=NOW,
            security_now=NOW,
            bound_to=bound_to,
        )

    if bound == ("confirm_request", "r:1"):
        assert check(*bound).bound_to == "r:1"
    else:
        with pytest.raises(CodeRefused):
            check(*bound)
        assert CodeChallenge.objects.get(id=sent.challenge_id).tries == 0


def test_an_unknown_challenge_and_another_ones_code_are_refused(phones):
    """A code belongs to its challenge."""
    one = begun("13800138000")
    code = phones.code()
    other = begun("13800138001")
    with pytest.raises(CodeRefused):
        finished(other, code)
    with pytest.raises(CodeRefused):
        codes.finish(challenge_id=uuid4(), code=code, purpose=CodePurpose.SIGN_IN, peer="", now=NOW, security_now=NOW)
    assert isinstance(finished(one, code), Proven)


def test_of_two_that_come_with_the_same_code_one_wins(phones, monkeypatch):
    """Both have passed the comparison before either marks the code; still one of them is refused."""
    challenge = begun()
    code = phones.code()
    compared = codes.is_equal
    won = []

    def meanwhile(one: bytes, other: bytes) -> bool:
        monkeypatch.setattr(codes, "is_equal", compared)
        won.append(finished(challenge, code))  # the other request, from here to its end
        return compared(one, other)

    monkeypatch.setattr(codes, "is_equal", meanwhile)
    with pytest.raises(CodeRefused):
        finished(challenge, code)
    assert len(won) == 1


def test_a_try_counts_even_if_what_follows_fails(phones, monkeypatch):
    """A crash after the count gives no try back."""
    challenge = begun()
    monkeypatch.setattr(codes, "is_equal", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        finished(challenge, "000000")
    assert CodeChallenge.objects.get(id=challenge.challenge_id).tries == 1


def test_a_proof_is_used_once_and_within_fifteen_minutes(phones, version):
    """One proof opens one account; a stale or foreign token opens none."""
    stale = finished(begun("13800138001"), phones.code())
    with pytest.raises(CodeRefused):
        opened(stale, version, at=NOW + 15 * MINUTE)
    proven = finished(begun(), phones.code())
    assert isinstance(opened(proven, version), SignedIn)
    with pytest.raises(CodeRefused):
        opened(proven, version)


def test_a_number_gets_three_codes_in_ten_minutes(phones):
    """The fourth is refused and says when to come back; another number is not; later it works again."""
    for _ in range(3):
        begun()
    with pytest.raises(TooMany) as fault:
        begun()
    assert 0 < fault.value.retry_after_seconds <= 600
    begun("13900139000")
    begun(at=NOW + 10 * MINUTE)
    with controls.without("people.code_limits"):
        for _ in range(3):
            begun()


def test_a_number_gets_ten_codes_a_day(phones):
    """Spread over the day, the eleventh is refused."""
    for hour in range(10):
        begun(at=NOW.replace(hour=1) + timedelta(hours=hour))
    with pytest.raises(TooMany, match="number_a_day"):
        begun(at=NOW.replace(hour=12))


def test_a_block_of_numbers_gets_thirty_codes_an_hour(phones):
    """Neighbouring numbers share a limit; others are not touched."""
    for last in range(30):
        begun(f"138001380{last:02d}", peer=f"192.0.2.{last}")
    with pytest.raises(TooMany, match="prefix"):
        begun("13800138099", peer="198.51.100.1")
    begun("13900139000", peer="198.51.100.1")


def test_a_network_address_gets_thirty_codes_an_hour(phones):
    """An IPv6 site counts as one address."""
    for last in range(30):
        begun(f"1380{last:03d}8000", peer=f"2001:db8::{last + 1:x}")
    with pytest.raises(TooMany, match="address"):
        begun("13900139000", peer="2001:db8::ffff")
    begun("13900139000", peer="2001:db8:1::1")


def test_the_whole_deployment_has_a_budget(phones, monkeypatch):
    """Past it nobody gets a code, whatever the number."""
    monkeypatch.setitem(
        limit_tables.TABLES[-1].allowances,
        Limit.ALL_CODES,
        Allowance(limit=Limit.ALL_CODES, most=2, window=timedelta(hours=1)),
    )
    begun("13800138000")
    begun("13900139000")
    with pytest.raises(TooMany, match="codes.all"):
        begun("13700137000")


def test_a_refused_code_counts_against_no_other_limit(phones):
    """Limits are taken together or not at all, so a flood on one number leaves its neighbours their share."""
    for _ in range(3):
        begun()
    used = sorted(LimitWindow.objects.values_list("used", flat=True))
    for _ in range(5):
        with pytest.raises(TooMany):
            begun()
    assert sorted(LimitWindow.objects.values_list("used", flat=True)) == used


def test_an_address_may_try_a_hundred_codes_an_hour(phones):
    """Guessing over many challenges is cut off too."""
    challenge = begun()
    with controls.without("people.code_single_use"):
        for _ in range(100):
            with pytest.raises(CodeRefused):
                finished(challenge, "x")
    with pytest.raises(TooMany):
        finished(challenge, phones.code())
    other = begun("13900139000", peer="198.51.100.9")
    assert isinstance(finished(other, phones.code(), peer="198.51.100.9"), Proven)


def test_known_and_unknown_numbers_look_alike(phones, version):
    """The same answer, the same rows and the same writes, whether or not anybody has the number."""
    registered(phones, version)

    def footprint(number: str, at) -> tuple:
        tables = (CodeChallenge, DataSubject, OutgoingMessage, PersonKey)
        before = [table.objects.count() for table in tables]
        answer = begun(number, at=at)
        grown = [table.objects.count() - count for table, count in zip(tables, before, strict=True)]
        return grown, type(answer), answer.expires_at - at

    at = NOW + timedelta(hours=1)
    assert footprint(NUMBER, at) == footprint("13900139000", at)


def test_the_work_for_known_and_unknown_numbers_is_the_same(phones, version):
    """As many statements for one as for the other: no database tells by its time."""
    registered(phones, version)
    at = NOW + timedelta(hours=1)
    counted = []
    for number in (NUMBER, "13900139000"):
        with CaptureQueriesContext(connection) as queries:
            begun(number, at=at)
        counted.append([query["sql"].split()[0] for query in queries])
    assert counted[0] == counted[1]


def test_codes_and_numbers_are_held_sealed_or_digested_and_soon_gone(phones):
    """No row holds code or number; the sweep removes challenge, contact, letter and key."""
    challenge = begun()
    code = phones.code()
    row = CodeChallenge.objects.get(id=challenge.challenge_id)
    everything = b"".join((bytes(row.code_digest), bytes(row.sealed_address)))
    assert code.encode() not in everything
    assert b"13800138000" not in everything
    assert sweeping.sweep_codes(now=NOW, security_now=NOW + 4 * MINUTE) == 0
    assert sweeping.sweep_codes(now=NOW, security_now=NOW + 5 * MINUTE) == 1
    assert (CodeChallenge.objects.count(), DataSubject.objects.count()) == (0, 0)
    assert PersonKey.objects.get(id=row.key_id).destroyed_at is not None
    assert not PersonKey.objects.filter(data_subject_id=row.contact_id, destroyed_at=None).exists()


def test_a_proven_number_waits_for_its_form_and_then_goes(phones):
    """The sweep leaves a proof its quarter hour."""
    finished(begun(), phones.code())
    assert sweeping.sweep_codes(now=NOW, security_now=NOW + 14 * MINUTE) == 0
    assert sweeping.sweep_codes(now=NOW, security_now=NOW + 15 * MINUTE) == 1


def test_nothing_personal_is_logged_or_raised(phones, caplog):
    """Neither code nor number appears in logs, answers or errors."""
    caplog.set_level(logging.DEBUG)
    challenge = begun()
    code = phones.code()
    said = [repr(challenge)]
    with pytest.raises(CodeRefused) as fault:
        finished(challenge, wrong(code))
    said.append(str(fault.value) + fault.value.diagnostics())
    proven = finished(challenge, code)
    said.append(repr(proven))
    for text in ("138 0013 800x", "12345", "+86 13800138000 ext. 5"):
        with pytest.raises(BadInput) as refused:
            begun(text)
        said.append(str(refused.value) + refused.value.diagnostics())
    for _ in range(2):
        begun()
    with pytest.raises(TooMany) as full:
        begun()
    said.append(str(full.value))
    everything = caplog.text + "".join(said)
    for secret in (code, "13800138000", "138 0013 800", proven.token):
        assert secret not in everything


def sent_again(challenge, *, at=NOW):
    return resending.send_again(
        challenge_id=challenge.challenge_id,
        purpose=CodePurpose.SIGN_IN,
        peer="192.0.2.1",
        language=Language.EN,
        now=at,
        security_now=at,
    )


def test_a_code_is_sent_again_and_the_former_is_worthless(phones):
    """To the same number, under the same limits; a code that was used is not sent again."""
    challenge = begun(version=7)
    former = phones.code()
    again = sent_again(challenge)
    code = phones.code()
    assert {letter.address for letter in phones.carrier.letters} == {"+8613800138000"}
    with pytest.raises(CodeRefused):
        finished(challenge, former)
    assert finished(again, code).version == 7
    with pytest.raises(CodeRefused):
        sent_again(again)
    third = begun()
    with pytest.raises(TooMany):
        sent_again(third)
    assert isinstance(finished(third, phones.code()), Proven)
