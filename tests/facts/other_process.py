# SPDX-License-Identifier: Apache-2.0
"""A process of its own on the database that the environment names: reads a word a line, does it, answers a line.

publish | admit | give | withdraw     change facts and commit
ask                                   one decision: `permit` or `deny`
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "upheld.config.settings"
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from upheld.facts import hot, service, world_service  # noqa: E402
from upheld.gate import Ask, Permit  # noqa: E402
from upheld.terms import Act, AgeBand, DataSubjectId  # noqa: E402

NOW = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
SUBJECT = DataSubjectId(UUID("01977f3a-0000-7000-8000-000000000001"))
TOPIC = "purpose:profile"
ASK = Ask(act=Act.COLLECT, purpose="profile", categories=("nickname",))


def publish() -> None:
    """Publish the policy."""
    document = (ROOT / "policies" / "baby-device.yaml").read_bytes()
    world_service.publish_version(document, effective_at=datetime(2026, 2, 5, tzinfo=UTC), now=NOW)


def admit() -> None:
    """Make the person known."""
    service.admit(SUBJECT, 1, NOW)
    service.tell(SUBJECT, NOW)
    service.state_age(SUBJECT, AgeBand.ADULT, NOW)


VERBS = {
    "publish": publish,
    "admit": admit,
    "give": lambda: service.give_consent(SUBJECT, TOPIC, NOW),
    "withdraw": lambda: service.withdraw_consent(SUBJECT, TOPIC, NOW),
}

for line in sys.stdin:
    word = line.strip()
    if word == "ask":
        answer = hot.decide(SUBJECT, ASK, int(NOW.timestamp()))[0]
        print("permit" if isinstance(answer, Permit) else "deny", flush=True)
    else:
        if word == "publish":
            settings.MIGRATION_MODULES = {"upheld": None}  # the tables as they are, without their history
            call_command("migrate", run_syncdb=True, verbosity=0)
        with transaction.atomic():
            VERBS[word]()
        print("done", flush=True)
