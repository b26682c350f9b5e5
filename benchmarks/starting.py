# SPDX-License-Identifier: Apache-2.0
"""How long the command takes to start: the best and the middle of twenty runs, after two that warm the disk.

python benchmarks/starting.py
"""

import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UPHELD = str(Path(sys.executable).parent / "upheld")
MOST_SECONDS = {("--help",): 0.3, ("check", "baby-device"): 0.6, ("verify", "--help"): 0.4}


def seconds(arguments: tuple[str, ...]) -> list[float]:
    def once() -> float:
        begun = time.perf_counter()
        subprocess.run([UPHELD, *arguments], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    return sorted([once() for _ in range(22)][2:])


def main() -> int:
    lines = ["# Start of the command", "", f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}.", ""]
    lines += ["| command | best, s | middle, s | at most, s |", "|---|---:|---:|---:|"]
    slow = 0
    for arguments, most in MOST_SECONDS.items():
        took = seconds(arguments)
        slow += took[0] > most
        lines.append(f"| `upheld {' '.join(arguments)}` | {took[0]:.2f} | {statistics.median(took):.2f} | {most} |")
    text = "\n".join(lines) + "\n"
    (ROOT / "benchmarks" / "results").mkdir(exist_ok=True)
    (ROOT / "benchmarks" / "results" / f"starting-{datetime.now(UTC):%Y-%m-%d}.md").write_text(text)
    print(text)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
