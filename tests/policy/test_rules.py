# SPDX-License-Identifier: Apache-2.0
"""Each rule finds its fault when it is planted, and nothing in the clean policy."""

import importlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from tests.policy.planting import add, both, codes, cut, planted, put, words
from upheld import controls, policy
from upheld.policy.rules import RULES

CATEGORY = {"label": words(), "identifies": "alone"}
PERMISSION = {"label": words(), "scenes": ["posts"], "gives": ["post.picture"]}

FAULTS = {
    "E051": [
        cut("functions/account/purpose/zh-Hans"),
        put("languages", ["en"]),
        put("storage/account/text", {"en": "   ", "zh-Hans": "文字"}),
    ],
    "E052": [
        put("functions/account/purpose/en", "to do [fill in here]"),
        put("commitments/least-data/text/zh-Hans", "我们承诺【待补充】"),
        put("title/en", "TODO"),
    ],
    "E053": [
        put("functions/account/purpose/en", "to sign in, pay, etc."),
        put("functions/account/purpose/zh-Hans", "登录、支付等，以及其他服务"),
        put("categories/phone/label/en", "Numbers, including but not limited to yours"),
        put("functions/account/purpose/zh-Hans", "收集手机号等信息"),
    ],
    "W054": [
        put("commitments/least-data/text/en", "We erase it as soon as possible."),
        put("commitments/least-data/text/zh-Hans", "我们将尽快删除。"),
    ],
    "E101": [cut("controller"), put("controller/name", words(" ", " ")), cut("controller/address")],
    "E102": [
        both(
            put("controller/contacts/protection-office/outsiders", False),
            put("controller/contacts/post/outsiders", False),
        )
    ],
    "E103": [cut("controller/officer")],
    "E104": [cut("controller/contacts/post/address")],
    "E105": [cut("updated"), cut("effective")],
    "E106": [put("effective", "2022-06-01")],
    "E107": [
        cut("storage"),
        put("functions", {}),
        cut("children"),
        cut("scope"),
        cut("publication"),
        put("trackers", {}),
    ],
    "E108": [cut("regulators")],
    "E201": [
        put("functions/account/collects/unheard", "required"),
        add("functions/orders/uses", "unheard"),
        add("purposes/show-content/uses", "unheard"),
        add("permissions/camera/gives", "unheard"),
        add("recipients/glide/receives", "unheard"),
        add("storage/logs/of", "unheard"),
        put("trackers/forms/collects", ["unheard"]),
    ],
    "E202": [
        add("recipients/glide/purposes", "unheard"),
        add("permissions/camera/scenes", "unheard"),
        put("storage/logs/functions", ["unheard"]),
    ],
    "E203": [add("functions/profile/permissions", "unheard")],
    "E204": [
        put("controller/officer", "unheard"),
        add("rights/requests/access/channels", "unheard"),
        put("rights/remedies/complaint/channel", "unheard"),
        put("children/guardian/contact", "unheard"),
        put("duties/training/owner", "unheard"),
    ],
    "E205": [
        add("grounds/collect/contract/evidence", "unheard"),
        add("rights/refusals/abuse/evidence", "unheard"),
        add("children/grounds/law/evidence", "unheard"),
        add("residency/abroad/law/evidence", "unheard"),
        add("publication/law/evidence", "unheard"),
    ],
    "E206": [put("trackers/forms/party", "unheard"), put("functions/account/decided-by", "unheard")],
    "E207": [
        put(
            "purposes/account",
            {"label": words(), "purpose": words(), "basis": "contract", "uses": ["phone"], "child": "never"},
        )
    ],
    "E208": [add("languages", "en"), add("storage/logs/of", "log.usage"), add("recipients/glide/purposes", "posts")],
    "E301": [put("categories/unneeded", CATEGORY)],
    "E302": [cut("functions/profile/collects/interests"), cut("functions/search/collects/log.search")],
    "E303": [cut("categories/gender/choices"), put("categories/phone/choices", {"one": words()})],
    "E304": [cut("functions/payouts/refused")],
    "E305": [put("functions/baby-record/child", "allowed"), put("functions/baby-record/unknown-age", "allowed")],
    "E315": [cut("categories/device.serial/lasts"), cut("categories/device.id/obtained")],
    "W306": [put("categories/id-card/identifies", "never")],
    "E401": [cut("functions/search/unknown-age"), cut("purposes/show-content/unknown-age")],
    "E402": [cut("functions/search/refused")],
    "E403": [add("functions/orders/uses", "orders")],
    "E404": [put("purposes/show-content/refusable", False)],
    "E405": [put("functions/search/basis", "legitimate-interests")],
    "E406": [put("functions/payouts/unknown-age", "allowed")],
    "E407": [put("functions/orders/basis", "consent")],
    "E408": [put("purposes/show-content/uses", [])],
    "E409": [add("functions/orders/uses", "nickname")],
    "E410": [put("functions/account/collects/birthday", "required")],
    "E451": [put("permissions/contacts", PERMISSION)],
    "E452": [add("permissions/bluetooth/scenes", "search"), put("functions/search/permissions", ["bluetooth"])],
    "E453": [add("permissions/bluetooth/gives", "phone")],
    "E454": [put("permissions/bluetooth/background", True)],
    "E455": [put("functions/account/background", True)],
    "E501": [put("recipients/glide/receives", []), put("recipients/glide/purposes", []), cut("recipients/glide/scene")],
    "E502": [cut("recipients/wechat/package")],
    "E503": [cut("recipients/bugly/link")],
    "E504": [put("recipients/glide/off-by-default", ["phone"])],
    "E505": [add("recipients/glide/receives", "phone")],
    "E506": [put("residency/abroad", {})],
    "E507": [put("recipients/glide/needs", ["security-test"])],
    "E508": [put("recipients/facebook/needs", ["agreement"]), put("recipients/amap/needs", ["agreement"])],
    "E509": [both(put("recipients/advertisers/form", "identified"), put("recipients/advertisers/basis", "contract"))],
    "W510": [cut("recipients/glide/supervised")],
    "E601": [put("storage/invitations/of", ["phone"]), put("storage/logs/functions", ["search"])],
    "E602": [add("storage/logs/of", "phone")],
    "E603": [put("storage/logs/keep", "1 month"), put("storage/orders/law/at-most", "1 year")],
    "E604": [both(cut("functions/search/collects/log.search")), put("storage/logs/functions", ["posts"])],
    "E701": [cut("rights/requests/access/within")],
    "E702": [put("rights/requests/access/within", "45 days"), put("rights/requests/copy/within", "20 working days")],
    "E703": [cut("rights/requests/portability")],
    "E704": [put("rights/remedies", {})],
    "E705": [cut("rights/verification")],
    "E706": [put("rights/requests/access/channels", ["settings"])],
    "W707": [put("rights/requests/erasure/tell-recipients", False)],
    "E708": [cut("rights/requests/copy/forms")],
    "E801": [put("children/under", 13)],
    "E802": [cut("children/guardian"), put("children/guardian/verified-by", {})],
    "E803": [put("children/guardian/may", ["access"])],
    "E901": [cut("changes/major/ownership")],
    "E902": [put("changes/tell", []), cut("changes/lead")],
    "E903": [cut("incidents/tell/regulator"), cut("incidents/tell/people/within")],
    "E904": [cut("succession/lead")],
    "E905": [cut("publication/law/evidence")],
    "E906": [cut("cessation/lead")],
    "E951": [put("commitments/least-data/controls", []), cut("commitments/least-data/controls")],
    "E952": [put("commitments/least-data/controls", ["gate.wishful_thinking"])],
}


