# SPDX-License-Identifier: Apache-2.0
"""The rules on words find their fault wherever it stands, in any of the five policies, and leave its neighbours alone."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.faults_of_texts import LAWFUL
from tests.policy.planting import clean, codes, planted, read
from upheld import policy
from upheld.policy.packs import law_of
from upheld.policy.rules import RULES
from upheld.policy.rules.texts import every_text
from upheld.terms import Language

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = ("general-platform", "document-tools", "family-website", "jewellery-shop", "baby-device")
ANYWHERE = {
    "E052": (" [fill in]", "【待补充】"),
    "E053": (" and so on.", "等。"),
    "W054": (" We act as soon as possible.", "我们将尽快处理。"),
    "E055": (" See www.elsewhere.com.", "见 www.elsewhere.com。"),
    "E056": (" 混入的文字", " some words of another language"),
    "W060": (" the the end", "的说明说明，，"),
    "E061": (" (and more", "（及"),
    "W069": (" We bear no responsibility.", "我们不承担任何责任。"),
    "E119": (". It is completely safe.", "。措施万无一失。"),
    "E122": (" By this declaration.", "依本须知。"),
}
"""By code: what breaks any text, in English and in Chinese."""


@cache
def parsed(name: str) -> policy.Policy:
    return policy.parse(POLICIES / f"{name}.yaml").policy


@cache
def paths(name: str) -> tuple[str, ...]:
    """Paths of the sentences of a policy, without the few texts that some rules leave to the law or to others."""
    return tuple(path for path, _ in every_text(parsed(name)) if not path.startswith(("evidence", "title")))


def broken(name: str, path: str, language: Language, more: str, code: str) -> set[str]:
    """Name the places where a rule finds something in a policy with more words at the end of one text."""
    data = json.loads(clean(POLICIES / f"{name}.yaml"))
    words = find(data, path)
    words[language.value] = words[language.value].rstrip(".。") + more
    found = read(data, "broken.yaml").policy
    return {fault.path for fault in RULES[code].look(found, law_of(found))}


def find(data: dict, path: str) -> dict:
    """Follow a dotted path through keys that may have dots themselves."""
    while path:
        key = next(key for key in data if path == key or path.startswith(f"{key}."))
        data, path = data[key], path[len(key) + 1 :]
    return data


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_faulty_sentence_is_found_wherever_it_stands(data):
    """Whatever text of whatever policy it is planted in, the finding names that text."""
    code = data.draw(st.sampled_from(sorted(ANYWHERE)))
    name = data.draw(st.sampled_from(NAMES))
    path = data.draw(st.sampled_from(paths(name)))
    language = data.draw(st.sampled_from((Language.EN, Language.ZH_HANS)))
    more = ANYWHERE[code][language is Language.ZH_HANS]
    assert path in broken(name, path, language, more, code)


@pytest.mark.parametrize("plant", LAWFUL)
def test_a_neighbour_of_a_fault_is_left_alone(plant):
    """What says what it means is no fault, however near it comes to one."""
    assert codes(plant) == set()


def test_every_rule_speaks_both_languages():
    """A rule, its remedy and each of its messages are there in Chinese too."""
    for rule in RULES.values():
        assert all(rule.demands), rule.code
        assert all(rule.remedy), rule.code


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_speaks_both_languages(name):
    """The policies as published make most rules speak; each finding does so in both languages."""
    as_published = policy.parse(POLICIES / "as-published" / f"{name}.yaml")
    silent = {
        one.code for one in policy.check(as_published) if not all(one.said(Language.ZH_HANS)) or not one.chinese[0]
    }
    assert silent == set()


def test_a_finding_on_one_line_names_place_and_clause():
    """In both languages a line leads to the spot."""
    parsed_ = planted(lambda data: data["commitments"]["least-data"]["text"].update(en="We bear no responsibility."))
    (finding,) = [one for one in policy.check(parsed_) if one.code == "W069"]
    for language, severity in ((Language.EN, "warning"), (Language.ZH_HANS, "警告")):
        start = f"planted.yaml:{finding.line}:{finding.column}: {severity} W069 [commitments.least-data.text] "
        assert finding.line_in(language) == start + finding.said(language)[0]
