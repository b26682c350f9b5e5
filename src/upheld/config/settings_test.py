# SPDX-License-Identifier: Apache-2.0
"""Settings of the test suite: in-memory SQLite, or PostgreSQL where `UPHELD_TEST_POSTGRESQL` names a server."""

import os
import tempfile
from pathlib import Path

_SCRATCH = Path(tempfile.mkdtemp(prefix="upheld-test-"))
os.environ["UPHELD_HOME"] = str(_SCRATCH)
os.environ["UPHELD_INSECURE_LOOPBACK"] = "1"
for _alias, _variable in {
    "default": "UPHELD_DATABASE_URL",
    "keys": "UPHELD_KEYS_DATABASE_URL",
    "journal": "UPHELD_JOURNAL_DATABASE_URL",
}.items():
    _server = os.environ.get("UPHELD_TEST_POSTGRESQL", "")
    os.environ[_variable] = f"{_server}/upheld_{_alias}" if _server else ""

from upheld.config.settings import *  # noqa: E402, F403 - the same settings, on scratch databases
from upheld.config.settings import DATABASES, UPHELD  # noqa: E402

SECRET_KEY = "a secret for tests alone"  # noqa: S105 - opens nothing
UPHELD["SECRETS"] = {name: name.encode().ljust(32, b".") for name in ("django", "pepper", "permit", "index")}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; the real one has a test of its own
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = 0
