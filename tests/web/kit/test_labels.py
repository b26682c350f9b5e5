# SPDX-License-Identifier: Apache-2.0
"""Every value and state of the rooms has its word and its badge here."""

import pytest

from upheld import terms
from upheld.consent import values as consent
from upheld.ledger import verify
from upheld.messages import values as messages
from upheld.notices import values as notices
from upheld.people import permissions
from upheld.people import values as people
from upheld.policy import findings
from upheld.retention import values as retention
from upheld.rights import rules as rights
from upheld.storage.jobs.models import JobStatus
from upheld.storage.journal import JournalStatus, Standing
from upheld.vault import values as vault
from upheld.web.kit.labels import LABELS, label
from upheld.web.kit.statuses import MARKS

NAMED = (
    terms.Right, terms.Act, terms.Actor, terms.LawfulBasis, terms.AgeBand, vault.ReaderKind, vault.Source,
    vault.StaffReason, permissions.Role, messages.Channel, consent.TopicKind,
)  # fmt: skip
MARKED = (
    terms.Status, terms.Kind, terms.Tier, rights.RequestState, consent.State, messages.MessageState,
    notices.ProposalState, retention.ErasureState, JobStatus, JournalStatus, Standing, verify.Verdict,
    findings.Severity, people.AccountStatus, people.StaffStatus,
)  # fmt: skip


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_every_value_has_a_word(kind):
    """A value that a room adds is named before a person meets it."""
    assert {str(member.value) for member in kind} == set(LABELS[kind.__name__])
    for member in kind:
        assert LABELS[kind.__name__][member.value] == label(member) == label(member.value, kind.__name__)


@pytest.mark.parametrize("kind", MARKED, ids=lambda kind: kind.__name__)
def test_every_state_has_a_badge(kind):
    """A state that a room adds gets tone, icon and word."""
    assert set() == {str(member.value) for member in kind} - set(MARKS)


def test_an_unknown_value_is_shown_as_it_is():
    """What has no word yet is readable all the same."""
    assert "Own choice" == label("own_choice", "Because")
