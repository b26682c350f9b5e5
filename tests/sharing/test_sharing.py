# SPDX-License-Identifier: Apache-2.0
"""Recipients get what the policy lists, the person chose and the papers cover; and every handing over is on record."""

from datetime import date, timedelta

import pytest

from tests.vault import world
from tests.vault.world import NOW, collecting
from upheld import controls
from upheld.errors import BadInput, NotFound
from upheld.gate import Ask, Denied
from upheld.sharing import disclosing, queries, rules, service
from upheld.sharing.models import Disclosure
from upheld.sharing.values import DisclosureState, PaperKind
from upheld.storage import intents
from upheld.terms import Act, Language, StaffId
from upheld.vault import queries as vault_queries
from upheld.vault import service as vault
from upheld.vault.values import ReaderKind

SIGNED = StaffId(world.STAFF)
ASK = Ask(act=Act.SHARE, purpose="affiliate-link", categories=("nickname",), recipient="affiliate")


@pytest.fixture
def subject(db):
    world.publish()
    who = world.grown("purpose:profile", "purpose:affiliate-link", "share:affiliate")
    vault.collect(ask=collecting("profile", "nickname"), data_subject_id=who, values={"nickname": "Mimi"}, now=NOW)
    return who


@pytest.fixture
def papers(subject):
    return [paper(kind) for kind in (PaperKind.AGREEMENT, PaperKind.ASSESSMENT)]


def paper(kind, *, until=NOW + timedelta(days=365), **more):
    return service.record_paper(
        **{
            "recipient": "affiliate",
            "kind": kind,
            "starts_at": NOW - timedelta(days=1),
            "until": until,
            "document_sha256": "a" * 64,
            "signed_by": SIGNED,
            "now": NOW,
            "review_on": date(2026, 9, 1),
            **more,
        }
    )


def disclose(subject, ask=ASK, *, now=NOW, **more):
    return service.disclose(ask=ask, data_subject_id=subject, now=now, **more)


def reasons(subject, ask=ASK, **more):
    with pytest.raises(Denied) as refused:
        disclose(subject, ask, **more)
    return {reason.code for reason in refused.value.denial.reasons}


def test_a_disclosure_reaches_the_recipient_and_the_persons_list(subject, papers):
    """What was handed over arrives, and the person reads who got what, and that the recipient looked."""
    arrived = {}
    done = disclose(subject, deliver=lambda id_, items: arrived.update(id=id_, value=items["nickname"].value))
    assert arrived == {"id": done.disclosure_id, "value": "Mimi"}
    [seen] = queries.disclosures(subject)
    assert (seen.recipient, seen.categories, seen.state) == ("affiliate", ("nickname",), DisclosureState.MADE)
    assert [look.reader for look in vault_queries.accesses(subject)] == [ReaderKind.RECIPIENT]


def test_without_papers_nothing_leaves(subject, papers):
    """An agreement that has ended stops everything, on the day it ends."""
    ended = NOW + timedelta(days=365)
    assert "agreement_missing" in reasons(subject, now=ended)
    assert queries.disclosures(subject) == []
    assert disclose(subject, now=ended - timedelta(days=1))


def test_without_the_persons_consent_nothing_leaves(subject, papers):
    """Another person, who consented to nothing of the kind, is not handed over."""
    other = world.grown("purpose:profile")
    assert "share_consent_missing" in reasons(other)
    assert disclose(subject)


def test_only_what_is_listed_leaves(subject, papers):
    """A category the directory does not name, an unknown recipient, an undeclared purpose: refused."""
    assert reasons(subject, Ask(act=Act.SHARE, purpose="affiliate-link", categories=("gender",), recipient="affiliate"))
    assert reasons(subject, Ask(act=Act.SHARE, purpose="affiliate-link", categories=("nickname",), recipient="nobody"))
    assert reasons(subject, Ask(act=Act.SHARE, purpose="profile", categories=("nickname",), recipient="affiliate"))
    for shapeless in (
        Ask(act=Act.USE, purpose="profile", categories=("nickname",)),
        Ask(act=Act.SHARE, purpose="profile"),
    ):
        with pytest.raises(BadInput):
            disclose(subject, shapeless)


def test_an_incomplete_directory_row_receives_nothing(subject, papers, monkeypatch):
    """A recipient whose own policy people cannot reach gets nothing."""
    assert disclose(subject)
    monkeypatch.setattr(rules, "missing_columns", lambda policy, recipient: ("link",))
    assert reasons(subject) == {"directory_incomplete"}
    with controls.without("sharing.directory_complete"):
        assert disclose(subject)


