# SPDX-License-Identifier: Apache-2.0
"""A person's consent as a receipt in the terms of ISO/IEC TS 27560."""

import json
from datetime import UTC
from uuid import UUID

from upheld.consent import rules
from upheld.consent.values import Recorded, TopicKind
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.policy.rendering.machine import Consented, receipt
from upheld.web.portal import proving
from upheld.web.portal.visitor import Who

_TO_RECIPIENT = (TopicKind.SHARE, TopicKind.SHARE_MORE, TopicKind.ABROAD)
_ALONE = (TopicKind.SENSITIVE, TopicKind.PUBLISH, *_TO_RECIPIENT)
"""Kinds of consent that are asked for one thing alone (PIPL art. 23, 25, 29, 39)."""


def consent_receipt(who: Who, evidence_id: UUID, *, notice: str) -> bytes | None:
    """Write the receipt of a choice as JSON; None where the entry is about no choice.

    Args:
        who: the person whose it is.
        evidence_id: of the entry in the log.
        notice: the address of a version's notice, with `{version}` for its number.

    Raises:
        NotFound: there is no such entry, or it is another person's.
    """
    made = proving.choice_of(who.data_subject_id, evidence_id)
    if made is None:
        return None
    policy = facts.policy(made.version)
    said = _consented(policy, made, str(evidence_id), notice.format(version=made.version))
    return json.dumps(receipt(policy, said), ensure_ascii=False, indent=1).encode() + b"\n"


def _consented(policy: Policy, made: Recorded, receipt_id: str, notice: str) -> Consented:
    kind, name = rules.kind_of(made.topic), rules.name_of(made.topic)
    return Consented(
        receipt_id=receipt_id,
        record_id=str(made.record_id),
        principal_id=str(made.data_subject_id),
        purposes=_purposes(policy, kind, name),
        categories=rules.wording(policy, made.topic, made.language).categories,
        recipients=(name,) if kind in _TO_RECIPIENT else (),
        action=made.action.value,
        at=made.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        method=made.method.value,
        by=made.actor.value,
        language=made.language,
        wording_sha256=made.wording_sha256,
        notice=notice,
        is_explicit=kind in _ALONE,
    )


def _purposes(policy: Policy, kind: TopicKind, name: str) -> tuple[str, ...]:
    """Name the functions and purposes that a topic is about; a transfer to a successor is about none in particular."""
    match kind:
        case TopicKind.PERMISSION:
            return policy.permissions[name].scenes
        case TopicKind.SOURCE:
            return policy.sources[name].purposes
        case TopicKind.TRACKER:
            return policy.trackers[name].functions
        case TopicKind.SHARE | TopicKind.SHARE_MORE | TopicKind.ABROAD:
            return policy.recipients[name].purposes
        case _:
            return (name,) if name in policy.processing else ()
