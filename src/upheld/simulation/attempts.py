# SPDX-License-Identifier: Apache-2.0
"""Attempts that must fail."""

from upheld.simulation.world import Someone, World


def attempt(world: World, someone: Someone) -> None:
    """Try."""
