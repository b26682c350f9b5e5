# SPDX-License-Identifier: Apache-2.0
"""Send a code once more, without asking for the number again: it waits sealed with the first one."""

from datetime import datetime
from uuid import UUID

from upheld.people.codes import CodeRefused, begin, opened
from upheld.people.identifiers import IdentifierKind
from upheld.people.models import CodeChallenge
from upheld.people.values import CodePurpose, CodeSent
from upheld.terms import Language


def send_again(
    *,
    challenge_id: UUID,
    purpose: CodePurpose,
    peer: str,
    language: Language,
    now: datetime,
    security_now: datetime,
    bound_to: str = "",
) -> CodeSent:
    """Send a new code in the place of one that was not used; every limit counts it like any other.

    Raises:
        CodeRefused: there is no such code to send again, or it was used, or swept.
        TooMany: a limit is reached.
    """
    row = CodeChallenge.objects.filter(
        id=challenge_id, purpose=purpose.value, bound_to=bound_to, proven_at=None
    ).first()
    if row is None:
        raise CodeRefused
    sent = begin(
        purpose=purpose,
        kind=IdentifierKind(row.kind),
        identifier=opened(row),
        peer=peer,
        language=language,
        now=now,
        security_now=security_now,
        bound_to=row.bound_to,
        version=row.version,
    )
    # one code at a time: the former would give five tries more
    CodeChallenge.objects.filter(id=row.id, expires_at__gt=security_now).update(expires_at=security_now)
    return sent
