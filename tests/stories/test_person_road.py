# SPDX-License-Identifier: Apache-2.0
"""A person's whole road over HTTP, with what is allowed and what is refused on the way."""

import csv
import io
import json
import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.portal.road import OTHER, text
from upheld.ledger.notes import Keyring
from upheld.ledger.receipts import parse_receipt, verify_receipt
from upheld.sharing.models import Disclosure
from upheld.storage import sequencer
from upheld.storage.log_keys import own_keyring
from upheld.terms import Act
from upheld.vault import service as vault
from upheld.vault.values import Reader, ReaderKind

PROFILE = "purpose:profile"
CASE = "no-longer-used"


def first_item(person, label):
    page = person.get("/my-data").content.decode()
    return re.search(rf'href="(/my-data/[0-9a-f-]{{36}})">{label}', page).group(1)


def test_choices_stand_alone(person):
    """Agreeing to one function changes no other, and the answer stands on the page."""
    before = person.get("/choices").content.decode()
    assert before.count('aria-pressed="true"') == 2 + 0  # the reader's own language and theme
    response = person.agree(PROFILE)
    assert "You agreed" in text(response)
    assert response.content.decode().count('aria-pressed="true"') == 3


def test_what_rests_on_consent_is_refused_until_it_is_given(person):
    """Saving is refused with the clause and the way out, what was typed stays; after consent it is saved."""
    refused = person.fill("profile", 403, nickname="Mimi")
    assert "It needs a consent" in text(refused)
    assert 'value="Mimi"' in refused.content.decode()
    assert "/choices#choice-purpose-profile" in refused.content.decode()
    assert "Nickname" not in text(person.get("/my-data"))
    person.agree(PROFILE)
    assert "Saved" in text(person.fill("profile", nickname="Mimi"))
    assert "Nickname" in text(person.get("/my-data"))


def test_a_withdrawal_stops_the_next_act(street, person):
    """After taking the consent back the same form is refused, and says which clause stands in the way."""
    person.agree(PROFILE)
    street.house.later(seconds=1)
    person.fill("profile", nickname="Mimi")
    assert "Withdrawn" in text(person.take_back(PROFILE))
    refused = person.fill("profile", 403, occupation="Teacher")
    assert "functions.profile" in text(refused)
    history = text(person.get("/choices/history"))
    assert history.index("Withdrawn") < history.index("Agreed")


def test_sensitive_data_waits_for_a_consent_of_its_own(person):
    """The function's consent is not enough for an identity card."""
    person.agree("purpose:identity-check")
    refused = person.fill("identity-check", 403, **{"id-card": "11010519491231002X"})
    assert "a consent of its own" in text(refused)
    person.agree("sensitive:identity-check")
    person.fill("identity-check", **{"id-card": "11010519491231002X"})


def test_what_is_filled_in_is_judged_by_its_kind(person):
    """A date that is none, a choice that is none, a file too large: told beside the field, nothing saved."""
    person.agree(PROFILE)
    page = person.fill("profile", 400, birthday="yesterday", nickname="Mimi")
    assert 'value="Mimi"' in page.content.decode()
    person.fill("profile", 400, gender="robot")
    person.fill("profile", 400)
    person.fill("profile", 400, picture=SimpleUploadedFile("me.png", b"x" * 400_000))
    assert "Nickname" not in text(person.get("/my-data"))


def test_everything_held_says_why_and_until_when(person):
    """My data names function, clause, source, since and until; the clause is one tap away in the notice."""
    page = person.get("/my-data")
    said = text(page)
    for word in ("Mobile number", "Account", "storage.account", "From you", "after your account is closed"):
        assert word in said
    assert "/policy/versions/1#clause-storage.account" in page.content.decode()


def test_who_looked_and_why_is_shown(street, person):
    """A look by staff stands there with its reason in words."""
    from tests.houses import STAFF
    from upheld.people.models import Account

    subject = Account.objects.get().data_subject_id
    ask = street.house.ask(Act.STAFF_OPEN, "support", "phone")
    reader = Reader(
        kind=ReaderKind.STAFF, id=STAFF, reason_code="support", case="ticket-1", reason="She asked for help."
    )
    vault.open_items(ask=ask, data_subject_id=subject, now=street.house.now, by=reader)
    said = text(person.get("/my-data/looks?reader=staff"))
    assert "She asked for help." in said
    assert "To help with a question" in said
    person.get("/my-data/looks?reader=nonsense&page=zzz")


def test_who_received_it_is_shown(street, person):
    """A disclosure stands there with recipient and data; before there is none, the page says so."""
    from upheld.people.models import Account

    assert "Nobody received anything" in text(person.get("/my-data/disclosures"))
    subject = Account.objects.get().data_subject_id
    Disclosure.objects.create(
        id="018f0000-0000-7000-8000-00000000000a", data_subject_id=subject, recipient="wechat", purpose="share-out",
        categories=["device.network"], form="identified", ground="", state="made", at=street.house.now,
    )  # fmt: skip
    assert "WeChat open platform" in text(person.get("/my-data/disclosures"))


