# SPDX-License-Identifier: Apache-2.0
"""What others' part in an act takes: recipients who decide or are instructed, trackers of others, other regions."""

from dataclasses import replace

import pytest

from tests.gate.conftest import rulebook
from tests.gate.in_order import NOW, PAPERS, adult, without, world
from upheld import gate
from upheld.gate import Ask, Denial, Facts, Permit, RecipientFacts
from upheld.terms import Act


def test_a_case_of_leaving_the_region_may_share_its_name_with_a_ground_for_children():
    """An adult's data leaves under the cited rule of law, with its evidence; at home that name is no ground for one."""
    book = rulebook("general-platform")
    facts = Facts(adult(book), world(book))
    ask = Ask(act=Act.COLLECT, purpose="account", categories=("phone",), ground="law", evidence={"provision": "art. 1"})
    assert isinstance(gate.decide(book, facts, replace(ask, destination="us"), NOW), Permit)
    bare = gate.decide(book, facts, replace(ask, destination="us", evidence={}), NOW)
    assert [reason.code for reason in bare.reasons] == ["evidence_missing"]
    at_home = gate.decide(book, facts, ask, NOW)
    assert [reason.code for reason in at_home.reasons] == ["ground_unlisted"]


@pytest.mark.parametrize(
    ("act", "recipient", "needed"),
    [
        (Act.SHARE, "seller", True),
        (Act.TRANSFER, "hosting", True),
        (Act.ENTRUST, "hosting", False),
        (Act.KEEP, "seller", False),
    ],
)
def test_sensitive_data_handed_over_by_no_consent_waits_for_its_own(act, recipient, needed):
    """Who decides receives it with a separate consent; who is instructed, and the vault that stores it, without."""
    book = rulebook("general-platform")
    ask = Ask(act=act, purpose="trade", categories=("order",), recipient=recipient)
    said = Facts(adult(book), world(book))
    unsaid = Facts(adult(book, held=without(book, "sensitive:trade")), world(book))
    assert isinstance(gate.decide(book, said, ask, NOW), Permit)
    answer = gate.decide(book, unsaid, ask, NOW)
    codes = [reason.code for reason in answer.reasons] if isinstance(answer, Denial) else []
    assert codes == (["separate_consent_missing"] if needed else [])


@pytest.mark.parametrize(
    ("asked", "recipients", "code"),
    [
        ({}, {"viewer": RecipientFacts(papers=PAPERS, stopped=True)}, "recipient_stopped"),
        ({}, {"viewer": RecipientFacts(papers={**PAPERS, "agreement": (0, NOW)})}, "agreement_missing"),
        ({"recipient": "pay-house"}, None, "recipient_undeclared"),
    ],
)
def test_a_tracker_of_a_recipient_waits_for_that_recipient(asked, recipients, code):
    """A tracker that another learns from is not set while that recipient may not receive, nor for anybody else."""
    book = rulebook("document-tools")
    ask = Ask(act=Act.SET_TRACKER, purpose="tracker.viewer-tag")
    assert isinstance(gate.decide(book, Facts(adult(book), world(book)), ask, NOW), Permit)
    changed = world(book) if recipients is None else world(book, recipients=recipients)
    answer = gate.decide(book, Facts(adult(book), changed), replace(ask, **asked), NOW)
    assert [reason.code for reason in answer.reasons] == [code]
