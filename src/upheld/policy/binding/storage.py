# SPDX-License-Identifier: Apache-2.0
"""Clauses on grounds without consent, storage periods and the place of storage."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.model.storage import AllowedBy, LegalBounds, Residency, Start, StoragePeriod


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses of `grounds`, `storage` and `residency`."""
    for operation, grounds in policy.grounds:
        for name, ground in grounds.items():
            yield Draft(
                id=f"grounds.{operation}.{name}",
                phrase=f"ground.{operation}",
                terms=of(
                    ground, lambda w, ground: {"label": w.say(ground.label), "evidence": evidence(w, ground.evidence)}
                ),
                controls=("gate.ground_evidence",),
                chapter=_CHAPTERS.get(operation, Chapter.SHARE),
                own=ground.text,
            )
    for name, period in policy.storage.items():
        yield Draft(
            id=f"storage.{name}",
            phrase="storage",
            terms=of(period, _storage),
            controls=_controls(period),
            chapter=Chapter.STORE,
            own=period.text,
        )
    if policy.residency:
        yield from _residency(policy.residency)


_CHAPTERS = {"collect": Chapter.COLLECT, "use": Chapter.USE}


def evidence(w: Wording, fields: tuple[str, ...]) -> str:
    """Say what must be on record, if anything."""
    return w.phrase("part.evidence", evidence=w.evidence(fields)) if fields else ""


def _storage(w: Wording, period: StoragePeriod) -> dict[str, str]:
    functions = w.processing(period.functions)
    return {
        "label": w.say(period.label),
        "things": w.categories(period.of),
        "functions": w.phrase("storage.functions", functions=functions) if functions else "",
        "span": w.span(period.keep),
        "start": w.value(period.from_),
        "then": w.value(period.then),
        "law": _law(w, period.law) if period.law else "",
    }


def _law(w: Wording, law: LegalBounds) -> str:
    bounds = (
        w.phrase("part.law_least", span=w.span(law.at_least)) if law.at_least else "",
        w.phrase("part.law_most", span=w.span(law.at_most)) if law.at_most else "",
    )
    return w.phrase(
        "part.law", source=law.source if isinstance(law.source, str) else w.say(law.source), bounds=w.listed(bounds)
    )


def _controls(period: StoragePeriod) -> Iterator[str]:
    yield "vault.expiry_at_read"
    yield "retention.sweep"
    if period.from_ is Start.CANCELLATION:
        yield "retention.cancellation_erases"


def _residency(residency: Residency) -> Iterator[Draft]:
    yield Draft(
        id="residency.region",
        phrase="residency.region",
        terms=lambda w: {"region": w.region(residency.region)},
        controls=("gate.residency",),
        chapter=Chapter.STORE,
        own=residency.text,
    )
    for name, passage in residency.abroad.items():
        yield Draft(
            id=f"residency.abroad.{name}",
            phrase="residency.abroad",
            terms=of(
                passage, lambda w, passage: {"label": w.say(passage.label), "evidence": evidence(w, passage.evidence)}
            ),
            controls=(
                "gate.residency",
                *_PASSAGE[passage.by],
                *(("gate.ground_evidence",) if passage.evidence else ()),
            ),
            chapter=Chapter.STORE,
            own=passage.text,
        )
    if residency.protected_equally:
        yield Draft(
            id="residency.protected-equally",
            phrase="residency.protected",
            terms=lambda w: {"text": w.say(residency.protected_equally)},
            controls=("duties.attested",),
            chapter=Chapter.STORE,
        )


_PASSAGE = {
    AllowedBy.LAW: ("gate.ground_evidence",),
    AllowedBy.SEPARATE_CONSENT: ("gate.consent_needed",),
    AllowedBy.OWN_ACT: ("sharing.disclosure_recorded",),
}
