# SPDX-License-Identifier: Apache-2.0
"""What a new version changes for people is found, weighed by the list that they were promised."""

import pytest

from tests.policy.planting import add, both, cut, planted, put, words
from upheld.errors import BadInput
from upheld import controls, policy
from upheld.policy import Weight

RECIPIENT = {
    "name": words(),
    "kind": "partner",
    "purpose": words(),
    "purposes": ["orders"],
    "receives": ["orders"],
    "form": "identified",
    "region": "cn",
}
GROUND = {"label": words(), "evidence": ["article"]}


def compared(plant=None):
    """Compare the baby-device policy with a planted next version."""
    return policy.diff(planted().policy, planted(plant).policy)


def test_nothing_changes_nothing():
    """A version that says the same changes nothing, whatever its dates."""
    same = compared(both(put("version", 2), put("effective", "2027-01-01")))
    assert (same.weight, same.cuts_rights, same.changes) == (Weight.NONE, False, ())


MINOR = {
    "another wording": put("commitments/least-data/text/en", "We collect only what a stated purpose needs."),
    "another label": put("storage/account/label", words()),
    "a shorter period": put("storage/account/keep", "90 days"),
    "a recipient receives less": put("recipients/wechat/receives", ["device.network"]),
    "one more promise": put(
        "commitments/more", {"text": words(), "chapter": "who", "controls": ["gate.purpose_declared"]}
    ),
    "another regulator": put("regulators/court/label", words()),
}
MAJOR = {
    "a new category": put("categories/face", {"label": words(), "identifies": "alone"}),
    "a function collects more": put("functions/account/collects/email", "required"),
    "optional becomes required": put("functions/profile/collects/nickname", "required"),
    "a new function": put("functions/more", {"label": words(), "tier": "extended", "purpose": words(), "basis": "consent", "collects": {"phone": "optional"}, "child": "never"}),
    "another purpose": put("functions/account/purpose", words()),
    "another basis": put("functions/profile/basis", "contract"),
    "a recipient appears": put("recipients/new", RECIPIENT),
    "a recipient receives more": add("recipients/glide/receives", "post.picture"),
    "a recipient sees who people are": put("recipients/advertisers/form", "identified"),
    "another owner": put("controller/name", words()),
    "another officer": put("controller/officer", "support-chat"),
    "another address": put("controller/contacts/post/address", "elsewhere"),
    "a quicker answer": put("rights/requests/access/within", "10 days"),
    "a looser guardian rule": put("functions/profile/child", "allowed"),
    "another recipient's name": put("recipients/glide/name", words()),
    "refusable after all": put("purposes/account-safety/refusable", True),
    "a new right": put("rights/requests/restriction", {"label": words(), "channels": ["post"], "within": "15 days"}),
    "one more channel": add("rights/requests/copy/channels", "post"),
    "one refusal less": cut("rights/refusals/heavy-work"),
    "one ground less": cut("grounds/collect/news"),
    "one more remedy": put("rights/remedies/regulator", {"label": words()}),
    "another proof of identity": put("rights/verification/methods", {"code": words()}),
    "one more contact": put("controller/contacts/desk", {"label": words(), "kind": "in-app"}),
    "one more way of telling": add("changes/tell", "sms"),
}  # fmt: skip
CUTS = {
    "a slower answer": put("rights/requests/access/within", "20 days"),
    "no deadline": cut("rights/requests/access/within"),
    "a later start of the clock": put("rights/requests/access/from", "verification"),
    "a right is gone": cut("rights/requests/portability"),
    "a case is gone": cut("rights/requests/erasure/cases/breach"),
    "a channel is gone": put("rights/requests/portability/channels", ["support-chat"]),
    "a form is gone": put("rights/requests/copy/forms", ["json"]),
    "recipients not told": put("rights/requests/erasure/tell-recipients", False),
    "a new refusal": put("rights/refusals/busy", {**GROUND, "kind": "may-refuse"}),
    "less evidence": put("rights/refusals/trade-secret/evidence", ["reviewer"]),
    "a remedy is gone": cut("rights/remedies/court"),
    "fewer free requests": put("rights/fees/free", 1),
    "kept longer": put("storage/account/keep", "1 year"),
    "a promise is gone": cut("commitments/least-data"),
    "a lower child age": put("children/under", 12),
    "a weaker guardian": put("children/guardian/may", ["access"]),
    "a new ground": put("grounds/collect/whim", GROUND),
    "no more refusing": put("purposes/show-content/refusable", False),
    "a right for some cases only": put("rights/requests/access/cases", {"once": {"label": words()}}),
    "no more children's rules": cut("children"),
    "no more rights": cut("rights"),
    "no more cessation": cut("cessation"),
    "nobody answers": cut("controller"),
    "no more agreement": put("recipients/glide/needs", ["security-test"]),
}  # fmt: skip


@pytest.mark.parametrize("name", MINOR)
def test_a_minor_change_is_found_and_minor(name):
    """It is listed, and asks nothing of anyone."""
    found = compared(MINOR[name])
    assert found.changes
    assert (found.weight, found.cuts_rights) == (Weight.MINOR, False)


@pytest.mark.parametrize("name", MAJOR)
def test_a_major_change_is_found_and_major(name):
    """It touches a trigger on the list, and takes nothing away."""
    found = compared(MAJOR[name])
    assert (found.weight, found.cuts_rights) == (Weight.MAJOR, False)
    assert found.major


@pytest.mark.parametrize("name", CUTS)
def test_what_takes_from_people_is_said_to(name):
    """It is major and binds only who expressly agrees."""
    found = compared(CUTS[name])
    assert (found.weight, found.cuts_rights) == (Weight.MAJOR, True)
    assert [change for change in found.changes if change.cuts_rights]


def test_the_list_is_the_old_one():
    """A version cannot make itself minor by shortening the list."""
    shorter = both(cut("changes/major/recipients"), put("recipients/new", RECIPIENT))
    assert compared(shorter).weight is Weight.MAJOR
    old = planted(cut("changes/major/recipients")).policy
    new = planted(shorter).policy
    assert policy.diff(old, new).weight is Weight.MINOR


def test_without_a_list_every_trigger_is_major():
    """Who promised no list cannot call anything minor by it."""
    old = planted(put("changes/major", {})).policy
    new = planted(both(put("changes/major", {}), put("recipients/new", RECIPIENT))).policy
    assert policy.diff(old, new).weight is Weight.MAJOR


def test_without_its_control_nothing_is_major():
    """That the list decides rests on its control."""
    assert compared(MAJOR["a recipient appears"]).weight is Weight.MAJOR
    with controls.without("policy.major_by_its_own_list"):
        assert compared(MAJOR["a recipient appears"]).weight is Weight.MINOR


def test_another_policy_is_no_version():
    """Only versions of one policy can be compared."""
    with pytest.raises(BadInput, match="expected a version of 'baby-device'"):
        policy.diff(planted().policy, planted(put("policy", "another")).policy)


def test_what_was_added_one_way_is_gone_the_other():
    """Comparing back finds the same parts."""
    old, new = planted().policy, planted(MAJOR["a recipient appears"]).policy
    assert [change.path for change in policy.diff(old, new).changes] == [
        change.path for change in policy.diff(new, old).changes
    ]
