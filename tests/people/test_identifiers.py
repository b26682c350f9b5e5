# SPDX-License-Identifier: Apache-2.0
"""Numbers and addresses in one spelling; limits that forget whom they counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.errors import BadInput, TooMany, UpheldError
from upheld.people import digests, limits
from upheld.people.identifiers import IdentifierKind, masked, normalized, prefix_of
from upheld.people.limit_tables import LONGEST_DELAY, TABLES, Limit, allowance, delay_after
from upheld.people.models import LimitWindow, TryDelay

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PHONE, EMAIL = IdentifierKind.PHONE, IdentifierKind.EMAIL


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "0086 13800138000",
        "+86\u00a013800138000",
        "１３８００１３８０００",
    ],
)
def test_a_number_has_one_spelling(typed):
    """However it is typed."""
    assert normalized(PHONE, typed) == "+8613800138000"


def test_a_deployment_may_have_another_region():
    """Without a country code the deployment's region counts; with one, the code."""
    assert normalized(PHONE, "020 7946 0018", region="GB") == "+442079460018"
    assert normalized(PHONE, "+8613800138000", region="GB") == "+8613800138000"


@pytest.mark.parametrize(
    "typed",
    ["", "1", "12345678901234567890123456789012345", "13800138000 ext. 7", "abcdefgh", "+999 123456789", "138001380"],
)
def test_what_is_no_number_is_refused_without_repeating_it(typed):
    """The message says what was expected, not what came."""
    with pytest.raises(BadInput) as refused:
        normalized(PHONE, typed)
    assert typed == "" or typed not in refused.value.diagnostics().replace("+86", "") or typed == "1"


def test_an_address_has_one_spelling():
    """Lower case, no spaces around."""
    assert normalized(EMAIL, " Lin@Company.Example ") == "lin@company.example"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lin",
        "@company.example",
        "lin@",
        "lin@company",
        "a b@company.example",
        "lin@-a.example",
        "l@x..example",
        "a@b@c.example",
        "x" * 65 + "@company.example",
        "lin@company.example\nBcc: x",
    ],
)
def test_what_is_no_address_is_refused(typed):
    """Nothing that a mail server could read as more than one address passes."""
    with pytest.raises(BadInput):
        normalized(EMAIL, typed)


@given(st.text(max_size=60), st.sampled_from(list(IdentifierKind)))
def test_any_text_is_normalised_or_refused(text, kind):
    """Never another error; what passes stays as it is when normalised again."""
    try:
        once = normalized(kind, text)
    except UpheldError:
        return
    assert normalized(kind, once) == once


def test_neighbours_share_a_prefix_and_masks_hide_the_rest():
    """All but the last four digits; an address's domain."""
    assert prefix_of(PHONE, "+8613800138000") == prefix_of(PHONE, "+8613800130001")
    assert prefix_of(EMAIL, "lin@company.example") == "company.example"
    assert masked(EMAIL, "lin@company.example") == "l···@company.example"


def test_a_limit_forgets_whom_it_counted():
    """Rows hold keyed hashes; after the window they are swept."""
    limits.take(Limit.CODES_BY_NUMBER, "+8613800138000", now=NOW)
    row = LimitWindow.objects.get()
    assert b"13800138000" not in bytes(row.digest)
    assert bytes(row.digest) != digests.keyed("limit/codes.number", "+8613800138000")
    assert limits.sweep(now=NOW) == 0
    assert limits.sweep(now=NOW + timedelta(minutes=11)) == 1


def test_a_window_begins_anew():
    """Full now, free when it ends, which the refusal says."""
    most = allowance(Limit.CODES_BY_NUMBER, NOW).most
    for _ in range(most):
        limits.take(Limit.CODES_BY_NUMBER, "x", now=NOW)
    with pytest.raises(TooMany) as full:
        limits.take(Limit.CODES_BY_NUMBER, "x", now=NOW)
    limits.take(Limit.CODES_BY_NUMBER, "x", now=NOW + timedelta(seconds=full.value.retry_after_seconds))


def test_delays_grow_and_are_forgotten():
    """Doubling to a quarter hour; a day later it begins anew."""
    delays = [delay_after(n) for n in range(40)]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY
    for _ in range(5):
        limits.count_failure("x", "y", now=NOW)
    assert TryDelay.objects.get().failures == 5
    limits.count_failure("x", "y", now=NOW + timedelta(days=2))
    assert TryDelay.objects.get().failures == 1


def test_places_count_as_their_subscribers():
    """One IPv4 address, one IPv6 site, a mapped address as itself; what is none shares one bucket."""
    assert limits.place_of("2001:db8::1") == limits.place_of("2001:db8::ffff:1")
    assert limits.place_of("2001:db8::1") != limits.place_of("2001:db8:0:1::1")
    assert limits.place_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert limits.place_of("") == limits.place_of("nonsense")


def test_every_limit_has_a_figure_from_the_first_table():
    """Limits are dated data; none is missing."""
    assert [table.from_on for table in TABLES] == sorted(table.from_on for table in TABLES)
    assert set(TABLES[0].allowances) == set(Limit)
    assert allowance(Limit.ALL_CODES, datetime(1999, 1, 1, tzinfo=UTC)) == TABLES[0].allowances[Limit.ALL_CODES]
