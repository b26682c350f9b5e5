# SPDX-License-Identifier: Apache-2.0
"""Staff read the promise board, publish versions with two people, and keep the recipients' papers."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.console.conftest import at_desk, house  # noqa: F401 - fixtures
from tests.web.console.desks import joined, signed_in
from upheld.facts import queries as facts
from upheld.notices import queries as notices
from upheld.notices.values import ProposalState
from upheld.people.permissions import Role
from upheld.promises import behind, history
from upheld.sharing import queries as sharing
from upheld.storage import sequencer, stored_log
from upheld.terms import Language

DIGEST = "ab" * 32


def settled(house):
    while sequencer.drain():
        pass
    house.later(seconds=2).work()


def test_the_board_is_recomputed_when_asked(house, at_desk):
    """Empty at first; asking puts a job in; then every clause stands with its controls, and filters narrow."""
    client = at_desk(Role.AUDITOR)
    assert "Not computed yet" in client.get("/console/board/").content.decode()
    assert 404 == client.get("/console/board.json").status_code
    house.collect(house.person(), "account", phone="+8613800138000")
    while sequencer.drain():
        pass
    client.post("/console/board/recompute/")
    assert "waits for the worker" in client.get("/console/board/").content.decode()
    settled(house)
    page = client.get("/console/board/").content.decode()
    total = len(history.latest(version=1).lines)
    assert f"{total} of {total} clauses" in page and "Clauses by status" in page
    assert "waits for the worker" not in page
    narrowed = client.get("/console/board/?q=storage.account&section=storage").content.decode()
    assert 'clauses/storage.account/"' in narrowed and 'clauses/storage.baby/"' not in narrowed
    for query in ("status=kept", "chapter=rights", "section=storage", "chapter=nonsense&status=nonsense", "page=99"):
        assert 200 == client.get(f"/console/board/?{query}").status_code


def test_the_json_says_what_the_page_says(house, at_desk):
    """An auditor downloads the board and counts the same."""
    house.collect(house.person(), "account", phone="+8613800138000")
    history.take(version=1, now=house.now)
    made = json.loads(at_desk(Role.AUDITOR).get("/console/board.json").content)
    assert made["counts"] == history.latest(version=1).counts
    assert {"zh-Hans", "en"} == set(made["clauses"][0]["text"])


def test_a_clause_shows_the_evidence_behind_it(house, at_desk):
    """Entries that the clause's controls were judged by, by index and event, and nothing about the person."""
    person = house.person()
    house.collect(person, "account", phone="+8613800138000")
    while sequencer.drain():
        pass
    history.take(version=1, now=house.now)
    line = next(one for one in history.latest(version=1).lines if one.clause == "functions.account")
    page = at_desk(Role.AUDITOR).get("/console/board/clauses/functions.account/").content.decode()
    assert line.controls[0].control in page
    assert "vault.item.collected" in page
    assert "13800138000" not in page and str(person) not in page
    assert 404 == at_desk(Role.AUDITOR).get("/console/board/clauses/functions.nothing/").status_code


def test_the_evidence_is_read_a_stretch_at_a_time(house, at_desk):
    """Each entry stands once for each control, newest first; the reader goes on from where a page ended."""
    for _ in range(4):
        house.collect(house.person(), "account", phone="+8613800138000")
    while sequencer.drain():
        pass
    policy, size = facts.policy(1), stored_log.head().size
    whole = behind.evidence(policy, "functions.account", before=size, limit=100)
    lines = [(one.seen.index, one.control, one.kept) for one in whole.found]
    assert lines == sorted(set(lines), key=lambda line: -line[0]) and len(lines) >= 4
    first = behind.evidence(policy, "functions.account", before=size, limit=2)
    rest = behind.evidence(policy, "functions.account", before=first.before, limit=100)
    assert lines == [(one.seen.index, one.control, one.kept) for one in (*first.found, *rest.found)]


def test_progress_is_shown_while_it_goes_on(house, at_desk):
    """A recomputation that has begun says how many entries are judged; the part alone is given to the page's script."""
    from upheld.crypto.randomness import uuid7
    from upheld.promises.models import BoardSnapshot

    BoardSnapshot.objects.create(id=uuid7(house.now), policy="x", version=1, at=house.now, judged=500, tree_size=2000)
    client = at_desk(Role.AUDITOR)
    assert "500 of 2,000 entries" in client.get("/console/board/progress/").content.decode()
    BoardSnapshot.objects.all().delete()
    done = client.get("/console/board/progress/", headers={"HX-Request": "true"})
    assert "true" == done.headers["HX-Refresh"]


