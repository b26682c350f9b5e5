# SPDX-License-Identifier: Apache-2.0
"""What an act hands to the sequencer: one thing that happened, without anything about a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Fact = str | int | bool | None | list["Fact"] | dict[str, "Fact"]
"""A value of evidence: JSON without fractions, which no two writers print alike."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectRef:
    """How one entry names one person: linkable only while that person's log key exists."""

    ref: str
    nonce: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One thing that happened, as the sequencer takes it in."""

    event: str
    at: datetime
    subject: SubjectRef | None
    clause: str | None
    control: str | None
    facts: Mapping[str, Fact]
