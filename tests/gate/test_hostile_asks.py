# SPDX-License-Identifier: Apache-2.0
"""Asks and files of questions that nobody means well with: an answer, or a sentence that says what is wrong."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld import gate, places, policy
from upheld.cli.main import root
from upheld.gate.values import ALWAYS
from upheld.terms import Act, Actor, Language

POLICY = policy.parse(places.policy_file("document-tools")).policy
BOOK = gate.compile(POLICY)
WORLD = gate.WorldFacts(versions={BOOK.version: (0, ALWAYS)})
GRANTING = gate.PersonFacts(version=BOOK.version, stops=0, held=sum(BOOK.bits.values()), adult=True)
NAMES = [*POLICY.processing, *POLICY.categories, *POLICY.recipients, *POLICY.permissions, *POLICY.trackers]
WORD = st.one_of(
    st.sampled_from(NAMES),
    st.text(max_size=20),
    st.sampled_from(["", ".", "right.", "right.access", "told:", "a" * 10_000, "\x00", "__class__"]),
)
ASKS = st.builds(
    gate.Ask, act=st.sampled_from(Act), purpose=WORD, categories=st.lists(WORD, max_size=4).map(tuple),
    actor=st.sampled_from(Actor), recipient=st.none() | WORD, ground=st.none() | WORD,
    evidence=st.dictionaries(WORD, WORD, max_size=2), permission=st.none() | WORD, foreground=st.booleans(),
    destination=st.none() | WORD, form=st.none() | WORD, source=st.none() | WORD, declared=st.booleans(),
)  # fmt: skip
PEOPLE = st.builds(
    gate.PersonFacts, version=st.integers(-1, 2), stops=st.integers(0, 7), held=st.integers(0, 2**400),
    guardian_held=st.integers(0, 2**400), objected=st.integers(0, 2**400), adult=st.booleans(),
    adult_at=st.none() | st.integers(-(2**70), 2**70), guardian_until=st.integers(-(2**70), 2**70),
)  # fmt: skip


@given(ASKS, PEOPLE | st.just(GRANTING), st.integers(-(2**70), 2**70))
@settings(max_examples=150, deadline=None)
def test_every_ask_is_answered(ask, person, now):
    """Whatever is asked of whomever, whenever: a permit or a denial, which can be said in both languages."""
    answer = gate.decide(BOOK, gate.Facts(person, WORLD), ask, now)
    assert isinstance(answer, (gate.Permit, gate.Denial))
    if isinstance(answer, gate.Denial):
        assert answer.reasons
    for language in Language:
        assert gate.reason_out(answer, POLICY, language).permitted is isinstance(answer, gate.Permit)


@given(
    st.text(max_size=12).filter(lambda name: name not in POLICY.processing and not name.startswith("right.")),
    st.sampled_from(Act),
)
@settings(max_examples=60, deadline=None)
def test_what_is_declared_nowhere_is_refused(purpose, act):
    """Even of someone who granted everything."""
    ask = gate.Ask(act=act, purpose=purpose, categories=("phone",))
    assert isinstance(gate.decide(BOOK, gate.Facts(GRANTING, WORLD), ask, 1_800_000_000), gate.Denial)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[" * 100_000, b"null", b"{}", b"9" * 5_000, b'{"ask": ' + b"1" * 5_000 + b"}", b'{"ask": {"act": "\\ud800"}}',
     b'{"ask": {"act": "use", "purpose": "\\ud800"}}', b" " * 1_100_000, b'{"ask": NaN}',
     json.dumps({"ask": {"act": "use", "purpose": "p", "categories": ["x"] * 100_000}}).encode()[:900_000],
     b'{"ask": {"act": "use", "purpose": "profile"}, "at": "9999-12-31T23:59:59+14:00"}',
     b'{"ask": {"act": "use", "purpose": "profile"}, "at": "0001-01-01T00:00:00+14:00"}',
     b'{"ask": {"act": "use", "purpose": "profile"}, "at": 1e300}'],
)  # fmt: skip
def test_no_file_of_questions_breaks_explain(tmp_path, content):
    """Each ends with an answer or with exit code 2 and a sentence."""
    file = tmp_path / "ask.json"
    file.write_bytes(content)
    ended = CliRunner().invoke(root, ["explain", "document-tools", "--ask", str(file)])
    assert isinstance(ended.exception, SystemExit)
    assert ended.exit_code == (1 if content.startswith(b'{"ask": {"act": "use"') and b"1e300" not in content else 2)
    assert ended.output


@given(
    st.lists(
        st.sampled_from(
            ["functions", "purposes", "recipients", "storage", "trackers", "permissions", "children", "rights"]
        ),
        max_size=4,
    )
)
@settings(max_examples=5, deadline=None)
def test_versions_without_whole_sections_are_compared(missing):
    """Sections that are gone on either side are changes, not errors."""
    empty = {name: None if name in {"children", "rights"} else {} for name in missing}
    bare = POLICY.model_copy(update={**empty, "version": 2})
    for before, after in ((POLICY, bare), (bare, POLICY)):
        policy.diff(before, after)
        gate.compare(before, after)
