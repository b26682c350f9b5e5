# SPDX-License-Identifier: Apache-2.0
"""What data that does not come from the person, or is not about the person, needs."""

from typing import Final

from upheld.gate import clauses, topics
from upheld.gate.draft import Draft
from upheld.gate.rules import Gap
from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.data import About
from upheld.policy.model.processing import Function, Manner, Purpose
from upheld.policy.model.sources import Source, SourcePaper
from upheld.terms import Act

Processing = Function | Purpose

_TAKING_IN: Final = frozenset({Act.COLLECT, Act.INFER})
"""Acts that may rest on what a source passed on; every other act reads what is in the vault already."""


def source_rule(draft: Draft, policy: Policy, processing: Processing) -> None:
    """What others pass on comes from a declared source, for what is listed for it, and lawfully."""
    ask = draft.ask
    if ask.source is None and not _comes_from_others(policy, ask, processing):
        return
    source = policy.sources.get(ask.source) if ask.source is not None else None
    clause = clauses.source(ask.source, policy)
    listed = source is not None and ask.purpose in source.purposes and set(ask.categories) <= set(source.gives)
    draft.judge(Gap.SOURCE_UNDECLARED, clause, wrong=not listed or ask.act not in _TAKING_IN)
    if source is None or ask.source is None:
        return
    draft.rest_on(clause)
    draft.source = ask.source
    _agreement(draft, source, clause)
    _lawful_origin(draft, source, clause)


def _comes_from_others(policy: Policy, ask: Ask, processing: Processing) -> bool:
    """Say whether what is collected for a received function is what its sources give; the rest a person types in.

    Of a received function that no source serves, nothing comes.
    """
    if ask.act is not Act.COLLECT or not isinstance(processing, Function) or processing.manner is not Manner.RECEIVED:
        return False
    sources = [source for source in policy.sources.values() if ask.purpose in source.purposes]
    return not sources or any(set(ask.categories) & set(source.gives) for source in sources)


def _agreement(draft: Draft, source: Source, clause: str) -> None:
    if SourcePaper.AGREEMENT in source.needs:
        draft.watch(Gap.SOURCE_PAPER_MISSING, clause, f"source_paper agreement {draft.source}")
        draft.source_papers.append((SourcePaper.AGREEMENT.value, int(Gap.SOURCE_PAPER_MISSING), 0))


def _lawful_origin(draft: Draft, source: Source, clause: str) -> None:
    """Shown by a paper, or by the person where the policy lets the person authorise it; shown by neither, it is not."""
    topic = topics.source(draft.source or "")
    confirmed = SourcePaper.LAWFUL_ORIGIN in source.needs
    if confirmed:
        lifts = f"give_consent {topic}" if source.authorised_by_person else f"source_paper lawful_origin {draft.source}"
        draft.watch(Gap.SOURCE_UNLAWFUL, clause, lifts)
        stands_in = draft.bits.get(topic, 0) if source.authorised_by_person else 0
        draft.source_papers.append((SourcePaper.LAWFUL_ORIGIN.value, int(Gap.SOURCE_UNLAWFUL), stands_in))
    elif source.authorised_by_person:
        draft.need(Gap.SOURCE_UNLAWFUL, clause, topic)
    else:
        draft.find(Gap.SOURCE_UNLAWFUL, clause)


def subject_rule(draft: Draft, policy: Policy, _processing: Processing) -> None:
    """Who brings what is about another person declares that this person agreed; a child's data is kept under the child.

    So data about a child is gathered of nobody but a child: a baby is represented, and its guardian acts.
    """
    if draft.ask.act is not Act.COLLECT:
        return
    for name in draft.ask.categories:
        category = policy.categories.get(name)
        if category is not None and category.about is About.OTHER:
            draft.judge(Gap.OTHERS_UNDECLARED, clauses.category(name, policy), "declare", wrong=not draft.ask.declared)
        elif category is not None and category.about is About.CHILD:
            draft.not_of_children(Gap.SUBJECT_OTHER, clauses.category(name, policy), "add_represented")
