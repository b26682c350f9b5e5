# SPDX-License-Identifier: Apache-2.0
"""The model's own words: spans, storage periods that apply, namespaces, acts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.policy.planting import planted, put, words
from upheld import policy
from upheld.policy.model.spans import Span, Unit
from upheld.terms import Act

SPANS = st.builds(Span, st.integers(1, 99_999), st.sampled_from(Unit))


@given(SPANS)
def test_a_span_reads_as_it_is_written(span):
    """Writing and reading a span are inverse."""
    assert Span.parse(str(span)) == span


@pytest.mark.parametrize("text", ["", "15", "days", "0 days", "-1 days", "1.5 days", "015 days", "15 days ", "15 days\n", "15 Days", "100000 days", "15  days", "a month"])  # fmt: skip
def test_what_is_no_span_is_refused(text):
    """A span is a number and a unit, and nothing else."""
    assert Span.parse("15 days") == Span(15, Unit.DAY)
    with pytest.raises(ValueError, match="expected a number and a unit"):
        Span.parse(text)


def test_spans_compare_by_days():
    """A month is at most 31 days, and an hour less than one."""
    assert Span(1, Unit.MONTH).days_at_most == 31
    assert Span(1, Unit.YEAR).days_at_most > Span(12, Unit.DAY).days_at_most > Span(72, Unit.HOUR).days_at_most


def test_the_period_of_a_function_goes_before_the_general_one():
    """Data is kept as long as its own function says, and else as its category says."""
    special = {
        "label": words(),
        "of": ["location.precise"],
        "functions": ["map"],
        "keep": "1 day",
        "from": "collection",
        "then": "erase",
    }
    read = planted(put("storage/map-only", special)).policy
    assert policy.check(planted(put("storage/map-only", special))) == []
    assert read.storage_of("location.precise", "map") == "map-only"
    assert read.storage_of("location.precise", "bind-device") == "location"
    assert read.storage_of("unheard", "map") is None
    assert read.storage["map-only"].by_month
    assert not read.storage["account"].by_month


def test_functions_and_purposes_are_one_namespace():
    """Whatever data is used for is found under one name."""
    read = planted().policy
    assert set(read.processing) == set(read.functions) | set(read.purposes)
    assert read.functions["map"].acts == (Act.COLLECT, Act.USE)
    assert read.purposes["service-messages"].acts == (Act.MESSAGE,)
    assert read.functions["map"].categories[0] == "location.precise"


def test_the_public_names_are_there():
    """Everything that other rooms may use is named on the package."""
    for name in dir(policy):
        assert getattr(policy, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'unheard'"):
        policy.unheard
