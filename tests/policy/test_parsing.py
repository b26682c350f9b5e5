# SPDX-License-Identifier: Apache-2.0
"""Whatever bytes come, the parser answers with a policy or with findings at their place."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.policy.planting import BABY, cut, planted, put, source
from upheld import policy
from upheld.policy.reading.compose import MAX_DEPTH, MAX_NODES, compose
from upheld.policy.reading.decode import MAX_BYTES
from upheld.policy.reading.trouble import Unreadable

MINIMAL = """\
upheld: 1
policy: small
version: 1
languages: [en]
title: {en: Small}
"""


def findings(data):
    """Give what was found in what is no policy."""
    with pytest.raises(policy.PolicyUnreadable) as raised:
        policy.parse(data if isinstance(data, bytes) else data.encode(), "bad.yaml")
    return raised.value.findings


def only(data):
    """Give code, line and column of the one finding."""
    (finding,) = findings(data)
    assert finding.file == "bad.yaml"
    assert finding.remedy
    return finding.code, finding.line, finding.column


def test_the_five_policies_are_read():
    """Each of the policies that ship can be read."""
    for path in sorted(BABY.parent.glob("*.yaml")):
        assert policy.parse(path).policy.policy == path.stem


def test_places_are_those_of_the_file():
    """A clause's place is the line and column of its key."""
    parsed = policy.parse(
        MINIMAL.encode()
        + b"functions:\n  look:\n    label: {en: Look}\n    purpose: {en: to look}\n    basis: contract\n    child: never\n    tier: basic\n",
        "x",
    )
    assert parsed.places["functions.look"] == (7, 3)
    assert parsed.places["functions.look.basis"] == (10, 5)
    assert parsed.places["title.en"] == (5, 9)
    assert parsed.place("functions.look.unheard.of") == (7, 3)
    assert parsed.place("unheard") == (1, 1)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ("E006", 1, 1)),
        ("# only a remark\n", ("E006", 1, 1)),
        ("---\n" + MINIMAL + "---\n" + MINIMAL, ("E006", 7, 1)),
        (MINIMAL + "x: [", ("E005", 7, 1)),
        (MINIMAL + "x: 'open", ("E005", 6, 9)),
        (MINIMAL + "\tx: 1", ("E005", 6, 1)),
        (MINIMAL + "x: @no", ("E005", 6, 4)),
        (MINIMAL + "version: 2\n", ("E010", 6, 1)),
        (MINIMAL + "scope: &s {}\n", ("E007", 6, 8)),
        (MINIMAL + "scope: *s\n", ("E007", 6, 8)),
        (MINIMAL + "<<: {}\n", ("E007", 6, 1)),
        (MINIMAL + "scope: !!python/object:os.system {}\n", ("E007", 6, 8)),
        (MINIMAL + "? [a]\n: b\n", ("E009", 6, 3)),
        (MINIMAL + "'': b\n", ("E009", 6, 1)),
        ("upheld: 2\n", ("E012", 1, 1)),
        ("upheld: true\n", ("E012", 1, 1)),
        ("upheld: 1.0\n", ("E012", 1, 1)),
        ("upheld: '1'\n", ("E012", 1, 1)),
        ("policy: x\n", ("E011", 1, 1)),
        ("just a sentence", ("E011", 1, 1)),
        ("[1, 2]", ("E011", 1, 1)),
        (MINIMAL + 'x: "\\u202e"\n', ("E004", 6, 4)),
        (MINIMAL + "x: \u202e\n", ("E004", 6, 4)),
        (MINIMAL + 'x: "\\0"\n', ("E004", 6, 4)),
        (MINIMAL + "x: \x00\n", ("E004", 6, 4)),
        ("\ufeff" + MINIMAL, ("E003", 1, 1)),
        (MINIMAL.encode("utf-16"), ("E003", 1, 1)),
        (MINIMAL.encode("utf-32"), ("E003", 1, 1)),
        (MINIMAL.encode() + b"x: \xff\n", ("E003", 6, 4)),
        ("标题: 婴儿".encode("gb18030"), ("E003", 1, 1)),
        (b"x" * (MAX_BYTES + 1), ("E002", 1, 1)),
        (MINIMAL + "x: " + "[" * 30_000, ("E008", 6, 43)),
        (MINIMAL + "x: " + "[" * 30_000 + "]" * 30_000, ("E008", 6, 43)),
        (MINIMAL + "x: [" + "1," * MAX_NODES + "]", ("E008", 6, 99973)),
        (MINIMAL + "unheard: 1\n", ("E021", 6, 1)),
        (MINIMAL + "updated: 2026-02-30\n", ("E020", 6, 1)),
        (MINIMAL + "updated: 20260101\n", ("E020", 6, 1)),
        (MINIMAL + "updated: true\n", ("E020", 6, 1)),
        (MINIMAL + "storage: []\n", ("E020", 6, 1)),
        (MINIMAL.replace("version: 1", "version: '1'"), ("E020", 3, 1)),
        (MINIMAL.replace("version: 1", "version: 1.0"), ("E020", 3, 1)),
        (MINIMAL.replace("version: 1", "version: true"), ("E020", 3, 1)),
        (MINIMAL.replace("version: 1", "version: 0"), ("E020", 3, 1)),
        (MINIMAL.replace("policy: small", "policy: Not An Id"), ("E020", 2, 1)),
        (MINIMAL.replace("policy: small\n", ""), ("E022", 1, 1)),
        (MINIMAL.replace("[en]", "[en, tlh]"), ("E020", 4, 17)),
        (MINIMAL.replace("[en]", "[]"), ("E020", 4, 1)),
        (MINIMAL + "categories: {a: {label: {tlh: x}, identifies: alone}}\n", ("E020", 6, 26)),
        (MINIMAL + "categories: {A: {label: {en: x}, identifies: alone}}\n", ("E020", 6, 14)),
        (MINIMAL + "categories: {a: {label: {en: x}, identifies: when_combined}}\n", ("E020", 6, 34)),
    ],
)  # fmt: skip
def test_what_is_no_policy_is_refused_at_its_place(text, where):
    """A small policy is read; with one thing wrong it is refused where that stands."""
    assert policy.parse(MINIMAL.encode(), "good.yaml").policy.policy == "small"
    assert only(text) == where


