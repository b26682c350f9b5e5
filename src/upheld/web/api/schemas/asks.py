# SPDX-License-Identifier: Apache-2.0
"""Asks of the gate as programs send them, and what comes back."""

from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from upheld.gate.values import Ask, Duty
from upheld.terms import Act, Actor
from upheld.web.api.schemas.base import Answer, Body, Id, Name


class AskBody(Body):
    """What a program wants to do, and why."""

    act: Annotated[Act, Field(strict=False)]
    purpose: Name
    categories: Annotated[list[Name], Field(max_length=64)] = Field(default_factory=list)
    actor: Literal["service", "self", "guardian"] = "service"
    recipient: Name | None = None
    ground: Name | None = None
    evidence: Annotated[
        dict[Name, Annotated[str, StringConstraints(min_length=1, max_length=200)]], Field(max_length=16)
    ] = Field(default_factory=dict)
    permission: Name | None = None
    foreground: bool = True
    destination: Name | None = None
    form: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_-]*$", max_length=64)] | None = None
    source: Name | None = None
    declared: bool = False

    def as_ask(self) -> Ask:
        """Return the gate's own value."""
        ask = _ask(
            self.act,
            self.purpose,
            tuple(self.categories),
            self.actor,
            self.recipient,
            self.ground,
            self.permission,
            self.foreground,
            self.destination,
            self.form,
            self.source,
            self.declared,
        )
        return replace(ask, evidence=self.evidence) if self.evidence else ask


@lru_cache(maxsize=1024)
def _ask(
    act: Act,
    purpose: str,
    categories: tuple[str, ...],
    actor: str,
    recipient: str | None,
    ground: str | None,
    permission: str | None,
    foreground: bool,
    destination: str | None,
    form: str | None,
    source: str | None,
    declared: bool,
) -> Ask:
    """Make an ask, or return the equal one that was made before: programs ask a few questions of many people."""
    return Ask(
        act=act,
        purpose=purpose,
        categories=categories,
        actor=Actor(actor),
        recipient=recipient,
        ground=ground,
        permission=permission,
        foreground=foreground,
        destination=destination,
        form=form,
        source=source,
        declared=declared,
    )


class PersonAsk(AskBody):
    """An ask about one person."""

    person: Id


class ReasonAnswer(Answer):
    """One thing in the way: its stable code, the control and the clause, and what would lift it."""

    code: str
    control: str
    clause: str
    lifts: str


class ObligationAnswer(Answer):
    """Something to do when using what was allowed."""

    duty: Duty
    about: str


class Advice(Answer):
    """What the gate says now; advice, not a permit."""

    allowed: bool
    version: int
    clauses: list[str]
    obligations: list[ObligationAnswer]
    reasons: list[ReasonAnswer]


class PermitAnswer(Answer):
    """A permit for exactly this ask, this person and this key: once, within its seconds."""

    permit: str
    expires_in_seconds: int