def test_a_stopped_recipient_receives_nothing(subject, papers):
    """A stop holds whatever the papers say, until it is lifted."""
    service.stop_recipient(recipient="affiliate", now=NOW)
    assert "recipient_stopped" in reasons(subject)
    service.resume_recipient(recipient="affiliate", now=NOW)
    assert disclose(subject)
    with pytest.raises(NotFound):
        service.stop_recipient(recipient="nobody", now=NOW)


def test_a_failed_delivery_is_no_disclosure(subject, papers):
    """Where nothing was handed over, the person's list stays empty and the failure is on record."""

    def fail(id_, items):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        disclose(subject, deliver=fail)
    assert queries.disclosures(subject) == []
    assert Disclosure.objects.get().state == "failed"
    assert intents.unsettled(before=NOW + timedelta(days=1)) == []


def test_a_process_that_died_leaves_it_uncertain(subject, papers, monkeypatch):
    """Killed while handing over, the person reads that it may have arrived; it is not handed over twice."""
    monkeypatch.setattr(disclosing, "_hand_over", lambda *_: None)
    disclose(subject)
    [intent] = intents.unsettled(before=NOW + timedelta(seconds=1))
    assert disclosing._resume(intent, NOW) == "uncertain"
    assert [seen.state for seen in queries.disclosures(subject)] == [DisclosureState.UNCERTAIN]


def test_every_disclosure_is_on_record(subject, papers):
    """Without the control the data leaves and the person's list does not say so."""
    with controls.without("sharing.disclosure_recorded"):
        disclose(subject)
    assert queries.disclosures(subject) == []
    disclose(subject)
    assert len(queries.disclosures(subject)) == 1


def test_the_directory_shows_how_every_recipient_stands(subject, papers):
    """The list names what is on file, what is missing, and which review is late."""
    rows = {row.recipient: row for row in queries.directory(language=Language.ZH_HANS, now=NOW)}
    assert rows["affiliate"].may_receive
    assert rows["umeng"].lacks_papers == (PaperKind.AGREEMENT, PaperKind.ASSESSMENT, PaperKind.SECURITY_TEST)
    assert not rows["umeng"].may_receive
    late = {r.recipient: r for r in queries.directory(language=Language.EN, now=NOW + timedelta(days=300))}
    assert late["affiliate"].reviews_overdue == 2
    today = date(2026, 9, 2)
    reviewed = service.review_paper(
        paper_id=papers[0].paper_id, staff_id=SIGNED, today=today, next_on=date(2027, 9, 1), now=NOW
    )
    assert not reviewed.is_review_overdue(today)


def test_papers_make_sense(subject):
    """A paper that ends before it starts, of an unknown recipient, or without a digest is refused."""
    with pytest.raises(BadInput):
        paper(PaperKind.AGREEMENT, until=NOW - timedelta(days=2))
    with pytest.raises(BadInput):
        paper(PaperKind.AGREEMENT, document_sha256="A" * 64)
    with pytest.raises(NotFound):
        paper(PaperKind.AGREEMENT, recipient="nobody")
    assert queries.papers() == []


def evidence(monkeypatch):
    """Collect what acts leave, as an inspector would read it."""
    from upheld.storage.acts import Act as Acting

    seen, record = [], Acting.record

    def spy(self, event, **more):
        seen.append((str(event), more["facts"]))
        return record(self, event, **more)

    monkeypatch.setattr(Acting, "record", spy)
    return seen


def test_evidence_judges_a_disclosure_without_the_control(subject, papers, monkeypatch):
    """An inspector reads from the entry alone whether papers, row and record were there."""
    seen = evidence(monkeypatch)
    disclose(subject)
    made = dict(seen)["sharing.disclosure.made"]
    wanted = {"declared": True, "papers_lacking": [], "directory_complete": True, "recorded": True}
    assert {name: made[name] for name in wanted} == wanted
    late = NOW + timedelta(days=400)
    with controls.without("sharing.agreement_in_force", "sharing.assessment_in_force", "sharing.disclosure_recorded"):
        disclose(subject, now=late)
    made = dict(seen)["sharing.disclosure.made"]
    assert (made["papers_lacking"], made["recorded"]) == (["agreement", "assessment"], False)
