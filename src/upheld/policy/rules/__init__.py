# SPDX-License-Identifier: Apache-2.0
"""The rules, one module per family; importing this package registers them all."""

from upheld.policy.rules import (
    age,
    clauses,
    contradictions,
    data,
    figures,
    functions,
    governance,
    identity,
    permissions,
    recipients,
    references,
    rights,
    storage,
    texts,
)
from upheld.policy.rules.registry import RULES, Fault, Rule

__all__ = [
    "RULES",
    "Fault",
    "Rule",
    "age",
    "clauses",
    "contradictions",
    "data",
    "figures",
    "functions",
    "governance",
    "identity",
    "permissions",
    "recipients",
    "references",
    "rights",
    "storage",
    "texts",
]
