# SPDX-License-Identifier: Apache-2.0
"""What every section of a policy file is made of: ids, words in several languages, spans of time, spelling.

The file spells with hyphens (`unknown-age`, `legal-duty`); Python and tables spell with underscores. The turn happens
here and nowhere else: keys by alias, enumerated values by `HYPHENED`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue  # costs a tenth of the start

from upheld.terms import Language


def hyphened(name: str) -> str:
    """Spell a Python name as the file does."""
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """A part of the policy file: read strictly, closed to unknown keys, never changed after."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=hyphened,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
    )


class Hyphened:
    """Reads an enumerated value spelt with hyphens, and writes it so."""

    def __get_pydantic_core_schema__(self, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Turn hyphens to underscores before the enumeration looks at the value."""
        return core_schema.no_info_before_validator_function(
            _underscored,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(hyphened, when_used="json"),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> "JsonSchemaValue":
        """Show editors the hyphened spellings."""
        shown = handler.resolve_ref_schema(handler(schema))
        return {"type": "string", "enum": [hyphened(str(value)) for value in shown.get("enum", [shown.get("const")])]}


def _underscored(value: object) -> object:
    if not isinstance(value, str):
        return value
    if "_" in value:
        raise ValueError("spell it with hyphens, not underscores")
    return value.replace("-", "_")


HYPHENED: Final = Hyphened()

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""Names an entry within its section; part of a clause's id."""

CategoryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$", max_length=64)]
"""Names a category; a dot groups kinds, as in `location.precise`."""

Sentence = Annotated[str, Field(min_length=1, max_length=4000)]

Words = Mapping[Language, Sentence]
"""One thing said in each of the policy's languages."""

Link = Annotated[str, Field(pattern=r"^https://[^\s<>\"']+$", max_length=500)]

Controls = tuple[Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")], ...]


class Entry(Part):
    """An entry that is a clause: a promise with an id."""

    text: Words | None = None
    """The author's own sentence; without it one is written from the entry's terms."""


def say(words: Words | None, language: Language) -> str:
    """Say it in that language; in another where that one is missing; nothing where there is nothing."""
    if not words:
        return ""
    return words.get(language) or next(iter(words.values()))
