# SPDX-License-Identifier: Apache-2.0
"""The five policies, compiled."""

from functools import cache
from pathlib import Path

from upheld import gate
from upheld.policy import parse

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = sorted(path.stem for path in POLICIES.glob("*.yaml"))


@cache
def rulebook(name="baby-device"):
    """A compiled policy."""
    return gate.compile(parse(POLICIES / f"{name}.yaml").policy)
