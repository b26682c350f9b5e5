# SPDX-License-Identifier: Apache-2.0
"""The generated parts of the reference page: every key of the format, and every rule of the check."""

from collections.abc import Iterator, Mapping

from upheld.policy.rules import RULES
from upheld.policy.schema import json_schema

Schema = Mapping[str, object]


def rules_page() -> str:
    """List every rule with its remedy and source."""
    lines = ["| code | what must be so | remedy | source |", "|---|---|---|---|"]
    ordered = sorted(RULES.values(), key=lambda one: one.code[1:])
    lines += [f"| {rule.code} | {rule.demands[0]} | {rule.remedy[0]} | {rule.source} |" for rule in ordered]
    return "\n".join(lines) + "\n"


def sections_page() -> str:
    """List every key of every part, with its values."""
    schema = json_schema()
    definitions = schema["$defs"]
    lines = list(_part("Policy", schema))
    for name in sorted(definitions):
        if "properties" in definitions[name]:
            lines += _part(name, definitions[name])
    return "\n".join(lines) + "\n"


def _part(name: str, schema: Mapping[str, object]) -> Iterator[str]:
    properties, required = schema["properties"], schema.get("required", ())
    assert isinstance(properties, dict)
    assert isinstance(required, (list, tuple))
    yield f"### {name}\n"
    yield f"{schema.get('description', '')}\n"
    yield "| key | value | |"
    yield "|---|---|---|"
    for key, value in properties.items():
        needed = "**needed**. " if key in required else ""
        yield f"| `{key}` | {_value(value)} | {needed}{value.get('description', '')} |"
    yield ""


def _value(schema: Schema) -> str:
    """Say in a few words what may stand there."""
    for read in (_choice, _reference, _container):
        said = read(schema)
        if said:
            return said
    if schema.get("pattern") and schema.get("examples"):
        return "span of time"
    if schema.get("format") == "date":
        return "date"
    return {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(str(schema.get("type")), "")


def _choice(schema: Schema) -> str:
    if "const" in schema:
        return f"`{schema['const']}`"
    choices, ways = schema.get("enum"), schema.get("anyOf")
    if isinstance(choices, list):
        return ", ".join(f"`{one}`" for one in choices)
    if isinstance(ways, list):
        return " or ".join(_value(one) for one in ways if one.get("type") != "null")
    return ""


def _reference(schema: Schema) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name == "Language":
        return "language"
    return f"[{name}](#{name.lower()})" if name else ""


def _container(schema: Schema) -> str:
    items, entries, keys = schema.get("items"), schema.get("additionalProperties"), schema.get("propertyNames")
    if isinstance(items, dict):
        return f"list of {_value(items)}"
    patterned = schema.get("patternProperties")
    if isinstance(patterned, dict):
        entries = next(iter(patterned.values()))
    if not isinstance(entries, dict):
        return ""
    if isinstance(keys, dict) and str(keys.get("$ref", "")).endswith("/Language"):
        return "words"
    return f"id: {_value(entries)}"
