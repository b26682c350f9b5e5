# SPDX-License-Identifier: Apache-2.0
"""What a simulation came to: the board, what was done and refused, what passed that must not, and who was forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from upheld import policy
from upheld.promises.values import Board
from upheld.simulation.parting import Forgotten
from upheld.simulation.world import World
from upheld.terms import Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Ran:
    """A simulation that came to its end.

    Attributes:
        world: its people and counts.
        board: the promise board, recomputed from data and log.
        dead_jobs: jobs that were laid aside after their last try: kind, step, and the error's code.
        forgotten: what erasing everyone came to, if that was asked.
    """

    world: World
    board: Board
    dead_jobs: tuple[str, ...]
    forgotten: Forgotten | None

    @property
    def is_broken(self) -> bool:
        """Whether anything went as no promise allows."""
        broken = self.board.counts[Status.BROKEN.value] > 0
        changed = self.forgotten is not None and bool(self.forgotten.changed)
        return broken or bool(self.world.passed) or bool(self.dead_jobs) or changed

    def clauses_of(self, control: str) -> list[str]:
        """Name the clauses that a control upholds."""
        return [clause.id for clause in policy.bind(self.world.policy) if control in clause.controls]

    def as_document(self) -> dict[str, Any]:
        """Return what JSON carries beside the board."""
        world = self.world
        found: dict[str, Any] = {
            "people": len(world.people),
            "days": world.day + 1,
            "letters": world.outbox.letters,
            "dead_jobs": list(self.dead_jobs),
            "done": dict(sorted(world.done.items())),
            "refused": [
                {"deed": deed, "by": by, "times": times} for (deed, by), times in sorted(world.refused.items())
            ],
            "passed": [
                {"control": control, "times": times, "clauses": self.clauses_of(control)}
                for control, times in sorted(world.passed.items())
            ],
        }
        if self.forgotten is not None:
            changed = [{"clause": c, "before": b, "after": a} for c, b, a in self.forgotten.changed]
            found["erased"] = {"people": self.forgotten.people, "changed": changed}
        return found

    def in_words(self) -> Iterator[str]:
        """Say the same in lines for people."""
        world = self.world
        done, refused = sum(world.done.values()), sum(world.refused.values())
        yield f"{len(world.people)} people, {world.day + 1} days: {done} deeds done, {refused} refused"
        for control, times in sorted(world.passed.items()):
            clauses = ", ".join(self.clauses_of(control)) or "no clause of this policy"
            yield f"{times} attempts passed that {control} should have refused; it upholds: {clauses}"
        for dead in self.dead_jobs:
            yield f"a job was laid aside after its last try: {dead}"
        if self.forgotten is not None:
            yield f"{self.forgotten.people} people were erased; {len(self.forgotten.changed)} past statuses changed"
            for clause, before, after in self.forgotten.changed:
                yield f"    {clause}: {before} before, {after} after"
