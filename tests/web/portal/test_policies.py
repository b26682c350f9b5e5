# SPDX-License-Identifier: Apache-2.0
"""Every page opens under each of the five policies, in both languages."""

import pytest

from tests.web.portal.road import Street
from upheld.messages import transports
from upheld.storage.sequencer import make_log_key

POLICIES = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")
PAGES = (
    "/", "/policy", "/policy/lists", "/choices", "/choices/history", "/profile", "/my-data", "/my-data/looks",
    "/my-data/disclosures", "/my-data/copy", "/my-data/erase", "/my-data/erase/everything", "/requests", "/receipts",
    "/account", "/account/number", "/account/messages", "/account/family", "/age",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("policy", POLICIES)
def test_every_page_under_every_policy(db, monkeypatch, settings, policy, language):
    """A person registers and opens every page, every function to fill in and every right, whatever the policy says."""
    settings.ROOT_URLCONF = "tests.web.portal.alone"
    make_log_key()
    street = Street(monkeypatch, policy)
    person = street.browser(language).register()
    for page in PAGES:
        person.get(page)
    from upheld.web.portal.asking import typed_functions

    for function in typed_functions(street.house.policy):
        person.get(f"/profile/{function}")
    for right in street.house.policy.rights.requests:
        person.get(f"/requests/new/{right.value}")
    transports.wire({})
