# SPDX-License-Identifier: Apache-2.0
"""A refusal, as RFC 9457 spells it."""

from pydantic import BaseModel

from upheld.web.api.schemas.asks import ReasonAnswer


class Misfit(BaseModel):
    """One place of a request that is not as expected; what came is not repeated."""

    at: str
    code: str
    expected: str


class Problem(BaseModel):
    """Why a request was refused. `code` is stable; `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    hint: str | None = None
    reasons: list[ReasonAnswer] | None = None
    errors: list[Misfit] | None = None
