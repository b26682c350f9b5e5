# SPDX-License-Identifier: Apache-2.0
"""The five policies check clean, speak both languages, and keep the figures of the promises they carry."""

import json
import re
from pathlib import Path

import pytest

from upheld.controls import CONTROLS
from upheld.policy.binding import bind
from upheld.policy.checking import check
from upheld.policy.model import Policy
from upheld.policy.model.spans import Span
from upheld.policy.parsing import parse
from upheld.terms import Kind, Language, Right

ROOT = Path(__file__).parents[2]
NAMES = ("general-platform", "document-tools", "family-website", "jewellery-shop", "baby-device")
CORRECTED = NAMES[:4]


@pytest.fixture(scope="module")
def policies() -> dict[str, Policy]:
    return {name: parse(ROOT / "policies" / f"{name}.yaml").policy for name in NAMES}


def catalogue(name: str) -> list[dict]:
    text = (ROOT / "obligations" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_has_no_finding(name):
    """None of the faults that `check` knows is left in a policy that runs."""
    found = check(parse(ROOT / "policies" / f"{name}.yaml"))
    assert [] == [(finding.code, finding.clause, finding.line) for finding in found]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_named_as_its_policy(name, policies):
    """`upheld check baby-device` and `policies/baby-device.yaml` mean the same policy."""
    assert name == policies[name].policy


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_speaks_both_languages_and_is_upheld(name, policies):
    """A clause without words or without a control of the house promises nothing."""
    for clause in bind(policies[name]):
        assert {Language.ZH_HANS, Language.EN} == set(clause.text), clause.id
        assert all(clause.text.values()), clause.id
        assert clause.controls, clause.id
        assert set(clause.controls) <= set(CONTROLS), clause.id


@pytest.mark.parametrize("name", NAMES)
def test_chinese_is_chinese_and_english_is_english(name, policies):
    """No clause was left untranslated."""
    for clause in bind(policies[name]):
        assert re.search(r"[\u4e00-\u9fff]", clause.text[Language.ZH_HANS]), clause.id
        assert not re.search(r"[\u4e00-\u9fff]", clause.text[Language.EN]), clause.id


@pytest.mark.parametrize("name", NAMES)
def test_every_promise_is_carried_by_a_clause(name, policies):
    """Each row of the catalogue names a clause that its policy has."""
    clauses = {clause.id for clause in bind(policies[name])}
    assert [] == [(row["id"], row["clause"]) for row in catalogue(name) if row["clause"] not in clauses]


@pytest.mark.parametrize("name", NAMES)
def test_a_duty_that_people_record_rests_on_an_attestation(name, policies):
    """What only a person can do is not said to be upheld by software alone."""
    clauses = {clause.id: clause for clause in bind(policies[name])}
    rows = [row for row in catalogue(name) if row["control"] == "attested"]
    alone = [
        row["id"]
        for row in rows
        if all(CONTROLS[control].kind is not Kind.ATTESTED for control in clauses[row["clause"]].controls)
    ]
    assert [] == alone


@pytest.mark.parametrize("name", CORRECTED)
def test_every_commitment_carries_a_promise(name, policies):
    """Nothing is promised in free words that the catalogue does not ask for."""
    carried = {row["clause"] for row in catalogue(name)}
    assert [] == [free for free in policies[name].commitments if f"commitments.{free}" not in carried]


@pytest.mark.parametrize("name", NAMES)
def test_invented_companies_are_reached_at_example_addresses(name):
    """No mail and no click goes to anybody real."""
    text = (ROOT / "policies" / f"{name}.yaml").read_text(encoding="utf-8")
    hosts = re.findall(r"https://([^/\s\"]+)", text) + re.findall(r"[\w.]+@([\w.-]+)", text)
    assert hosts
    assert [] == [host for host in hosts if not host.endswith(".example")]


@pytest.mark.parametrize(
    ("name", "span", "start"),
    [
        ("general-platform", "30 days", "verification"),
        ("document-tools", "15 working days", "receipt"),
        ("family-website", "15 days", "receipt"),
        ("jewellery-shop", "15 days", "receipt"),
        ("baby-device", "15 days", "receipt"),
    ],
)
def test_each_policy_answers_within_its_own_figure(name, span, start, policies):
    """The five promise different deadlines; none is taken for another's."""
    rule = policies[name].rights.requests[Right.COMPLAINT]
    assert (Span.parse(span), start) == (rule.within, rule.from_.value)


@pytest.mark.parametrize("name", NAMES)
def test_every_right_of_the_law_has_a_deadline(name, policies):
    """PIPL art. 44-48: no right is left without a way and a time."""
    requests = policies[name].rights.requests
    assert set(Right) - set(requests) <= {Right.RESTRICTION}
    assert all(rule.within for rule in requests.values())


@pytest.mark.parametrize(
    ("name", "operation", "number"),
    [
        ("general-platform", "collect", 10),
        ("general-platform", "transfer", 6),
        ("document-tools", "use", 4),
        ("family-website", "collect", 5),
        ("jewellery-shop", "collect", 11),
        ("jewellery-shop", "transfer", 6),
        ("baby-device", "collect", 11),
    ],
)
def test_grounds_without_consent_are_counted_per_operation(name, operation, number, policies):
    """One list of grounds shared by all five would be wrong for all five."""
    assert number == len(getattr(policies[name].grounds, operation))


@pytest.mark.parametrize(
    ("name", "period", "keep", "start"),
    [
        ("general-platform", "browsing", "1 month", "collection"),
        ("general-platform", "legal-log", "6 months", "collection"),
        ("jewellery-shop", "account", "180 days", "last_use"),
        ("baby-device", "account", "180 days", "cancellation"),
    ],
)
def test_storage_periods_keep_the_promised_figures(name, period, keep, start, policies):
    """A period says how long, and from which moment."""
    kept = policies[name].storage[period]
    assert (Span.parse(keep), start) == (kept.keep, kept.from_.value)


def test_general_platform_asks_for_two_things_only(policies):
    """Registration demands a mobile number and a password, and nothing else."""
    collects = policies["general-platform"].functions["account"].collects
    assert {"phone", "password"} == {category for category, need in collects.items() if need == "required"}


def test_general_platform_knows_five_permissions(policies):
    """Place, notices, wireless data, WLAN and storage; the address book is not among them."""
    assert ["location", "notifications", "wireless-data", "wlan", "storage"] == list(
        policies["general-platform"].permissions
    )


def test_jewellery_shop_opens_an_account_on_a_number(policies):
    """Nothing beyond the number is a condition."""
    assert ["phone"] == list(policies["jewellery-shop"].functions["account"].collects)


@pytest.mark.parametrize(("name", "age"), [("general-platform", 18), ("family-website", 14), ("jewellery-shop", 14)])
def test_each_policy_says_who_is_a_child(name, age, policies):
    """The platform for adults lets no minor in without a guardian; the others draw the line at fourteen."""
    assert age == policies[name].children.under


def test_family_website_reaches_guardians_before_it_collects(policies):
    """Before a guardian consented only finding out the age, reaching the guardian and using a right is open."""
    functions = policies["family-website"].functions
    free = {name for name, function in functions.items() if function.child == "allowed"}
    assert {"browse", "age-check", "guardian-care", "operation", "rights-requests", "proof"} == free
    assert "restriction" in policies["family-website"].children.guardian.may


@pytest.mark.parametrize("name", NAMES)
def test_nothing_goes_abroad_by_a_recipient_without_separate_consent(name, policies):
    """A recipient in another region is one that its policy lets data go to by consent."""
    policy = policies[name]
    abroad = [its for its, recipient in policy.recipients.items() if recipient.region != policy.residency.region]
    assert not abroad or any(case.by == "separate_consent" for case in policy.residency.abroad.values())
