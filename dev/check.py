# SPDX-License-Identifier: Apache-2.0
"""Everything that a change must pass beside its tests; runs all of it and names what failed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS = {
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports", "--no-cache"],
    "migrations complete": [BIN / "django-admin", "makemigrations", "--check", "--dry-run", "-v", "1"],
    "system checks": [BIN / "django-admin", "check", "--fail-level", "WARNING"],
    "translations": [BIN / "python", "dev/translations.py", "check"],
}


def main() -> int:
    failed = []
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "upheld.config.settings_test"}
    for name, command in CHECKS.items():
        print(f"=== {name}", flush=True)
        if subprocess.run(list(map(str, command)), cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    print(f"\nfailed: {', '.join(failed)}" if failed else "\nall checks pass")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