def test_alias_bombs_are_refused_at_the_first_anchor():
    """A billion laughs end at the first."""
    bomb = MINIMAL + "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi"))
    assert only(bomb) == ("E007", 6, 4)


def test_messages_say_what_was_expected_and_what_came():
    """Whoever reads a finding knows what to write."""
    (finding,) = findings(source(put("functions/account/tier", "basi")))
    assert finding.message == "'tier': expected 'basic' or 'extended'; \"basi\" came"
    (finding,) = findings(source(put("storage/logs/keep", "a fortnight")))
    assert "as in '15 days'" in finding.message
    (finding,) = findings(source(cut("storage/logs/keep")))
    assert (finding.code, finding.message, finding.clause) == ("E022", "the key 'keep' is missing", "storage.logs")
    (finding,) = findings(source(put("storage/logs/kept", "1 month")))
    assert finding.message == "the format has no key 'kept' here"
    (finding,) = findings(source(put("storage/logs/of/1", 7)))
    assert finding.message == "entry 2 of 'of': expected text; 7 came"
    (finding,) = findings(source(put("policy", "Not An Id")))
    assert finding.message.startswith("'policy': expected text of the form ^[a-z]")


def test_many_faults_are_found_at_once():
    """One run names every wrong key, in the order of the file."""
    found = findings(MINIMAL + "functions: {a: {tier: x}, b: 3}\nzzz: 1\n")
    assert len(found) > 6
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)


def test_words_that_yaml_guesses_at_stay_words():
    """`no` is no falsehood, a date no date, and a time no number."""
    plain, _ = compose("[no, yes, on, ~, null, 2026-01-01, 12:30:45, 0o17, 0x1f, 1_000, 1e3, .inf, 07]")
    assert plain == "no yes on ~ null 2026-01-01 12:30:45 0o17 0x1f 1_000 1e3 .inf 07".split()
    plain, _ = compose("[true, false, 0, -7, 1.5, 'true', \"1\"]")
    assert plain == [True, False, 0, -7, 1.5, "true", "1"]
    assert [type(one) for one in plain] == [bool, bool, int, int, float, str, str]


