# SPDX-License-Identifier: Apache-2.0
"""Hostile input: bytes, YAML and policies that nobody means well with give findings at their place, and soon."""

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy import hostile
from upheld import gate, places, policy
from upheld.policy import PolicyUnreadable
from upheld.terms import Language

FIVE = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")
SMALL = 4_000
STRANGE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.just([]), st.just({}),
    st.sampled_from(["<<", "~", "2026-02-30", "9" * 19, "0 days", "-1 days", "controller", "__class__", "\u200b", "a" * 5000]),
    st.lists(st.text(max_size=5), max_size=3), st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)  # fmt: skip


def read(data: bytes):
    """Parse; where it is no policy, every finding names its place inside the file."""
    lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\xc2\x85") + 2
    try:
        return policy.parse(data, "hostile.yaml")
    except PolicyUnreadable as unreadable:
        assert unreadable.findings
        for one in unreadable.findings:
            assert one.code.startswith("E0")
            assert one.file == "hostile.yaml"
            assert 1 <= one.line <= lines
            assert one.column >= 1
            assert one.message
            assert one.remedy
            assert len(one.message) < 5_000
        return None


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_parser(data):
    """Any bytes are a policy or a finding."""
    read(data)


@given(st.lists(st.sampled_from(["upheld: 1\n", "a: ", "- ", "[", "]", "{", "}", ",", "&a ", "*a", "!!x ", "|\n", ">-\n", "? ",
                                 "'", '"', "\n", "  ", "\t", "#", "---\n", "...\n", "%YAML 1.1\n", "<<: ", "\\", "\r", "功", "\x85"]),
                max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_pieces_of_yaml_break_the_parser(pieces):
    """Whatever YAML's marks are put together."""
    read("".join(pieces).encode())


@pytest.mark.parametrize("name", FIVE)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=6, deadline=None)
def test_no_torn_policy_breaks_the_parser(name, seed):
    """Lines of the five cut out, doubled, moved, indented otherwise and with bytes changed."""
    chance = random.Random(seed)
    lines = places.policy_file(name).read_bytes().splitlines(keepends=True)
    for _ in range(chance.randrange(1, 6)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at : at + chance.randrange(1, 30)]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at] = b" " * chance.randrange(9) + lines[at].lstrip()
            case 3:
                lines[at], lines[other] = lines[other], lines[at]
            case _:
                torn = bytearray(lines[at])
                torn[chance.randrange(len(torn))] = chance.randrange(256)
                lines[at] = bytes(torn)
    parsed = read(b"".join(lines))
    if parsed is not None:
        policy.check(parsed)


def _paths(value, path=()):
    yield path
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(one, (*path, key))


PLAIN = hostile.plain("document-tools")
PATHS = [path for path in _paths(PLAIN) if path]


@given(st.sampled_from(PATHS), STRANGE | st.just(...))
@settings(max_examples=60, deadline=None)
def test_no_strange_value_breaks_anything(path, strange):
    """A value left out or replaced by anything: a finding at its place, or all that one does with a policy works."""
    changed = json.loads(json.dumps(PLAIN))
    part = changed
    for key in path[:-1]:
        part = part[key]
    if strange is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = strange
    parsed = read(json.dumps(changed, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))
    if parsed is None:
        return
    before = policy.parse(hostile.written(PLAIN), "before").policy
    policy.check(parsed)
    policy.bind(parsed.policy)
    policy.diff(before, parsed.policy)
    gate.compile(parsed.policy)
    for language in parsed.policy.languages:
        policy.render(parsed.policy, language)


@pytest.mark.parametrize("shape", hostile.YAML)
def test_hostile_yaml_is_read_or_told(shape):
    """Every shape is a finding that names its place; none is read as a policy."""
    assert read(hostile.YAML[shape](SMALL).encode()) is None


@pytest.mark.parametrize("shape", ["brackets", "braces", "deep lists", "deep keys"])
def test_what_is_too_deep_is_called_so(shape):
    """The depth is named, not some error that came of it."""
    with pytest.raises(PolicyUnreadable) as told:
        policy.parse(hostile.YAML[shape](SMALL).encode())
    assert told.value.findings[0].code == "E008"


@pytest.mark.parametrize("shape", hostile.POLICIES)
def test_a_policy_blown_up_is_checked(shape):
    """What is large and well formed is read, checked, compared, compiled and written out."""
    data = hostile.written(hostile.POLICIES[shape](100_000))
    parsed = policy.parse(data, "large.yaml")
    assert all(one.line == 1 and one.column >= 1 for one in policy.check(parsed))
    assert policy.diff(parsed.policy, parsed.policy).changes == ()
    gate.compile(parsed.policy)


def seconds(work, *arguments) -> float:
    begun = time.process_time()
    work(*arguments)
    return time.process_time() - begun


@pytest.mark.long
@pytest.mark.parametrize("shape", hostile.YAML)
def test_four_times_the_yaml_takes_no_sixteen_times_as_long(shape):
    """Told at 250 kB and at 1 MB: the ratio, never the seconds."""
    small, large = (
        min(seconds(read, hostile.YAML[shape](size).encode()) for _ in range(3)) for size in (250_000, 1_000_000)
    )
    assert large < 9 * max(small, 0.01)


@pytest.mark.long
@pytest.mark.parametrize("work", ["check", "diff", "compare", "compile", "bind", "render"])
@pytest.mark.parametrize("shape", hostile.POLICIES)
def test_four_times_the_policy_takes_no_sixteen_times_as_long(shape, work):
    """The same for what is done with a policy that was read; values grow about fivefold from one to the other."""
    took = []
    for size in (250_000, 1_000_000):
        parsed = policy.parse(hostile.written(hostile.POLICIES[shape](size)), "large.yaml")
        one = parsed.policy
        does = {
            "check": lambda parsed=parsed: policy.check(parsed),
            "diff": lambda one=one: policy.diff(one, one.model_copy(update={"version": one.version + 1, "storage": {}})),
            "compare": lambda one=one: gate.compare(one, one.model_copy(update={"version": one.version + 1, "storage": {}})),
            "compile": lambda one=one: gate.compile(one),
            "bind": lambda one=one: policy.bind(one),
            "render": lambda one=one: policy.render(one, Language.EN),
        }  # fmt: skip
        took.append(min(seconds(does[work]) for _ in range(2)))
    assert took[1] < 14 * max(took[0], 0.02)
