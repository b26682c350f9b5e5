# SPDX-License-Identifier: Apache-2.0
"""The catalogue of promises is whole, and every clause it names exists."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "obligations"
COUNTS = {
    "general-platform": 264,
    "document-tools": 84,
    "family-website": 158,
    "jewellery-shop": 213,
    "baby-device": 227,
}
PREFIXES = dict(zip(COUNTS, ("S0", "S1", "S2", "S3", "S4"), strict=True))
FIELDS = ["id", "policy", "capability", "obligation", "figures", "control", "test", "same_as", "clause"]


def rows(policy: str) -> list[dict]:
    return [json.loads(line) for line in (CATALOGUE / f"{policy}.jsonl").read_text(encoding="utf-8").splitlines()]


def every_row() -> list[dict]:
    return [row for policy in COUNTS for row in rows(policy)]


def table_of(heading: str) -> dict[str, int]:
    """The numbers of the table in the catalogue's README whose first column is headed so."""
    text = (CATALOGUE / "README.md").read_text(encoding="utf-8")
    table = text.split(f"| {heading} | promises |\n", 1)[1].split("\n\n", 1)[0]
    return {name: int(number) for name, number in re.findall(r"^\| (.+?) \| (\d+) \|$", table, flags=re.MULTILINE)}


def test_nine_hundred_and_forty_six_promises():
    """No promise is lost and none is counted twice."""
    ids = [row["id"] for row in every_row()]
    assert 946 == len(ids) == len(set(ids))


@pytest.mark.parametrize("policy", COUNTS)
def test_each_policy_has_its_promises(policy):
    """Each policy's file holds its own promises, in order, numbered without a gap."""
    found = rows(policy)
    assert [f"{PREFIXES[policy]}-{number:03}" for number in range(1, COUNTS[policy] + 1)] == [
        row["id"] for row in found
    ]
    assert {policy} == {row["policy"] for row in found}


def test_the_readme_counts_what_is_there():
    """The README's two tables state the true counts."""
    assert COUNTS == table_of("policy")
    assert Counter(row["capability"] for row in every_row()) == table_of("capability")


def test_every_row_has_every_field_filled():
    """A row says what must be so, how it is upheld, and what shows it kept and broken."""
    for row in every_row():
        assert FIELDS == list(row), row["id"]
        assert row["obligation"], row["id"]
        assert row["control"] in {"enforced", "monitored", "attested"}, row["id"]
        assert ["kept", "broken"] == list(row["test"]), row["id"]
        assert all(row["test"].values()), row["id"]
        assert all(isinstance(figure, str) for figure in row["figures"]), row["id"]


def test_a_twin_exists_in_another_policy():
    """`same_as` names a row of another policy."""
    ids = {row["id"]: row["policy"] for row in every_row()}
    for row in every_row():
        if row["same_as"] is not None:
            assert ids[row["same_as"]] != row["policy"], row["id"]


def test_a_row_speaks_of_no_lines():
    """Rows are in our own words and point into no other text."""
    speaks = re.compile(r"\blines? \d|\(L\d|as published|\[[^\]]*\]")
    assert [] == [
        row["id"] for row in every_row() if speaks.search(" ".join([row["obligation"], *row["test"].values()]))
    ]