def test_a_copy_in_three_forms(person):
    """JSON, CSV and a page hold what is held; file names and addresses say nothing of the person."""
    person.agree(PROFILE)
    person.fill("profile", nickname="=Mimi()")
    found = person.client.post("/my-data/copy", {"form": "json"})
    assert 'attachment; filename="my-data.json"' == found["Content-Disposition"]
    items = {one["category"]: one["value"] for one in json.loads(found.content)["items"]}
    assert {"phone": "+8613800138000", "nickname": "=Mimi()"} == items
    rows = list(
        csv.DictReader(io.StringIO(person.client.post("/my-data/copy", {"form": "csv"}).content.decode("utf-8-sig")))
    )
    assert {"'+8613800138000", "'=Mimi()"} == {row["value"] for row in rows}
    assert "=Mimi()" in text(person.post("/my-data/copy", form="page"))
    person.post("/my-data/copy", 400, form="exe")
    assert "Your right: Copy" in text(person.get("/my-data/looks"))


def test_an_item_is_corrected(person):
    """The new value stands in the old one's place."""
    person.agree(PROFILE)
    person.fill("profile", nickname="Mimi")
    item = first_item(person, "Nickname")
    assert "Mimi" in text(person.get(item))
    response = person.client.post(item, {"value-nickname": "Momo"}, follow=True)
    assert "Corrected" in text(response)
    assert "Momo" in text(person.get(first_item(person, "Nickname")))
    person.client.post(first_item(person, "Nickname"), {"value-nickname": ""}, follow=True)
    assert "Momo" in text(person.get(first_item(person, "Nickname")))
    person.get(item, 404)


def test_an_item_of_ones_own_choice_goes_at_once(street, person):
    """Erased on one's word, read back, with a receipt."""
    person.agree(PROFILE)
    person.fill("profile", nickname="Mimi", occupation="Teacher")
    item = first_item(person, "Nickname")
    assert "It is removed at once" in text(person.get(f"{item}/erase"))
    person.post(f"{item}/erase", 400)  # without the warning of what may stop
    person.post(f"{item}/erase", warned=person.warned(f"{item}/erase"))
    street.work()
    said = text(person.get("/my-data"))
    assert "Nickname" not in said
    assert "Occupation" in said
    assert "Done, and read back" in text(person.get("/my-data/erase"))
    warned = person.warned("/my-data/erase/kind/occupation")
    person.post("/my-data/erase/kind/occupation", warned=warned)
    street.work()
    assert "Occupation" not in text(person.get("/my-data"))


def test_what_a_contract_needs_is_asked_for(street, person):
    """Erasing the number is a request with a case and a clock."""
    page = person.get("/my-data/erase/kind/phone")
    assert "we look at your request" in text(page)
    person.post("/my-data/erase/kind/phone", 400)
    warned = person.warned("/my-data/erase/kind/phone")
    response = person.post("/my-data/erase/kind/phone", case=CASE, statement="I moved.", warned=warned)
    said = text(response)
    for word in ("Erasure", "Identity verified", "I moved.", "due in 15 days", "Mobile number"):
        assert word in said
    taken = person.post(re.search(r"/requests/[0-9a-f-]+", response.redirect_chain[-1][0]).group() + "/take-back")
    assert "Taken back" in text(taken)


def test_erasing_everything_asks_for_a_fresh_code(street, person):
    """Reason, code, request; the code of another deed does not do."""
    person.post("/my-data/erase/everything", 400)
    street.house.later(minutes=30)
    person.post("/my-data/erase/everything", case=CASE, warned=person.warned("/my-data/erase/everything"))
    code = street.code()
    wrong = "000000" if code != "000000" else "111111"
    person.post("/my-data/erase/everything/code", 400, code=wrong)
    response = person.post("/my-data/erase/everything/code", code=code)
    assert "Everything" in text(response)
    assert "Your request is in" in text(response)


def test_closing_the_account(street, person):
    """One code closes it; the session ends, the number opens a new account that knows nothing of the old one."""
    person.agree(PROFILE)
    person.fill("profile", nickname="Mimi")
    street.house.later(minutes=30)
    assert "180 days" in text(person.get("/account/close"))
    person.post("/account/close/send")
    assert "being closed" in text(person.post("/account/close/code", code=street.code()))
    street.work()
    assert "session" not in {name for name, one in person.client.cookies.items() if one.value}
    street.house.later(minutes=30)
    again = street.browser().register()
    assert "Nickname" not in text(again.get("/my-data"))


def test_an_old_session_of_a_closed_account_opens_nothing(street, person):
    """A copied token dies with the account."""
    token = person.client.cookies["session"].value
    street.house.later(minutes=30)
    person.post("/account/close/send")
    person.post("/account/close/code", code=street.code())
    street.work()
    other = street.browser()
    other.client.cookies["session"] = token
    assert 302 == other.client.get("/my-data").status_code


