# SPDX-License-Identifier: Apache-2.0
"""The family website's promises about devices: identifiers explained, links seen and undone, nobody's data nobody's."""

import pytest

from tests.promises import trials_devices as trials
from tests.promises import versions
from tests.promises.versions import cut
from upheld.terms import Language

FROM_DEVICES = ("device.id", "network.ip")


@pytest.mark.upholds("S2-017", control="policy.checked_before_publish")
@pytest.mark.parametrize("part", ["lasts", "resettable", "obtained"])
@pytest.mark.parametrize("name", FROM_DEVICES)
def test_an_identifier_in_use_says_how_it_differs(house, name, part):
    """A version in which one of the three is empty is refused; with all three it is taken."""
    versions.is_refused_until_put_right(house, "E315", cut(f"categories/{name}/{part}"))


@pytest.mark.upholds("S2-019", control="devices.link_can_be_undone")
def test_each_link_of_a_device_is_seen_with_its_date_and_can_be_undone(house):
    person = house.person("purpose:device-link")
    trials.link_is_seen_and_undone(house, person, "device-link", "browse", "device.model")


@pytest.mark.upholds("S2-021", control="devices.unlinked_identifies_nobody")
def test_device_data_is_nobodys_only_while_nothing_is_joined(house):
    trials.nobodys_data_points_to_nobody(house, "browse", "device.model", "device.id", "phone", "network.ip")


@pytest.mark.upholds("S2-022", control="devices.joined_is_personal")
def test_joined_device_data_is_a_persons_from_the_instant_of_the_join(house):
    person = house.person("purpose:device-link")
    trials.joined_data_is_sealed_at_once(house, person, "device-link", "browse", "device.model")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_notice_shows_how_each_identifier_differs(street, language):
    """Of each identifier that a device gives, the page that people read has the three facts."""
    shown = street.browser(language).get("/policy").content.decode()
    for name in FROM_DEVICES:
        declared = street.house.policy.categories[name]
        for words in (declared.lasts, declared.obtained):
            assert words[Language(language)] in shown, name
    assert {"en": "You can reset it.", "zh-Hans": "您可重置。"}[language] in shown
