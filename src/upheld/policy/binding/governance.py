# SPDX-License-Identifier: Apache-2.0
"""Clauses on changes, incidents, successors, publication, cessation, duties, and free commitments."""

from collections.abc import Iterator

from upheld.policy.binding.clause import Draft, of
from upheld.policy.binding.storage import evidence
from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.governance import Cessation, Changes, IncidentNotice, Incidents, PublicationCase, Succession
from upheld.policy.model.identity import Chapter

_ATTESTED = ("duties.attested",)


def drafts(policy: Policy) -> Iterator[Draft]:
    """Draft the clauses from `changes` to `commitments`."""
    if policy.changes:
        yield from _changes(policy.changes)
    if policy.incidents:
        yield from _incidents(policy.incidents)
    if policy.succession:
        yield _succession(policy.succession)
    yield from _publication(policy)
    if policy.cessation:
        yield from _cessation(policy.cessation)
    yield from _duties(policy)
    for name, commitment in policy.commitments.items():
        yield Draft(
            id=f"commitments.{name}",
            phrase="commitment",
            terms=of(commitment, lambda w, commitment: {"text": w.say(commitment.text)}),
            controls=commitment.controls,
            chapter=commitment.chapter,
            own=commitment.text,
        )


def _changes(changes: Changes) -> Iterator[Draft]:
    for name, major in changes.major.items():
        yield Draft(
            id=f"changes.major.{name}",
            phrase="changes.major",
            terms=of(major, lambda w, major: {"label": w.say(major.label)}),
            controls=("policy.major_by_its_own_list",),
            chapter=Chapter.CHANGES,
            own=major.text,
        )
    if changes.tell:
        yield Draft(
            id="changes.tell",
            phrase="changes.tell",
            terms=lambda w: {"ways": w.values(changes.tell)},
            controls=("notices.major_changes_told", *_ATTESTED),
            chapter=Chapter.CHANGES,
        )
    lead = changes.lead
    if lead:
        yield Draft(
            id="changes.lead",
            phrase="changes.lead",
            terms=lambda w: {"span": w.span(lead)},
            controls=("notices.major_changes_told",),
            chapter=Chapter.CHANGES,
        )
    yield Draft(
        id="changes.cut-rights",
        phrase="changes.cut_rights",
        controls=("consent.cut_rights_bind_by_consent",),
        chapter=Chapter.CHANGES,
    )
    yield Draft(
        id="changes.archive",
        phrase="changes.archive",
        controls=("notices.archive_public",),
        chapter=Chapter.CHANGES,
    )


def _incidents(incidents: Incidents) -> Iterator[Draft]:
    for name, notice in incidents.tell.items():
        yield Draft(
            id=f"incidents.tell.{name}",
            phrase="incidents.tell",
            terms=of(notice, _notice),
            controls=_ATTESTED,
            chapter=Chapter.PROTECT,
            own=notice.text,
        )
    yield Draft(
        id="incidents.says",
        phrase="incidents.says",
        terms=lambda w: {"says": w.listed(w.say(words) for words in incidents.says.values())},
        controls=_ATTESTED,
        chapter=Chapter.PROTECT,
    )
    if incidents.detects:
        yield Draft(
            id="incidents.detects",
            phrase="incidents.detects",
            terms=lambda w: {"dangers": w.listed(w.say(words) for words in incidents.detects.values())},
            controls=_ATTESTED,
            chapter=Chapter.PROTECT,
        )


def _notice(w: Wording, notice: IncidentNotice) -> dict[str, str]:
    return {
        "whom": w.phrase(f"incidents.{notice.whom}"),
        "span": w.span(notice.within),
        "ways": w.phrase("incidents.ways", ways=w.values(notice.by)) if notice.by else "",
    }


def _succession(succession: Succession) -> Draft:
    def terms(w: Wording) -> dict[str, str]:
        told = succession.tell and succession.lead
        ways = w.values(succession.tell)
        return {"tell": w.phrase("part.told", span=w.span(succession.lead), ways=ways) if told else ""}

    return Draft(
        id="succession",
        phrase="succession",
        terms=terms,
        controls=(*_ATTESTED, "gate.successor_bound"),
        chapter=Chapter.SHARE,
        own=succession.text,
    )


def _publication(policy: Policy) -> Iterator[Draft]:
    for name, case in policy.publication.items():
        yield Draft(
            id=f"publication.{name}",
            phrase="publication",
            terms=of(case, lambda w, case: {"label": w.say(case.label), "evidence": evidence(w, case.evidence)}),
            controls=_publication_controls(case),
            chapter=Chapter.SHARE,
            own=case.text,
        )


def _publication_controls(case: PublicationCase) -> Iterator[str]:
    if case.by == "explicit_consent":
        yield "gate.consent_needed"
    if case.by == "law" or case.evidence:
        yield "gate.ground_evidence"


def _cessation(cessation: Cessation) -> Iterator[Draft]:
    yield Draft(
        id="cessation.stop",
        phrase="cessation.stop",
        controls=("gate.no_use_after_cessation",),
        chapter=Chapter.STORE,
        own=cessation.stop.text,
    )
    yield Draft(
        id="cessation.tell",
        phrase="cessation.tell",
        terms=lambda w: {"span": w.span(cessation.lead), "ways": w.values(cessation.tell)},
        controls=_ATTESTED,
        chapter=Chapter.STORE,
    )
    yield Draft(
        id="cessation.erase-within",
        phrase="cessation.erase",
        terms=lambda w: {"span": w.span(cessation.erase_within)},
        controls=("retention.sweep", "gate.no_use_after_cessation"),
        chapter=Chapter.STORE,
    )


def _duties(policy: Policy) -> Iterator[Draft]:
    for name, duty in policy.duties.items():
        yield Draft(
            id=f"duties.{name}",
            phrase="duty",
            terms=of(
                duty,
                lambda w, duty: {
                    "text": w.say(duty.text),
                    "span": w.every(duty.every),
                    "owner": w.contacts([duty.owner]),
                },
            ),
            controls=_ATTESTED,
            chapter=Chapter.PROTECT,
        )
