# SPDX-License-Identifier: Apache-2.0
"""Which clauses stand out, and the word that says why: a right given or limited, sensitive data, a child, abroad.

Whatever `weighs` of the model says weighs stands out, and what gives or limits a right besides. It is read from the terms
of the policy, so no author can forget to mark it (PIPL art. 17: conspicuous; GB/T 35273-2020, 5.5).
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from upheld import controls
from upheld.policy.binding import bind
from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.model.processing import ChildRule
from upheld.policy.model.weighing import weighs


class Mark(StrEnum):
    """Why a clause stands out."""

    SENSITIVE = "sensitive"
    RIGHT = "right"
    LIMIT = "limit"
    WITHOUT_CONSENT = "without_consent"
    CHILD = "child"
    ABROAD = "abroad"
    PUBLIC = "public"
    WEIGHTY = "weighty"


_SECTIONS: Mapping[str, Mark] = {
    "children": Mark.CHILD,
    "grounds": Mark.WITHOUT_CONSENT,
    "publication": Mark.PUBLIC,
    "regulators": Mark.RIGHT,
    "succession": Mark.RIGHT,
}
"""Sections whose clauses all weigh alike."""
_CHAPTERS: Mapping[Chapter, Mark] = {Chapter.RIGHTS: Mark.RIGHT, Chapter.CHILDREN: Mark.CHILD}


def marks(policy: Policy) -> Mapping[str, Mark]:
    """Say which clauses of a policy weigh, and why, by the id of the clause; the others are not in it."""
    if not controls.in_force("notices.weighty_clauses_stand_out"):
        return {}
    found = ((clause.id, _mark(policy, clause.id)) for clause in bind(policy))
    return {clause: mark for clause, mark in found if mark is not None}


def _mark(policy: Policy, clause: str) -> Mark | None:
    section, _, name = clause.partition(".")
    judge = _JUDGES.get(section)
    found = judge(policy, name) if judge else _SECTIONS.get(section)
    return Mark.WEIGHTY if found is None and weighs(policy, clause) else found


def _of_commitment(policy: Policy, name: str) -> Mark | None:
    return _CHAPTERS.get(policy.commitments[name].chapter)


def _of_processing(policy: Policy, path: str) -> Mark | None:
    name, _, part = path.partition(".")
    processing = policy.processing[name]
    match part:
        case "child":
            return None if processing.child is ChildRule.ALLOWED else Mark.CHILD
        case "weighty":
            return Mark.RIGHT
        case "refusable":
            return Mark.RIGHT if policy.purposes[name].refusable else Mark.LIMIT
        case "collects":
            return _if_sensitive(policy, processing.categories)
        case "" if name in policy.purposes:
            return _if_sensitive(policy, processing.categories)
        case _:
            return None


def _of_recipient(policy: Policy, name: str) -> Mark | None:
    recipient, home = policy.recipients[name], policy.residency
    if home and recipient.region != home.region:
        return Mark.ABROAD
    return _if_sensitive(policy, recipient.receives)


def _if_sensitive(policy: Policy, names: Iterable[str]) -> Mark | None:
    known = policy.categories
    return Mark.SENSITIVE if any(known[one].sensitive for one in names if one in known) else None


def _of_category(policy: Policy, name: str) -> Mark | None:
    return _if_sensitive(policy, [name])


def _of_permission(policy: Policy, name: str) -> Mark | None:
    return _if_sensitive(policy, policy.permissions[name].gives)


def _of_storage(policy: Policy, name: str) -> Mark | None:
    """A law that demands keeping limits the right to erasure."""
    law = policy.storage[name].law
    return Mark.LIMIT if law and law.at_least else None


def _of_residency(_policy: Policy, name: str) -> Mark | None:
    return Mark.ABROAD if name.startswith("abroad.") else None


def _of_right(_policy: Policy, name: str) -> Mark | None:
    return Mark.LIMIT if name.partition(".")[0] in {"refusals", "fees"} else Mark.RIGHT


def _of_change(_policy: Policy, name: str) -> Mark | None:
    return Mark.RIGHT if name == "cut-rights" else None


_JUDGES: Mapping[str, Callable[[Policy, str], Mark | None]] = {
    "categories": _of_category,
    "changes": _of_change,
    "commitments": _of_commitment,
    "functions": _of_processing,
    "permissions": _of_permission,
    "purposes": _of_processing,
    "recipients": _of_recipient,
    "residency": _of_residency,
    "rights": _of_right,
    "storage": _of_storage,
}
"""How the clauses of the other sections are judged, given the policy and the rest of the clause's id."""