def test_depth_is_bounded_and_no_more():
    """As many levels as allowed can be read."""
    compose("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(Unreadable):
        compose("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    "text",
    ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "? " * 30_000, "[" * 30_000 + "]" * 30_000, "&a [*a" * 5_000, '"' + "\\U0010ffff" * 30_000],
)  # fmt: skip
def test_no_nesting_takes_the_process_down(text, tmp_path):
    """The C parser crashes on deep nesting, so the reading is tried in a process of its own."""
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    code = (
        "import sys\n"
        "from upheld import policy\n"
        "try:\n    policy.parse(sys.argv[1])\n"
        "except policy.PolicyUnreadable as refused:\n    print(refused.findings[0].code)\n    sys.exit(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.strip() in {"E005", "E007", "E008", "E009", "E011", "E004"}


def test_a_huge_file_is_refused_unread(tmp_path):
    """Ten megabytes are refused by their size."""
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * 10_000_000)
    with pytest.raises(policy.PolicyUnreadable) as raised:
        policy.parse(path)
    assert "10000000 came" in str(raised.value)


@pytest.mark.parametrize("name", ["missing.yaml", ".", "a\0b"])
def test_what_cannot_be_opened_is_one_clear_finding(name, tmp_path):
    """A missing file, a folder or an impossible name is said, not thrown."""
    with pytest.raises(policy.PolicyUnreadable) as raised:
        policy.parse(tmp_path / name)
    (finding,) = raised.value.findings
    assert finding.code == "E001"


@given(st.binary(max_size=400))
@example(b"upheld: 1\n- x")
@example(b"%TAG ! tag:x,2000:\n--- !a b")
def test_no_bytes_crash_the_parser(data):
    """Any bytes give a policy or findings."""
    try:
        policy.parse(data, "any.yaml")
    except policy.PolicyUnreadable as refused:
        assert refused.findings


@given(st.text(alphabet=st.sampled_from("ab:- \n\t[]{},&*!|>'\"%@`#?0123.~é中"), max_size=200))
def test_no_text_crashes_the_parser(text):
    """Any text made of YAML's own characters gives a policy or findings."""
    try:
        policy.parse((MINIMAL + text).encode(), "any.yaml")
    except policy.PolicyUnreadable as refused:
        assert all(finding.line >= 1 and finding.column >= 1 for finding in refused.findings)


JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LINES = BABY.read_text(encoding="utf-8").splitlines(keepends=True)


@given(st.sampled_from(["categories", "functions", "storage", "rights", "grounds", "children", "languages"]), JSON)
def test_no_wrong_shape_crashes_the_parser(section, value):
    """Any value in a section's place gives a policy or findings."""
    import json

    try:
        policy.parse((MINIMAL + f"{section}: {json.dumps(value)}\n").encode(), "any.yaml")
    except policy.PolicyUnreadable as refused:
        assert refused.findings


@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1))
@settings(max_examples=25)
def test_no_cut_or_moved_line_crashes_the_check(gone, there):
    """A real policy with a line moved gives findings or a policy that can be checked and bound."""
    lines = LINES.copy()
    lines.insert(there, lines.pop(gone))
    try:
        parsed = policy.parse("".join(lines).encode(), "any.yaml")
    except policy.PolicyUnreadable as refused:
        assert refused.findings
    else:
        policy.check(parsed)


def test_the_policy_cannot_be_changed():
    """What was read stays as it was read."""
    from pydantic import ValidationError

    with pytest.raises(ValidationError):
        planted().policy.version = 7


def test_a_policy_written_out_reads_the_same():
    """Dumped by alias, a policy parses to its equal."""
    read = planted().policy
    again = policy.parse(read.model_dump_json(by_alias=True, exclude_none=True).encode(), "again.yaml").policy
    assert again == read


def test_the_source_may_be_a_path_or_bytes():
    """Findings call the file by the name that was given."""
    assert policy.parse(str(BABY)).name == str(BABY)
    assert policy.parse(Path(BABY), "mine").name == "mine"
    assert policy.parse(BABY.read_bytes()).name == "policy"
