# SPDX-License-Identifier: Apache-2.0
"""The pages on one's own devices and one's own log of use."""

import pytest

from tests.web.portal.road import text
from upheld.devices import queries, service
from upheld.devices.values import DeviceKind
from upheld.people.models import DataSubject
from upheld.terms import DataSubjectId
from upheld.vault import queries as vault


def linked(street, person):
    return service.link(data_subject_id=person, purpose="safe-running", kind=DeviceKind.TABLET, now=street.house.now)


def newest() -> DataSubjectId:
    return DataSubjectId(DataSubject.objects.latest("id").id)


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Tablet", "Undo the link")), ("zh-Hans", ("平板", "解除关联"))]
)
def test_a_person_sees_each_device_and_undoes_the_link(street, language, words):
    browser = street.browser(language).register()
    person = newest()
    made = linked(street, person)
    undo = f"/my-data/devices/{made.link_id}/unlink"
    shown = browser.get("/my-data/devices")
    assert [word for word in words if word not in text(shown)] == []
    assert undo in shown.content.decode()
    browser.post(undo)
    assert not queries.devices(person)[0].is_linked
    assert undo not in browser.get("/my-data/devices").content.decode()


def test_nobody_undoes_another_persons_link(street):
    street.browser().register()
    made = linked(street, newest())
    street.browser().register("139 1234 5678").post(f"/my-data/devices/{made.link_id}/unlink", status=404)


def test_the_log_page_shows_every_entry_that_is_stored_and_no_other_persons(street):
    browser = street.browser().register()
    person = newest()
    for n in range(30):
        street.house.collect(person, "browse", log__usage=f"opened page {n:02}", log__network="192.0.2.1")
    stored = [one for one in vault.metadata(person, now=street.house.now) if one.category == "log.usage"]
    seen = "".join(text(browser.get(f"/my-data/log?page={n}")) for n in range(1, 5))
    assert len(stored) == sum(f"opened page {n:02}" in seen for n in range(30)) == 30
    other = street.browser().register("139 1234 5678")
    assert "opened page" not in text(other.get("/my-data/log"))
