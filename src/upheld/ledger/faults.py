# SPDX-License-Identifier: Apache-2.0
"""What the evidence log raises.

Broken
├── ProofBroken       an inclusion or consistency proof does not lead to the root
├── CheckpointBroken  a checkpoint is malformed, unsigned, or signed by nobody who is trusted
└── LogBroken         an exported log or a receipt does not hold; lists every fault found
BadInput
└── EntryMalformed    what should become or be an entry is none
"""

from dataclasses import dataclass

from upheld.errors import BadInput, Broken


class ProofBroken(Broken):
    """An inclusion or consistency proof does not lead to the root."""

    code = "proof_broken"


class CheckpointBroken(Broken):
    """A checkpoint is malformed, unsigned, or signed by nobody who is trusted."""

    code = "checkpoint_broken"


class EntryMalformed(BadInput):
    """What should become or be an entry is none."""

    code = "entry_malformed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong, and exactly where."""

    code: str
    """For programs: entry_altered, entry_missing, tile_altered, checkpoint_altered, tail_missing and so on."""
    place: str
    """For people and programs: "entry 17", "tile/0/000.p/18", "checkpoint 42"."""
    message: str
    """What was expected and what came."""

    @property
    def text(self) -> str:
        """Place and message as one line."""
        return f"{self.place}: {self.message}"


class LogBroken(Broken):
    """An exported log or a receipt does not hold."""

    code = "log_broken"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep every fault; the message names the first."""
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0].text}{more}")
        self.faults = faults