def planted_faults():
    """List the faults of this file and of every `faults_*.py` beside it, by code."""
    beside = sorted(Path(__file__).parent.glob("faults_*.py"))
    return [pair for faults in (FAULTS, *(_faults_of(path) for path in beside)) for pair in faults.items()]


def _faults_of(path):
    return importlib.import_module(f"tests.policy.{path.stem}").FAULTS


@pytest.mark.parametrize(
    ("code", "plant"),
    [
        pytest.param(code, plant, id=f"{code}-{n}")
        for code, plants in planted_faults()
        for n, plant in enumerate(plants)
    ],
)
def test_a_planted_fault_is_found(code, plant):
    """The fault has its own finding, and the clean policy beside it has none."""
    assert codes(plant, {code}) == {code}
    assert clean_codes() == set()


@cache
def clean_codes():
    return codes()


def test_every_rule_has_a_planted_fault():
    """No rule is there that nobody has seen find something."""
    assert set(RULES) == {code for code, _ in planted_faults()}


def test_findings_stand_at_their_place():
    """A finding names the file, the line and the column of what is wrong."""
    parsed = planted(put("storage/logs/keep", "1 month"))
    (finding,) = [one for one in policy.check(parsed) if one.code == "E603"]
    assert finding.clause == "storage.logs.keep"
    assert (finding.line, finding.column) == parsed.places["storage.logs.keep"]
    assert finding.severity is policy.Severity.ERROR
    assert finding.remedy
    assert str(finding).startswith(f"planted.yaml:{finding.line}:{finding.column}: error E603")


def test_the_future_is_found_when_now_is_known():
    """A day that has not come yet cannot be the day of an update."""
    parsed = planted()
    assert policy.check(parsed, now=datetime(2026, 1, 6, tzinfo=UTC)) == []
    found = policy.check(parsed, now=datetime(2026, 1, 4, tzinfo=UTC))
    assert [finding.code for finding in found] == ["W109"]


def test_without_its_control_a_policy_may_bind_backwards():
    """The order of dates rests on its control and on nothing else."""
    backwards = put("effective", "2022-06-01")
    assert "E106" in codes(backwards, {"E106"})
    with controls.without("policy.dates_in_order"):
        assert "E106" not in codes(backwards, {"E106"})


def test_without_its_control_a_clause_may_have_none():
    """That a clause has a control rests on its control and on nothing else."""
    empty = put("commitments/least-data/controls", [])
    assert "E951" in codes(empty, {"E951"})
    with controls.without("notices.clause_has_control"):
        assert "E951" not in codes(empty, {"E951"})


def test_a_policy_that_says_next_to_nothing_is_checked_whole():
    """What is missing is found, and nothing that is not there trips a rule."""
    source = b"upheld: 1\npolicy: small\nversion: 1\nlanguages: [en]\ntitle: {en: Small}\n"
    found = {finding.code for finding in policy.check(policy.parse(source, "small.yaml"))}
    assert found == {"E101", "E105", "E107", "E108"}
