# SPDX-License-Identifier: Apache-2.0
"""Clauses on where data comes from besides the person, and on what the policy's words mean."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.model.sources import Source, SourcePaper


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `glossary` and `sources`."""
    for name, term in policy.glossary.items():
        yield Draft(
            id=f"glossary.{name}",
            phrase="glossary",
            terms=of(term, lambda w, term: {"label": w.say(term.label), "means": w.say(term.means)}),
            controls=("policy.checked_before_publish",),
            chapter=Chapter.WHO,
            own=term.text,
        )
    for name, source in policy.sources.items():
        yield Draft(
            id=f"sources.{name}",
            phrase="source",
            terms=of(source, _terms),
            controls=("gate.source_declared", "gate.source_lawful", "vault.source_recorded"),
            chapter=Chapter.COLLECT,
            own=source.text,
        )


def _terms(w: Wording, source: Source) -> dict[str, str]:
    return {
        "name": w.say(source.name),
        "kind": w.value(source.kind),
        "region": w.region(source.region),
        "things": w.categories(source.gives),
        "purposes": w.processing(source.purposes),
        "agreement": w.phrase("source.agreement") if SourcePaper.AGREEMENT in source.needs else "",
        "lawful": w.phrase(f"source.lawful.{_lawful(source)}"),
    }


def _lawful(source: Source) -> str:
    confirmed = SourcePaper.LAWFUL_ORIGIN in source.needs
    if source.authorised_by_person:
        return "either" if confirmed else "authorised"
    return "confirmed" if confirmed else "never"
