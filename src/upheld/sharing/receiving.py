# SPDX-License-Identifier: Apache-2.0
"""What must be on file before anything is taken in from a source, or handed to a successor.

Software can see that it is on file and in force; that it is true, whoever signed the document answers for. The evidence
log keeps the digest of the document, and nothing besides it is stored.
"""

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final

from upheld.errors import BadInput, NotFound
from upheld.facts import queries as facts
from upheld.facts import world_service as world
from upheld.policy import Policy
from upheld.sharing.events import SharingEvent
from upheld.storage.acts import act
from upheld.vault.rules import minute

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class SourcePaperKind(StrEnum):
    """What a source's data may wait for; the policy says which."""

    AGREEMENT = "agreement"
    LAWFUL_ORIGIN = "lawful_origin"


_WORLD: Final[dict[SourcePaperKind, Callable[[str, datetime, datetime | None, datetime], None]]] = {
    SourcePaperKind.AGREEMENT: world.source_agreement,
    SourcePaperKind.LAWFUL_ORIGIN: world.lawful_origin,
}


def record_source_paper(
    *,
    source: str,
    kind: SourcePaperKind,
    starts_at: datetime,
    until: datetime | None,
    document_sha256: str,
    now: datetime,
) -> None:
    """Put a paper of a source on file; from its date until its end the gate counts it. To end one, record it anew.

    Args:
        source: its id in the policy.
        kind: the agreement with it, or that its data was found to be held lawfully.
        starts_at: from when it holds.
        until: until when; None for until it is replaced.
        document_sha256: digest of the signed document, in hex.
        now: when it is put on file.

    Raises:
        NotFound: the policy in force declares no such source.
        BadInput: the dates contradict each other, or the digest is none.
    """
    if source not in _policy(now).sources:
        raise NotFound("the policy in force declares no such source")
    _check(starts_at, until, document_sha256)
    with act() as acting:
        _WORLD[kind](source, starts_at, until, now)
        acting.record(
            SharingEvent.SOURCE_PAPER_RECORDED,
            now=now,
            subject=None,
            clause=f"sources.{source}",
            control="gate.source_lawful",
            facts={
                "passed_on_by": source,
                "paper": kind.value,
                "starts_at": minute(starts_at),
                "until": minute(until),
                "document": document_sha256,
            },
        )


def bind_successor(*, starts_at: datetime, until: datetime | None, document_sha256: str, now: datetime) -> None:
    """Put on file that whoever takes the product over is bound by the policy; dates and digest as for a source's paper.

    Raises:
        NotFound: the policy in force says nothing of a successor.
        BadInput: the dates contradict each other, or the digest is none.
    """
    if _policy(now).succession is None:
        raise NotFound("the policy in force says nothing of a successor")
    _check(starts_at, until, document_sha256)
    with act() as acting:
        world.bind_successor(starts_at, until, now)
        acting.record(
            SharingEvent.SUCCESSOR_BOUND,
            now=now,
            subject=None,
            clause="succession",
            control="gate.successor_bound",
            facts={
                "starts_at": minute(starts_at),
                "until": minute(until),
                "document": document_sha256,
            },
        )


def _policy(now: datetime) -> Policy:
    policy = facts.rulebook(facts.current_version(now)).policy
    if policy is None:
        raise NotFound("no policy is in force")
    return policy


def _check(starts_at: datetime, until: datetime | None, document_sha256: str) -> None:
    if until is not None and until <= starts_at:
        raise BadInput("a paper ends after it starts")
    if _SHA256.fullmatch(document_sha256) is None:
        raise BadInput("expected the SHA-256 of the document: 64 hexadecimal digits in small letters")
