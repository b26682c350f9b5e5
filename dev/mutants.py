# SPDX-License-Identifier: Apache-2.0
"""Take each claimed control out; every claim on it must fail. Writes `reports/mutants.json`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

if __name__ == "__main__":
    workers = ["-n", str(min(os.cpu_count() or 1, 4))]
    command = [sys.executable, "-m", "pytest", "-q", "--mutants", *workers, "--claims-report=reports/mutants.json"]
    environment = {**os.environ, "UPHELD_TEST_POSTGRESQL": ""}
    sys.exit(subprocess.run([*command, "tests/promises"], cwd=ROOT, env=environment, check=False).returncode)
