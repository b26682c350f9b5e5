# SPDX-License-Identifier: Apache-2.0
"""What changed from one version to another, as a letter says it, and which version another one followed."""

from collections.abc import Mapping
from typing import Final

from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.policy.rendering.changed import changed
from upheld.terms import Language

_IN_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.EN: {
        "added": "New: {after}",
        "removed": "Gone: {before}",
        "changed": "Before: {before}\nNow: {after}",
    },
    Language.ZH_HANS: {
        "added": "新增：{after}",
        "removed": "删除：{before}",
        "changed": "原为：{before}\n现为：{after}",
    },
}


def told(old: Policy, new: Policy, language: Language) -> str:
    """Say every change in one text, clause by clause."""
    phrases = _IN_WORDS[language]
    found = changed(old, new, language)
    return "\n\n".join(phrases[line.kind].format(before=line.before, after=line.after) for line in found)


def before(version: int) -> int:
    """Return the version that this one followed; 0 for the first. One that was withdrawn by then is passed over."""
    published = {one.seq: one for one in facts.versions()}
    of = published.get(version)
    for seq in sorted((seq for seq in published if seq < version), reverse=True):
        ended = published[seq].withdrawn_at
        if of is None or ended is None or ended > of.published_at:
            return seq
    return 0
