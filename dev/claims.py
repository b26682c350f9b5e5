# SPDX-License-Identifier: Apache-2.0
"""A pytest plug-in that takes claims seriously.

`@pytest.mark.upholds("S4-122", control="sharing.agreement_in_force")` claims a promise of the catalogue.
`--mutants` runs every claim once for each control it names with that control taken out, and turns the verdict round:
the claim must then fail by an assertion; one that still passes is a survivor, one that crashes proves nothing.
`--claims-report FILE` writes what was claimed and how it went, for `upheld obligations`.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from upheld import controls

REPORT: dict[str, dict[str, object]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("claims")
    group.addoption("--mutants", action="store_true", help="run each claim with its control taken out")
    group.addoption("--claims-report", metavar="FILE", help="write the claims and how they went")


def claims_of(item: pytest.Item) -> list[tuple[str, str]]:
    """Return (promise, control) of every claim on a test."""
    found = []
    for mark in item.iter_markers("upholds"):
        control = mark.kwargs.get("control")
        if control not in controls.CONTROLS:
            raise pytest.UsageError(f"{item.nodeid}: no control is named {control!r}")
        found += [(promise, control) for promise in mark.args]
    if len({control for _, control in found}) > 1:
        raise pytest.UsageError(f"{item.nodeid}: a test claims on one control; split it")
    return found


@pytest.fixture(autouse=True)
def control_taken_out(request: pytest.FixtureRequest) -> Iterator[str]:
    """Under `--mutants`, take the claimed control out for the length of the test, its setting up included."""
    claimed = {control for _, control in claims_of(request.node)}
    if not request.config.getoption("--mutants") or not claimed:
        yield ""
        return
    with controls.without(*claimed):
        yield claimed.pop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Check every claim; under `--mutants` keep nothing else."""
    for item in items:
        claims_of(item)
    if config.getoption("--mutants"):
        items[:] = [item for item in items if item.get_closest_marker("upholds")]


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Turn the verdict round when a control is out."""
    if not pyfuncitem.config.getoption("--mutants"):
        return (yield)
    control = claims_of(pyfuncitem)[0][1]
    try:
        yield
    except (AssertionError, pytest.fail.Exception):
        return True
    except Exception as error:
        pytest.fail(f"crashed without {control} instead of failing an assertion: {type(error).__name__}: {error}")
    pytest.fail(f"survived without {control}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[pytest.TestReport]:
    """Let the report carry the claims, so that it crosses from the workers."""
    report = yield
    report.user_properties += [("claim", list(claim)) for claim in claims_of(item)]
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how each claim went; a skipped claim did not pass."""
    claims = [value for name, value in report.user_properties if name == "claim"]
    if not claims or (report.when != "call" and report.passed):
        return
    for promise, control in claims:
        row = REPORT.setdefault(
            f"{promise} {control}", {"promise": promise, "control": control, "passed": True, "tests": []}
        )
        row["tests"] = sorted({*row["tests"], report.nodeid})  # type: ignore[misc]
        row["passed"] = bool(row["passed"]) and report.passed


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the report from the process that saw all of it."""
    file = session.config.getoption("--claims-report")
    if file and not hasattr(session.config, "workerinput"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        report = {"on": datetime.now(UTC).date().isoformat(), "claims": [REPORT[key] for key in sorted(REPORT)]}
        Path(file).write_text(json.dumps(report, indent=1) + "\n")
