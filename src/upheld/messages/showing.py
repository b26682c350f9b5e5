# SPDX-License-Identifier: Apache-2.0
"""Show outgoing messages where nothing leaves the machine: in a demonstration, and nowhere else."""

from datetime import datetime
from uuid import UUID

from upheld.errors import Forbidden
from upheld.messages.delivery import open_letter, row_of
from upheld.messages.values import Letter
from upheld.storage import deployment


def letter(*, message_id: UUID, now: datetime) -> Letter | None:
    """Return what a message says, while its window lasts; None when it was erased.

    Raises:
        Forbidden: this database holds more than a demonstration.
        NotFound: there is no such message.
    """
    if deployment.kind() is deployment.DeploymentKind.PRODUCT:
        raise Forbidden("messages are shown in a demonstration alone")
    row = row_of(message_id)
    if row.sealed_letter is None or row.expires_at <= now:
        return None
    return open_letter(row)
