# SPDX-License-Identifier: Apache-2.0
"""Run a simulation, and write down elsewhere what it sealed and which birth dates it was told.

python simulating.py FOLDER PEOPLE DAYS
"""

import json
import sys
from pathlib import Path

FOLDER, PEOPLE, DAYS = Path(sys.argv[1]), sys.argv[2], sys.argv[3]

from upheld.children import rules  # noqa: E402
from upheld.cli.main import root  # noqa: E402
from upheld.crypto import sealing  # noqa: E402

told: set[str] = set()
plain_seal, plain_adult_at = sealing.seal, rules.adult_at


def seal(key, plaintext, **more):
    told.add(plaintext.decode())
    return plain_seal(key, plaintext, **more)


def adult_at(birth_on, **more):
    told.add(birth_on.isoformat())
    return plain_adult_at(birth_on, **more)


sealing.seal, rules.adult_at = seal, adult_at
try:
    root(["simulate", "baby-device", "--people", PEOPLE, "--days", DAYS, "--home", str(FOLDER / "home")],
         standalone_mode=False)  # fmt: skip
finally:
    (FOLDER / "told.json").write_text(json.dumps(sorted(told)))
