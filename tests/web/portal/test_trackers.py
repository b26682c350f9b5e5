# SPDX-License-Identifier: Apache-2.0
"""Cookies and trackers among the choices: each a switch of its own, off before and after."""

from tests.promises.trials import controls_of
from tests.web.portal.road import text
from upheld.notices.models import NoticeAcknowledgement
from upheld.terms import Act

TOPIC, CONSENT = "tracker:page-beacon", "gate.tracker_consent"


def test_a_tracker_is_chosen_and_taken_back(person):
    """One press lets it be set, one press ends that; the choice for another tracker stays as it was."""
    house = person.street.house
    who = NoticeAcknowledgement.objects.get().data_subject_id

    def standing(name="page-beacon"):
        return controls_of(house.decide(who, Act.SET_TRACKER, f"tracker.{name}"))

    assert "Cookies and trackers" in text(person.get("/choices"))
    assert CONSENT in standing()
    person.agree(TOPIC)
    assert CONSENT not in standing() and CONSENT in standing("mail-pixel")
    person.take_back(TOPIC)
    assert CONSENT in standing()


def test_the_product_can_do_without_none_that_it_needs(person):
    """What the product needs is no choice, so no page offers a switch that would do nothing."""
    assert 'value="tracker:session"' not in person.get("/choices").content.decode()
