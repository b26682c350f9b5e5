# SPDX-License-Identifier: Apache-2.0
"""Sources' papers and the successor at the desk: put on file, seen, ended; and nobody without the permission does so."""

import re
from datetime import timedelta

from tests.web.portal.road import text
from upheld.messages import queries as notes
from upheld.people.permissions import Role
from upheld.sharing import sources
from upheld.terms import Language

SOURCE = "/console/sources/outside-accounts/"


def day(house, days=0):
    return (house.now + timedelta(days=days)).date().isoformat()


def paper(house, **more):
    return {"kind": "agreement", "starts_on": day(house, -1), "document_sha256": "c" * 64, **more}


def test_a_sources_paper_is_put_on_file_and_ended(house, at_desk):
    """The list says what is missing; with the paper the source may give; ended, it may not."""
    desk = at_desk(Role.OFFICER)
    assert "Nothing is taken in" in text(desk.get("/console/sources/"))
    wrong = desk.post(f"{SOURCE}papers/", paper(house, document_sha256="no digest"))
    assert wrong.status_code == 422 and not sources.source_papers("outside-accounts")
    done = desk.post(f"{SOURCE}papers/", paper(house), follow=True)
    assert "The paper is on file" in text(done) and "May give" in text(done)
    [held] = sources.source_papers("outside-accounts")
    ended = desk.post(f"{SOURCE}papers/{held.paper_id}/end/", follow=True)
    assert "The paper is ended" in text(ended) and "Nothing is taken in" in text(ended)


def test_a_successor_is_bound_with_the_lead_and_released(house, at_desk):
    """Too early a day is refused with what was typed kept; in time, people are told; released, the form is back."""
    desk, person = at_desk(Role.OFFICER), house.person()
    given = {"name": "New House Ltd", "contact": "hello@new.example", "document_sha256": "d" * 64}
    assert "15 days before" in text(desk.get("/console/successor/"))
    early = desk.post("/console/successor/", given | {"starts_on": day(house, 3)})
    assert early.status_code == 422 and 'value="New House Ltd"' in early.content.decode()
    assert not sources.successors()
    done = desk.post("/console/successor/", given | {"starts_on": day(house, 20)}, follow=True)
    assert "People are being told" in text(done) and "Bind a successor" not in text(done)
    house.work()
    assert [one for one in notes.notes(data_subject_id=person, now=house.now) if "New House Ltd" in one.body]
    released = re.search(r"/console/successor/[0-9a-f-]{36}/release/", done.content.decode()).group()
    assert "Bind a successor" in text(desk.post(released, follow=True))


def test_the_pages_speak_chinese(house, at_desk):
    """Both pages in the language of whoever reads them, with no English sentence left."""
    desk = at_desk(Role.OFFICER)
    desk.cookies["language"] = "zh-hans"
    assert "暂不接收" in text(desk.get("/console/sources/"))
    assert "登记承接方" in text(desk.get("/console/successor/"))
    assert sources.sources(language=Language.ZH_HANS, now=house.now)
