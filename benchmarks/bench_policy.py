# SPDX-License-Identifier: Apache-2.0
"""What one does with a policy file: `python benchmarks/bench_policy.py [--fast] [--no-proof] [--no-hostile]`.

For each of the five: parse, check, bind, compile, render, compare with a version that lacks one storage period and one purpose, and prove;
the import of the library; `upheld check` as a command; and hostile files at 250 kB, 500 kB and 1 MB, with the ratio of
time to size (1.0 is in proportion, 4.0 is quadratic). CPU seconds, the best of a few runs, into
`benchmarks/results/policy-DATE.md`. Say the load of the machine with the figures: it is in the file's head.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.policy import hostile  # noqa: E402
from upheld import gate, places, policy  # noqa: E402
from upheld.terms import Language  # noqa: E402

FIVE = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")
SIZES = (250_000, 500_000, 1_000_000)
IMPORT = "from upheld import policy, gate"
DEEP_IMPORT = f"{IMPORT}; policy.parse; policy.check; gate.compile; gate.decide"


def cpu(work, runs: int = 3) -> float:
    """CPU seconds of the best run."""

    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return min(once() for _ in range(runs))


def child(arguments: list[str], runs: int) -> float:
    """CPU seconds, with the system's share, of the best run of a process of its own, after one that warms the disk."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
        subprocess.run(arguments, env=environment, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min([once() for _ in range(runs + 1)][1:])


def the_five(runs: int, *, proof: bool):
    yield "## The five\n\nCPU seconds.\n"
    yield "| policy | parse | check | `upheld check` | bind | compile | render | diff | compare | prove |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name in FIVE:
        file = places.policy_file(name)
        parsed = policy.parse(file)
        one = parsed.policy
        period = next(iter(one.storage))
        storage = {key: value for key, value in one.storage.items() if key != period}
        purpose = next(iter(one.purposes))
        fewer = {key: value for key, value in one.purposes.items() if key != purpose}
        after = one.model_copy(update={"version": one.version + 1, "storage": storage, "purposes": fewer})
        took = [
            cpu(lambda: policy.parse(file), runs),
            cpu(lambda: policy.check(parsed), runs),
            child([sys.executable, "-m", "upheld", "check", name], runs),
            cpu(lambda: policy.bind(one), runs),
            cpu(lambda: gate.compile(one), runs),
            cpu(lambda: policy.render(one, Language.EN), runs),
            cpu(lambda: policy.diff(one, after), runs),
            cpu(lambda: gate.compare(one, after), 1),
            cpu(lambda: gate.prove(one), 1) if proof else float("nan"),
        ]
        yield f"| {name} | " + " | ".join(f"{one:.3f}" for one in took) + " |"


def imports(runs: int):
    nothing = child([sys.executable, "-c", "pass"], runs)
    yield "\n## Import\n\nCPU milliseconds beyond those of an empty Python.\n\n| line | ms |\n|---|---:|"
    for line in (IMPORT, DEEP_IMPORT):
        yield f"| `{line}` | {(child([sys.executable, '-c', line], runs) - nothing) * 1000:.0f} |"


def read(data: bytes) -> None:
    try:
        policy.parse(data)
    except policy.PolicyUnreadable:
        pass


def attacks():
    yield "\n## Hostile files\n\nCPU seconds at 250 kB, 500 kB and 1 MB; the ratio is time per byte at 1 MB by that at 250 kB.\n"
    yield "| shape | done | 250 kB | 500 kB | 1 MB | ratio |\n|---|---|---:|---:|---:|---:|"
    for name, shape in hostile.YAML.items():
        yield row(name, "parse", [(size, cpu(lambda data=shape(size).encode(): read(data), 2)) for size in SIZES])
    for name, shape in hostile.POLICIES.items():
        files = [hostile.written(shape(size)) for size in SIZES]
        sizes = [len(one) for one in files]
        parsed = [policy.parse(one) for one in files]
        yield row(
            name, "parse", list(zip(sizes, (cpu(lambda one=one: policy.parse(one), 1) for one in files), strict=True))
        )
        yield row(
            name, "check", list(zip(sizes, (cpu(lambda one=one: policy.check(one), 1) for one in parsed), strict=True))
        )


def row(name: str, done: str, took: list[tuple[int, float]]) -> str:
    (small, quick), *_, (large, slow) = took
    ratio = (slow / large) / (max(quick, 0.001) / small)
    return f"| {name} | {done} | " + " | ".join(f"{one:.3f}" for _, one in took) + f" | {ratio:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="one run of each")
    parser.add_argument("--no-proof", action="store_true")
    parser.add_argument("--no-hostile", action="store_true")
    options = parser.parse_args()
    runs = 1 if options.fast else 5
    load = os.getloadavg()[0]
    lines = [
        "# Policies: check, compare, prove, hostile files\n",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f} at the start.\n",
        *the_five(runs, proof=not options.no_proof),
        *imports(runs),
        *(() if options.no_hostile else attacks()),
        f"\nLoad at the end: {os.getloadavg()[0]:.1f}.",
    ]
    text = "\n".join(lines) + "\n"
    place = ROOT / "benchmarks" / "results" / f"policy-{datetime.now(UTC):%Y-%m-%d}.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
