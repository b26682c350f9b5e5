# SPDX-License-Identifier: Apache-2.0
"""`compare` two versions of a policy by what they mean: which asks change their answer, and what follows for people.

`upheld.policy.diff` compares what two versions say; here the gate is asked what it decides under each.
"""

from upheld.gate.comparing.comparison import Comparison, compare
from upheld.gate.comparing.decisions import Changed, Decision, Kind
from upheld.gate.comparing.needs import Need

__all__ = ["Changed", "Comparison", "Decision", "Kind", "Need", "compare"]