@pytest.mark.parametrize("right", ["explanation", "complaint", "portability"])
def test_a_request_in_ones_own_words(person, right):
    """What was written is shown to the person, with the clock; an empty one is told."""
    person.post(f"/requests/new/{right}", 400, statement="  ")
    response = person.post(f"/requests/new/{right}", statement="Please explain.")
    assert "Please explain." in text(response)
    person.post(f"/requests/new/{right}", 400, statement="x" * 4001)
    assert "Answer due" in text(person.get("/requests"))


def test_a_right_that_the_policy_does_not_offer(person):
    """The address of an unknown right is not found."""
    person.get("/requests/new/nonsense", 404)


def test_a_receipt_is_checked_offline(street, person, tmp_path):
    """A consent's receipt verifies under the log's key alone, by the command that its page shows."""
    person.agree(PROFILE)
    waiting = person.get("/receipts")
    place = re.search(r'href="(/receipts/[0-9a-f-]{36})">You agreed', waiting.content.decode()).group(1)
    assert "being made" in text(person.get(place))
    sequencer.drain()
    sequencer.publish(now=street.house.now)
    page = text(person.get(place))
    assert "upheld verify receipt.json --key log.vkey" in page
    found = person.client.get(f"{place}/file")
    assert 'attachment; filename="receipt.json"' == found["Content-Disposition"]
    receipt = parse_receipt(found.content)
    verify_receipt(receipt, Keyring(log=own_keyring().log))
    assert PROFILE == receipt.disclosed.record["topic"]
    (tmp_path / "receipt.json").write_bytes(found.content)
    (tmp_path / "log.vkey").write_bytes(person.client.get("/receipts/log.vkey").content)
    command = [sys.executable, "-m", "upheld", "verify", "receipt.json", "--key", "log.vkey"]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == checked.returncode, checked.stdout + checked.stderr
    (tmp_path / "receipt.json").write_bytes(found.content.replace(b"purpose:profile", b"purpose:payouts"))
    assert 0 != subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode


def test_messages_and_sessions(street, person):
    """Another browser shows up in the list and can be ended; it is then signed out."""
    street.house.later(minutes=30)
    other = street.browser()
    other.sign_in()
    assert "No messages" in text(person.get("/account/messages"))
    page = person.get("/account").content.decode()
    person.post(re.search(r"/account/sessions/[0-9a-f-]{36}/end", page).group())
    assert 302 == other.client.get("/account").status_code
    person.get("/account")


def test_a_number_is_changed_by_a_code_to_the_new_one(street, person):
    """Afterwards the new number signs in and the old one is free."""
    street.house.later(minutes=30)
    person.post("/account/number", 400, phone="nonsense")
    person.post("/account/number", phone=OTHER)
    assert "Your number is changed" in text(person.post("/account/number/code", code=street.code()))
    street.house.later(minutes=30)
    assert "Welcome" in text(street.browser().sign_in(OTHER))


def test_a_child_names_a_guardian_who_then_decides(street):
    """A child's function stays closed until the guardian, with an own account, agrees for the child."""
    guardian = street.browser().register(OTHER)
    street.house.later(minutes=30)
    child = street.browser().register(age=None)
    response = child.post("/age", how="birth_date", birth_on="2018-03-01")
    assert "Your guardian" in text(response)
    child.agree(PROFILE)
    refused = text(child.fill("profile", 403, nickname="Mimi"))
    assert "No verified guardian" in refused
    child.post("/guardian", phone=OTHER)
    assert "Your guardian is verified" in text(child.post("/guardian/code", code=street.code()))
    page = guardian.get("/account/family").content.decode()
    act = re.search(r"/account/family/([0-9a-f-]{36})/act", page)
    ward = act.group(1)
    assert "not accepted for this person" in text(guardian.post(act.group()))
    guardian.post("/policy/accept", 400, version="1", whose=ward)
    guardian.post("/policy/accept", version="1", accepted="on", whose=ward)
    guardian.post("/choices/choose", 409, topic=PROFILE, decision="given", wording=guardian.wording(PROFILE))
    given = guardian.post(
        "/choices/choose", topic=PROFILE, decision="given", wording=guardian.wording(PROFILE), whose=ward
    )
    assert "You agreed" in text(given)
    assert "Saved" in text(child.fill("profile", nickname="Mimi"))
    guardian.post("/account/family/me")
    assert "Nickname" not in text(guardian.get("/my-data"))


def test_a_baby_is_represented(street, person):
    """A guardian adds a baby, agrees and fills in for it; the baby's data is the baby's."""
    person.post("/account/family", 400, birth_on="1990-01-01")
    response = person.post("/account/family", birth_on="2026-01-01")
    assert "You act for somebody" in text(response)
    page = person.get("/choices").content.decode()
    ward = re.search(r'name="whose" value="([0-9a-f-]{36})"', page).group(1)
    for topic in ("purpose:survey",):
        person.post("/choices/choose", topic=topic, decision="given", wording=person.wording(topic), whose=ward)
    saved = person.client.post("/profile/survey", {"value-survey.answers": "Sleeps well.", "whose": ward}, follow=True)
    assert "Saved" in text(saved)
    assert "From the guardian" in text(person.get("/my-data"))
    person.post("/account/family/me")
    assert "survey" not in text(person.get("/my-data"))
