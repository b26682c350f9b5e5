# SPDX-License-Identifier: Apache-2.0
"""The five policies, compiled and plain."""

from functools import cache
from pathlib import Path

from tests.gate import reference
from upheld import gate
from upheld.policy import parse

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = sorted(path.stem for path in POLICIES.glob("*.yaml"))


@cache
def rulebook(name="baby-device"):
    """A compiled policy."""
    return gate.compile(parse(POLICIES / f"{name}.yaml").policy)


@cache
def plain(name="baby-device"):
    """The same policy as plain mappings."""
    return reference.load(POLICIES / f"{name}.yaml")