def test_the_history_keeps_one_point_a_day(house):
    """Two snapshots of a day are one point, the later; the whole lines are kept of the newest alone."""
    history.take(version=1, now=house.now)
    history.take(version=1, now=house.later(hours=1).now)
    history.take(version=1, now=house.later(days=1).now)
    past = history.days(zone="Asia/Shanghai")
    assert 2 == len(past)
    assert past[0].on < past[1].on
    from upheld.promises.models import BoardSnapshot

    assert 1 == BoardSnapshot.objects.exclude(lines=[]).count()


# --- versions


def next_version(house, **changes):
    effective = (house.now + timedelta(days=60)).date()
    text = house.document.decode()
    text = text.replace("\nversion: 1\n", "\nversion: 2\n")
    text = text.replace("updated: 2026-01-05", f"updated: {house.now.date()}")
    text = text.replace("effective: 2026-02-05", f"effective: {effective}")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text.encode()


def upload(client, document, **more):
    file = SimpleUploadedFile("policy.yaml", document, content_type="application/yaml")
    why = {"because": "service", "why_en": "The service changed.", "why_zh": "服务发生变化。"}
    return client.post("/console/versions/propose/", {"document": file, **why, **more})


@pytest.mark.parametrize(
    "document",
    [b"upheld: 1\npolicy: [", b"\xff\xfe\x00", b"just a sentence", b"upheld: 1\nnonsense: true\n", b"a: &a [*a, *a]\n"],
)
def test_a_file_with_errors_leaves_nothing(house, at_desk, document):
    """What was found stands with its line and column; nothing is proposed."""
    answer = upload(at_desk(Role.PUBLISHER), document)
    assert 422 == answer.status_code
    page = answer.content.decode()
    assert "column" in page and "What was found" in page
    assert [] == notices.proposals()


def test_a_file_too_large_is_refused(house, at_desk):
    """A file of more than 1 MB is not read."""
    answer = upload(at_desk(Role.PUBLISHER), b"#" * (1024 * 1024 + 10))
    assert 422 == answer.status_code
    assert "larger than 1 MB" in answer.content.decode()


def test_two_people_publish(house, at_desk):
    """One proposes, sees what changes and cannot approve in silence; a second approves, and it is published."""
    proposer = at_desk(Role.PUBLISHER)
    document = next_version(house).replace(b"keep: 180 days", b"keep: 400 days", 1)
    assert 302 == upload(proposer, document).status_code
    (made,) = notices.proposals()
    at = f"/console/versions/proposals/{made.proposal_id}/"
    page = proposer.get(at).content.decode()
    assert "storage.account" in page and "400 days" in page
    assert 422 == proposer.post(at + "approve/").status_code
    assert ProposalState.PROPOSED is notices.proposals()[0].state
    other = signed_in(joined(Role.PUBLISHER, "second@staff.example", now=house.now))
    assert "You are the second person" in other.get(at).content.decode()
    assert 302 == other.post(at + "approve/").status_code
    (published,) = notices.proposals()
    assert (ProposalState.PUBLISHED, False) == (published.state, published.by_one_person)
    assert [2, 1] == [one.seq for one in facts.versions()]
    page = other.get("/console/versions/").content.decode()
    assert "Takes effect later" in page
    assert document == other.get("/console/versions/2/file").content


def test_who_publishes_alone_is_shown(house, at_desk):
    """The proposer may approve knowingly alone; versions and board say so."""
    client = at_desk(Role.OFFICER)
    upload(client, next_version(house))
    (made,) = notices.proposals()
    at = f"/console/versions/proposals/{made.proposal_id}/approve/"
    assert 302 == client.post(at, {"alone": "on"}).status_code
    assert [2] == notices.published_by_one()
    assert "Published by one person" in client.get("/console/versions/").content.decode()
    history.take(version=1, now=house.now)
    assert "One person published alone" in client.get("/console/board/").content.decode()


def test_a_proposal_is_dropped(house, at_desk):
    """A dropped proposal stays in the list, and cannot be approved."""
    client = at_desk(Role.PUBLISHER)
    upload(client, next_version(house))
    (made,) = notices.proposals()
    client.post(f"/console/versions/proposals/{made.proposal_id}/drop/")
    assert ProposalState.DROPPED is notices.proposals()[0].state
    other = signed_in(joined(Role.PUBLISHER, "second@staff.example", now=house.now))
    late = other.post(f"/console/versions/proposals/{made.proposal_id}/approve/")
    assert 422 == late.status_code
    assert [1] == [one.seq for one in facts.versions()]


# --- recipients


