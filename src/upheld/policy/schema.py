# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema of the policy file, for editors and for programs that write policies."""

import ast
import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

from upheld.policy import model
from upheld.policy.model import Policy

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> JsonSchemaValue:
    """Make the schema, with the docstring of every key as its description."""
    schema = Policy.model_json_schema(by_alias=True)
    for definition, fields in _described().items():
        shown = schema if definition == Policy.__name__ else schema["$defs"].get(definition, {})
        for name, description in fields.items():
            if name in shown.get("properties", {}):
                shown["properties"][name].setdefault("description", description)
    return {"$schema": _DIALECT, "$id": "https://upheld.example/schema/policy-1.json", **schema}


def _described() -> dict[str, dict[str, str]]:
    """Read the docstrings below the fields of every model (too slow to do at import)."""
    described: dict[str, dict[str, str]] = {}
    for info in iter_modules(model.__path__, f"{model.__name__}."):
        module = import_module(info.name)
        for node in ast.parse(inspect.getsource(module)).body:
            kind = getattr(module, node.name, None) if isinstance(node, ast.ClassDef) else None
            if isinstance(node, ast.ClassDef) and isinstance(kind, type) and issubclass(kind, BaseModel):
                described[node.name] = _field_docs(node, kind)
    return described


def _field_docs(node: ast.ClassDef, kind: type[BaseModel]) -> dict[str, str]:
    docs = {}
    for field, after in zip(node.body, node.body[1:], strict=False):
        named = isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        documented = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if named and documented:
            assert isinstance(field, ast.AnnAssign)
            assert isinstance(field.target, ast.Name)
            assert isinstance(after, ast.Expr)
            assert isinstance(after.value, ast.Constant)
            info = kind.model_fields.get(field.target.id)
            if info:
                docs[info.alias or field.target.id] = str(after.value.value)
    return docs
