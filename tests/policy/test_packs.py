# SPDX-License-Identifier: Apache-2.0
"""The rule packs: dated, cited, in force on their days, and the only place where a law's bound stands."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.policy.planting import codes, cut, planted, put
from upheld import policy
from upheld.policy.model.spans import Span
from upheld.policy.packs import Mark, law_of, packs
from upheld.terms import LawfulBasis, Right

ITEMS = [pytest.param(item, id=f"{item.pack}-{item.rule}") for pack in packs().values() for item in pack.items]
SPANS = {"answer-within", "keep-at-least", "incident-within", "training-every", "audit-every"}


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_cites_its_article_in_both_languages(item):
    """What cites nothing, or cannot be read in one of the two languages, is no law."""
    assert item.article
    assert item.says[0].endswith(".")
    assert item.says[1].endswith("。")
    assert item.until is None or item.since < item.until
    assert ("unconfirmed" in item.source) == (item.mark is Mark.UNCONFIRMED)
    if item.rule in SPANS:
        assert Span.parse(item.text).days_at_most > 0
    if item.rule == "rights":
        assert {Right(word) for word in item.words}
    if item.rule == "bases":
        assert {LawfulBasis(word.replace("-", "_")) for word in item.words}


def test_a_law_binds_from_its_first_day():
    """The law of a day is the law in force on it; the day before, it was not."""
    parsed = planted().policy
    first = packs()["network-data-regulations"].since
    assert law_of(parsed, first).binds("network-data-regulations")
    assert not law_of(parsed, first - timedelta(days=1)).binds("network-data-regulations")
    assert not list(law_of(parsed, date(2000, 1, 1)).items("child-age"))


def test_a_law_of_its_region_binds_who_does_not_name_it():
    """A controller in China is bound by its law, named or not; a standard binds who names it."""
    unnamed = law_of(planted(put("laws", ["civil-code"])).policy)
    assert {"pipl", "cybersecurity-law"} <= {pack.id for pack in unnamed.unnamed}
    assert not unnamed.binds("gb-t-35273-2020")
    assert not law_of(planted(put("controller/region", "sg")).policy).binds("cybersecurity-law")
    assert law_of(planted(put("controller/region", "fr")).policy).binds("gdpr")


def test_a_policy_is_judged_by_the_day_it_takes_effect_or_the_day_asked():
    """A child age of thirteen is below the law since the law is there, and on no day before."""
    parsed = planted(put("children/under", 13))
    assert law_of(parsed.policy).on == parsed.policy.effective
    assert "E801" in {one.code for one in policy.check(parsed)}
    assert "E801" in {one.code for one in policy.check(parsed, on=date(2021, 11, 1))}
    assert "E801" not in {one.code for one in policy.check(parsed, on=date(2019, 1, 1))}


def test_a_policy_without_a_day_is_judged_by_the_law_as_it_stands():
    """Leaving the date out lifts no bound."""
    assert law_of(planted(cut("effective")).policy).on == planted().policy.updated
    undated = planted(lambda data: (data.pop("effective"), data.pop("updated")))
    assert law_of(undated.policy).on is None
    assert law_of(undated.policy).binds("pipl")


def test_findings_cite_what_they_rest_on_and_whether_it_was_confirmed():
    """A deadline past thirty days cites the standard, which nobody confirmed yet."""
    (late,) = [one for one in policy.check(planted(put("rights/requests/access/within", "45 days")))]
    assert (late.code, late.source) == ("E702", "GB/T 35273-2020 8.7 (unconfirmed)")
    young = [one for one in policy.check(planted(put("children/under", 13))) if one.code == "E801"]
    assert {"PIPL art. 31", "Children's Rules art. 2 (unconfirmed)"} == {one.source for one in young}


def test_no_pack_is_written_into_a_rule():
    """The figures of the law stand in the packs alone."""
    assert codes(put("laws", ["pipl", "gb-t-35273-2020"])) == set()
    rules = Path(policy.__file__).parent / "rules"
    assert not [path.name for path in rules.glob("*.py") if "_LONGEST" in path.read_text(encoding="utf-8")]
