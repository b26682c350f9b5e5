# SPDX-License-Identifier: Apache-2.0
"""How bodies and answers are read and written."""

from datetime import date
from typing import Annotated, Final, TypeAlias
from uuid import UUID

from django.http import HttpResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

NAME_CHARACTERS: Final = 64
"""Longest id that the policy format allows."""
_NAME: Final = r"^[a-z0-9]+([._-][a-z0-9]+)*$"
_TOPIC: Final = r"^[a-z]+(-[a-z]+)*:[a-z0-9]+([._-][a-z0-9]+)*$"

Name: TypeAlias = Annotated[str, StringConstraints(pattern=_NAME, max_length=NAME_CHARACTERS)]
"""An id that the policy file declares."""
Topic: TypeAlias = Annotated[str, StringConstraints(pattern=_TOPIC, max_length=2 * NAME_CHARACTERS)]
"""What a choice is about, such as `purpose:profile` or `share:payment-provider`."""
Digest: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Id: TypeAlias = Annotated[UUID, Field(strict=False)]
"""JSON has no ids, so this one is read from text; everything else stays what it is."""


def _day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        msg = "expected a day of the calendar as YYYY-MM-DD"
        raise ValueError(msg) from None
    return text


Day: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    AfterValidator(_day),
    Field(json_schema_extra={"format": "date"}),
]


class Body(BaseModel):
    """What comes: strict (false is no integer), nothing unknown, and never repeated in an error."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Answer(BaseModel):
    """What goes out, read off the rooms' own values."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def reply(answer: BaseModel, status: int = 200) -> HttpResponse:
    """Answer with a model."""
    return HttpResponse(answer.model_dump_json(), status=status, content_type="application/json")
