# SPDX-License-Identifier: Apache-2.0
"""What is shown when a choice about a tracker, a source or a successor is asked for."""

from typing import Final

from upheld.consent.values import TopicKind
from upheld.policy import Policy
from upheld.policy.binding.wording import Wording
from upheld.policy.model.base import say
from upheld.terms import Language

KINDS: Final = frozenset({TopicKind.TRACKER, TopicKind.SOURCE, TopicKind.TRANSFER})

_SUCCESSOR: Final = {Language.EN: "A successor of ours", Language.ZH_HANS: "业务承继方"}
_IF_REFUSED: Final = {
    TopicKind.SOURCE: {Language.EN: "Nothing comes from there.", Language.ZH_HANS: "不从该处获取信息。"},
    TopicKind.TRANSFER: {
        Language.EN: "A successor receives your data only if it is bound by this policy.",
        Language.ZH_HANS: "承继方仅在受本政策约束时方可接收您的信息。",
    },
}


def words(policy: Policy, kind: TopicKind, name: str, language: Language) -> tuple[str, str, tuple[str, ...], str]:
    """Return label, reason, categories and what follows from refusing, for a topic of one of `KINDS`."""
    wording = Wording(policy, language)
    match kind:
        case TopicKind.TRACKER:
            tracker = policy.trackers[name]
            effect = f" {wording.phrase('tracker.functions', functions=wording.processing(tracker.functions)).strip()}"
            refused = say(tracker.refuse, language) + (effect if tracker.functions else "")
            return say(tracker.label, language), say(tracker.purpose, language), tracker.collects, refused
        case TopicKind.SOURCE:
            source = policy.sources[name]
            why = wording.processing(source.purposes)
            return say(source.name, language), why, source.gives, _IF_REFUSED[kind][language]
        case _:
            why = wording.phrase("succession", tell="")
            return _SUCCESSOR[language], why, (), _IF_REFUSED[kind][language]
