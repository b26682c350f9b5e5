# SPDX-License-Identifier: Apache-2.0
"""Entries have one spelling, stay small, and link nobody."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.ledger import entries
from upheld.ledger.canonical import LARGEST_INTEGER, canonical, parse_canonical
from upheld.ledger.entries import Entry
from upheld.ledger.faults import EntryMalformed

NOW = datetime(2026, 1, 31, 8, 5, 59, 999_999, tzinfo=UTC)
WHOLE = Entry(
    kind="consent.record.given", at=NOW, policy="0" * 64, clause="consent.photos", control="gate.separate_consent",
    actor="self", subject_ref="1" * 64, nonce="n", record="2" * 64, facts={"given": True, "tries": 2, "why": None},
)  # fmt: skip

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | TEXT | st.integers(min_value=-LARGEST_INTEGER, max_value=LARGEST_INTEGER),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXT, VALUES, max_size=4)


@given(value=OBJECTS)
def test_canonical_json_reads_back(value):
    """Every value survives its spelling, which depends on nothing but the value."""
    spelling = canonical(value)
    assert value == parse_canonical(spelling)
    assert spelling == canonical(dict(reversed(value.items())))


@given(value=OBJECTS)
def test_other_spellings_are_refused(value):
    """The same value with spaces, escapes or another order is not canonical."""
    spelling = canonical(value)
    for other in (json.dumps(value).encode(), json.dumps(value, indent=1).encode(), spelling + b" ", b" " + spelling):
        if other != spelling:
            with pytest.raises(EntryMalformed):
                parse_canonical(other)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"1", b"null", b'{"a":1.5}', b'{"a":1e2}', b'{"a":1.0}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-0}',
     b'{"a":1,"a":1}', b'{"a":9007199254740992}', b'{"b":1,"a":1}', b'{"a":"\\u0041"}', b'{"a":"\\/"}', b'{"a":"\\ud800"}',
     b'{"a":01}', b"\xff", b'\xef\xbb\xbf{}', b'{"a":' + b"1" * 5000 + b"}", b"[" * 30_000, b'{"a":' * 10_000],
    ids=range(22),
)  # fmt: skip
def test_bad_json_is_refused(text):
    """Fractions, doubled names, odd spellings, bombs: one clear error."""
    with pytest.raises(EntryMalformed):
        parse_canonical(text)


@pytest.mark.parametrize(
    "value", [1.5, b"bytes", {1: 2}, LARGEST_INTEGER + 1, "\ud800", {"\ud800": 1}, {1}, object()], ids=range(8)
)
def test_what_has_no_canonical_spelling_is_refused(value):
    """Fractions, bytes, lone surrogates and large numbers cannot be written."""
    with pytest.raises(EntryMalformed):
        canonical({"a": value})
    deep = {}
    for _ in range(40):
        deep = {"a": deep}
    with pytest.raises(EntryMalformed):
        canonical(deep)


def test_entry_reads_back_with_the_minute_alone():
    """An entry survives its leaf, but for what lies below the minute."""
    leaf = entries.write(WHOLE)
    found = entries.read(leaf)
    assert NOW.replace(second=0, microsecond=0) == found.at
    assert leaf == entries.write(found)
    assert b"08:05Z" in leaf
    assert b"59" not in leaf.replace(b'"8', b"")


def test_minute_is_that_of_utc():
    """A moment in another zone is written in UTC; a naive one is refused."""
    shanghai = timezone(timedelta(hours=8))
    assert "2026-01-31T00:05Z" == entries.cut_to_minute(datetime(2026, 1, 31, 8, 5, tzinfo=shanghai))
    with pytest.raises(EntryMalformed):
        entries.cut_to_minute(datetime(2026, 1, 31))


@pytest.mark.parametrize("kind", ["", "one", "Consent.given", "a.b c", "a..b", "a.b\n", "同意.给"])
def test_kinds_are_words_joined_by_dots(kind):
    """An event that is not named by the house's grammar is refused."""
    with pytest.raises(EntryMalformed):
        entries.write(Entry(kind=kind, at=NOW, facts={}))


def test_entries_stay_small_and_whole():
    """More than 4 KB, or a reference without its nonce, is no entry."""
    entries.write(Entry(kind="a.b", at=NOW, facts={"text": "x" * 3800}))
    with pytest.raises(EntryMalformed, match="4096"):
        entries.write(Entry(kind="a.b", at=NOW, facts={"text": "x" * 4096}))
    with pytest.raises(EntryMalformed, match="nonce"):
        entries.write(Entry(kind="a.b", at=NOW, facts={}, subject_ref="1"))


@pytest.mark.parametrize(
    "change",
    [{"v": 2}, {"v": True}, {"v": "1"}, {"kind": 1}, {"kind": "one"}, {"at": 5}, {"at": "2026-01-31T08:05:59Z"},
     {"at": "2026-13-31T08:05Z"}, {"facts": []}, {"clause": 1}, {"more": None}],
    ids=range(11),
)  # fmt: skip
def test_misshapen_leaves_are_refused(change):
    """A leaf of another shape or version does not read as an entry."""
    found = json.loads(entries.write(WHOLE)) | change
    with pytest.raises(EntryMalformed):
        entries.read(canonical(found))
    missing = {name: value for name, value in found.items() if name != "nonce"}
    with pytest.raises(EntryMalformed):
        entries.check_leaf(canonical(missing))


def test_references_do_not_link():
    """Two entries of one person share no reference; with the person's key they can be matched, without it not."""
    key = bytes(range(32))
    refs = {entries.subject_ref(key, f"nonce-{at}") for at in range(100)}
    assert 100 == len(refs)
    assert entries.subject_ref(key, "n") == entries.subject_ref(key, "n")
    assert entries.subject_ref(key, "n") != entries.subject_ref(bytes(32), "n")


def test_commitments_bind_salt_and_record():
    """A commitment opens to one salt and record; a short salt is refused."""
    record = {"what": "consent"}
    whole = entries.commit(bytes(16), record)
    assert whole == entries.commit(bytes(16), dict(record))
    assert whole != entries.commit(bytes(17), record)
    assert whole != entries.commit(bytes(16), {"what": "refusal"})
    with pytest.raises(EntryMalformed):
        entries.commit(bytes(15), record)
