# SPDX-License-Identifier: Apache-2.0
"""What is installed at run time, and how much memory web, worker and witness take at rest.

python benchmarks/weight.py [--venv FOLDER]

Makes a fresh environment from requirements/run.txt (or takes one that is there), sets a product up in it, starts the
three processes, asks a few pages, waits, and adds up the proportional set size of every process (smaps_rollup: shared
pages are counted once). Writes benchmarks/results/weight-<date>.md; exits 1 past a limit.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
MOST_PACKAGES, MOST_INSTALLED_MB, MOST_MEMORY_MB = 60, 350, 300
IDLE_SECONDS = 15
COMMAND = "from upheld.cli.main import main; main()"
TOOLS = {"pip", "setuptools", "wheel", "upheld"}


def make_venv(folder: Path) -> Path:
    """Install what runs, hashes checked, nothing compiled."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin" / "python"
    required = str(ROOT / "requirements" / "run.txt")
    install = ["-m", "pip", "install", "-q", "--require-hashes", "--only-binary", ":all:", "-r", required]
    subprocess.run([str(python), *install], check=True)
    return python


def packages(python: Path) -> list[str]:
    code = (
        "import json, importlib.metadata as m; print(json.dumps(sorted({d.name.lower() for d in m.distributions()})))"
    )
    found = json.loads(subprocess.run([str(python), "-c", code], capture_output=True, check=True).stdout)
    return [name for name in found if name not in TOOLS]


def size_mb(python: Path) -> float:
    """Add up what the environment holds on disk, compiled caches included, its own installer left out."""
    packages = next(python.parents[1].glob("lib/python*/site-packages"))
    subprocess.run([str(python), "-m", "compileall", "-q", str(packages)], check=False, capture_output=True)
    files = (file for file in packages.rglob("*") if file.is_file() and not file.is_symlink())
    own = (file.stat().st_size for file in files if file.relative_to(packages).parts[0].split("-")[0] not in TOOLS)
    return sum(own) / 1_000_000


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def pss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int, path: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


def wait_for(port: int, path: str) -> None:
    for _ in range(300):
        if answers(port, path):
            return
        time.sleep(0.2)
    raise SystemExit(f"nothing answers {path}")


def memory(python: Path) -> dict[str, list[float]]:
    """Start the three processes on a fresh product and measure each at rest."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DJANGO_"))}
        environment |= {
            "UPHELD_HOME": f"{scratch}/home",
            "UPHELD_INSECURE_LOOPBACK": "1",
            "PYTHONPATH": str(ROOT / "src"),
        }

        def command(*arguments: str) -> list[str]:
            return [str(python), "-c", COMMAND, *arguments]

        subprocess.run(command("setup"), env=environment, check=True, capture_output=True)
        subprocess.run(command("publish", "baby-device", "--alone"), env=environment, check=True, capture_output=True)
        key = subprocess.run(command("evidence", "key"), env=environment, check=True, capture_output=True, text=True)
        web, watch = free_port(), free_port()
        log_key = key.stdout.strip().splitlines()[0]
        witness = ("witness", "--port", str(watch), "--folder", f"{scratch}/witness", "--log-key", log_key)
        running = {"witness": subprocess.Popen(command(*witness), env=environment)}
        wait_for(watch, "/")
        environment["UPHELD_WITNESS_URL"] = f"http://127.0.0.1:{watch}"
        environment["UPHELD_WITNESS_VKEY"] = Path(scratch, "witness", "witness.vkey").read_text().strip()
        running["web"] = subprocess.Popen(command("serve", "--port", str(web)), env=environment)
        running["worker"] = subprocess.Popen(command("work"), env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(web, "/readyz")
            for path in ("/", "/policy", "/policy/lists", "/sign-in", "/readyz") * 6:
                answers(web, path)
            time.sleep(IDLE_SECONDS)
            return {name: [pss_mb(one) for one in family(process.pid)] for name, process in running.items()}
        finally:
            for process in running.values():
                process.terminate()
            for process in running.values():
                process.wait(30)


def report(found: list[str], installed: float, used: dict[str, list[float]]) -> tuple[str, bool]:
    total = sum(map(sum, used.values()))
    rows = [
        ("packages", len(found), MOST_PACKAGES),
        ("installed, MB", round(installed), MOST_INSTALLED_MB),
        ("memory at rest, MB", round(total), MOST_MEMORY_MB),
    ]
    lines = ["# Weight at run time", "", f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}, SQLite.", ""]
    lines += ["| what | measured | at most |", "|---|---:|---:|", *(f"| {a} | {b} | {c} |" for a, b, c in rows), ""]
    lines += ["| process | MB (proportional set size) |", "|---|---:|"]
    lines += [
        f"| {name} | {sum(sizes):.0f} ({' + '.join(f'{s:.0f}' for s in sizes)}) |" for name, sizes in used.items()
    ]
    lines += ["", "Packages: " + ", ".join(found) + "."]
    return "\n".join(lines) + "\n", all(measured <= most for _, measured, most in rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", type=Path, help="an environment that is there already")
    given = parser.parse_args().venv
    with tempfile.TemporaryDirectory() as scratch:
        python = given / "bin" / "python" if given else make_venv(Path(scratch) / "venv")
        text, is_light = report(packages(python), size_mb(python), memory(python))
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / f"weight-{datetime.now(UTC):%Y-%m-%d}.md").write_text(text)
    print(text)
    return 0 if is_light else 1


if __name__ == "__main__":
    sys.exit(main())