def standing(house, name):
    rows = sharing.directory(language=Language.EN, now=house.now)
    return next(row for row in rows if row.recipient == name)


def test_papers_let_a_recipient_receive(house, at_desk):
    """On file it may receive; ended it may not; a stop holds whatever the papers say."""
    client = at_desk(Role.OFFICER)
    row = next(one for one in sharing.directory(language=Language.EN, now=house.now) if one.lacks_papers)
    at = f"/console/recipients/{row.recipient}/"
    assert "What is missing" in client.get(at).content.decode()
    wrong = client.post(
        at + "papers/",
        {"kind": "agreement", "starts_on": "2026-06-01", "until_on": "2026-05-01", "document_sha256": "no"},
    )
    assert 422 == wrong.status_code
    assert 'value="2026-05-01"' in wrong.content.decode(), "what was typed stays"
    for paper in row.lacks_papers:
        client.post(at + "papers/", {"kind": paper.value, "starts_on": "2026-06-01", "document_sha256": DIGEST})
    assert standing(house, row.recipient).may_receive
    client.post(at + "stop/")
    assert not standing(house, row.recipient).may_receive
    client.post(at + "resume/")
    held = sharing.papers(row.recipient)
    house.later(hours=1)
    client.post(f"{at}papers/{held[0].paper_id}/end/")
    assert held[0].kind in standing(house, row.recipient).lacks_papers
    assert 409 == client.post(f"{at}papers/{held[0].paper_id}/end/").status_code


def test_an_auditor_reads_recipients_and_changes_none(house, at_desk):
    """The directory is read by all staff; a stop is the officer's."""
    client = at_desk(Role.AUDITOR)
    page = client.get("/console/recipients/?show=barred").content.decode()
    assert "May receive nothing" in page
    row = sharing.directory(language=Language.EN, now=house.now)[0]
    assert 403 == client.post(f"/console/recipients/{row.recipient}/stop/").status_code


def test_a_review_is_recorded(house, at_desk):
    """A paper whose review is due is reviewed, and the next day for it is set; an empty day is refused."""
    client = at_desk(Role.OFFICER)
    row = next(one for one in sharing.directory(language=Language.EN, now=house.now) if one.lacks_papers)
    at = f"/console/recipients/{row.recipient}/papers/"
    client.post(
        at,
        {
            "kind": row.lacks_papers[0].value,
            "starts_on": "2026-05-01",
            "review_on": "2026-05-20",
            "document_sha256": DIGEST,
        },
    )
    (paper,) = sharing.papers(row.recipient)
    assert "Overdue" in client.get(f"/console/recipients/{row.recipient}/").content.decode()
    assert 422 == client.post(f"{at}{paper.paper_id}/review/", {"next_on": ""}).status_code
    assert 302 == client.post(f"{at}{paper.paper_id}/review/", {"next_on": "2027-05-20"}).status_code
    assert "Overdue" not in client.get(f"/console/recipients/{row.recipient}/").content.decode()


def test_the_preview_stands_before_anything_happens(house, at_desk):
    """What changes and for how many is read on the proposal; a revision without its reason is refused on the form."""
    client = at_desk(Role.PUBLISHER)
    house.person()
    document = next_version(house).replace(b"keep: 180 days", b"keep: 400 days", 1)
    refused = upload(client, document, because="")
    assert 422 == refused.status_code
    assert "says why" in refused.content.decode()
    upload(client, document)
    (made,) = notices.proposals()
    page = client.get(f"/console/versions/proposals/{made.proposal_id}/").content.decode()
    for word in ("Nothing has happened yet", "Asked to agree expressly", "version 1: 1", "The service changed."):
        assert word in page
    assert [1] == [one.seq for one in facts.versions()]


def test_a_version_is_withdrawn_after_its_page_was_read(house, at_desk):
    """The page says whom it concerns; without a reason nothing is done; then all versions show it."""
    client = at_desk(Role.OFFICER)
    upload(client, next_version(house))
    (made,) = notices.proposals()
    client.post(f"/console/versions/proposals/{made.proposal_id}/approve/", {"alone": "on"})
    assert "They fall back to" in client.get("/console/versions/2/withdraw/").content.decode()
    assert 422 == client.post("/console/versions/2/withdraw/", {"sure": "on"}).status_code
    assert notices.withdrawals() == {}
    said = {"sure": "on", "why_en": "The wrong file.", "why_zh": "误发。"}
    assert 302 == client.post("/console/versions/2/withdraw/", said).status_code
    assert "The wrong file." in client.get("/console/versions/").content.decode()
    assert notices.withdrawals()[2].falls_back_to == 1
