# SPDX-License-Identifier: Apache-2.0
"""One of several processes that all come with the same code; run by `test_races.py` on a database file of its own.

python -m tests.people.racing prepare FOLDER            -> challenge id and code
python -m tests.people.racing finish FOLDER ID CODE AT  -> proven or refused, tried at that moment
"""

import json
import os
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def set_up(folder: Path) -> None:
    secrets = folder / "secrets.json"
    if not secrets.exists():
        secrets.touch(mode=0o600)
        secrets.write_text(json.dumps(dict.fromkeys(("django", "pepper", "permit", "index"), "ab" * 32)))
    for variable in ("UPHELD_DATABASE_URL", "UPHELD_KEYS_DATABASE_URL", "UPHELD_JOURNAL_DATABASE_URL"):
        os.environ[variable] = ""
    os.environ |= {"UPHELD_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "upheld.config.settings"}
    import django
    from django.conf import settings

    settings.MIGRATION_MODULES = {"upheld": None}  # the tables as the models are, without their history
    for database in settings.DATABASES.values():  # nobody pulls the plug here
        database["OPTIONS"]["init_command"] = database["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
    django.setup()


def prepare() -> None:
    from django.core.management import call_command

    from upheld.messages import delivery, transports
    from upheld.messages.models import OutgoingMessage
    from upheld.messages.values import Channel
    from upheld.people import sign_in
    from upheld.terms import Language

    for store in ("default", "keys", "journal"):
        call_command("migrate", database=store, run_syncdb=True, verbosity=0)
    sent = sign_in.begin_sign_in(
        identifier="13800138000", peer="192.0.2.1", language=Language.EN, now=NOW, security_now=NOW
    )
    carrier = transports.NullTransport()
    transports.wire({Channel.SMS: carrier})
    delivery.deliver(message_id=OutgoingMessage.objects.get().id, now=NOW)
    sys.stdout.write(f"{sent.challenge_id} {re.search(r'[0-9]{6}', carrier.letters[0].body).group()}\n")


def finish(challenge: str, code: str, at: str) -> None:
    from upheld.people import sign_in
    from upheld.people.codes import CodeRefused

    time.sleep(max(0.0, float(at) - time.time()))
    try:
        sign_in.finish_sign_in(challenge_id=UUID(challenge), code=code, peer="192.0.2.1", now=NOW, security_now=NOW)
        sys.stdout.write("proven\n")
    except CodeRefused:
        sys.stdout.write("refused\n")


if __name__ == "__main__":
    set_up(Path(sys.argv[2]))
    prepare() if sys.argv[1] == "prepare" else finish(*sys.argv[3:6])
