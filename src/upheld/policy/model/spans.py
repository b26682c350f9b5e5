# SPDX-License-Identifier: Apache-2.0
"""Spans of time and deadlines, written as people write them: `180 days`, `1 month`, `15 working days`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue  # costs a tenth of the start


class Unit(StrEnum):
    """What a span or deadline is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"


_LONGEST_DAYS: Final = {Unit.HOUR: 1 / 24, Unit.DAY: 1, Unit.WORKING_DAY: 1, Unit.MONTH: 31, Unit.YEAR: 366}
_WRITTEN: Final = r"^([1-9][0-9]{0,4}) (hour|day|working day|month|year)s?$"


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time in a calendar's own unit: a month stays a month."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `180 days`.

        Raises:
            ValueError: it is not a number from 1 to 99999 and a unit.
        """
        found = re.fullmatch(_WRITTEN, text)
        if not found:
            raise ValueError(
                "expected a number and a unit: hours, days, working days, months or years, as in '15 days'"
            )
        return cls(int(found[1]), Unit(found[2].replace(" ", "_")))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value.replace('_', ' ')}{'s' if self.amount > 1 else ''}"

    @property
    def days_at_most(self) -> float:
        """Say how many days it can last, for comparing spans (working days without their weekends)."""
        return self.amount * _LONGEST_DAYS[self.unit]

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: type, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read from text, write as text."""
        return core_schema.no_info_plain_validator_function(cls._read, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> "JsonSchemaValue":
        """Show editors the written form."""
        return {"type": "string", "pattern": _WRITTEN, "examples": ["15 days", "15 working days", "1 month"]}

    @classmethod
    def _read(cls, value: object) -> Self:
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls.parse(value)
        raise ValueError("expected a span of time such as '15 days'")


class ClockStart(StrEnum):
    """When the clock of an answer starts."""

    RECEIPT = "receipt"
    VERIFICATION = "verification"
