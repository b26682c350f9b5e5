# SPDX-License-Identifier: Apache-2.0
"""A copy of a person's data, in three forms: for programs, for spreadsheets, for reading."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from upheld.consent import queries as consent
from upheld.facts import queries as facts
from upheld.rights import queries as rights
from upheld.terms import Right
from upheld.vault import service as vault
from upheld.vault.values import Opened
from upheld.web.portal import names
from upheld.web.portal.visitor import Who

FORMAT: Final = "upheld-copy/v1"
_COLUMNS: Final = ("item", "category", "label", "value", "purpose", "clause", "collected_at", "expires_at", "source")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV injection)."""


def taken(who: Who, *, right: Right, now: datetime) -> dict[str, Any]:
    """Open everything of a person for that person, and gather what goes with it.

    Raises:
        Denied: the policy grants no such right.
    """
    opened = vault.copy_of(data_subject_id=who.data_subject_id, now=now, by=who.reader, right=right)
    return {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "policy": {"id": who.policy.policy, "version": who.policy.version},
        "items": [_item(one, who) for one in opened.every],
        "choices": [_choice(one) for one in consent.history(who.data_subject_id)],
        "requests": [_request(one) for one in rights.of(who.data_subject_id)],
    }


def _item(one: Opened, who: Who) -> dict[str, str]:
    return {
        "item": str(one.item_id),
        "category": one.category,
        "label": names.category(facts.policy(one.version), one.category, who.language),
        "value": one.value,
        "purpose": one.purpose,
        "clause": one.clause,
        "collected_at": one.collected_at.isoformat(timespec="seconds"),
        "expires_at": one.expires_at.isoformat(timespec="seconds") if one.expires_at else "",
        "source": one.source.value,
    }


def _choice(one: Any) -> dict[str, str | int]:
    return {
        "topic": one.topic,
        "action": one.action.value,
        "version": one.version,
        "at": one.at.isoformat(timespec="seconds"),
    }


def _request(one: Any) -> dict[str, str]:
    return {
        "right": one.right.value,
        "state": one.state.value,
        "received_at": one.received_at.isoformat(timespec="seconds"),
    }


def as_json(found: Mapping[str, Any]) -> bytes:
    """Write a copy for programs."""
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def as_csv(found: Mapping[str, Sequence[Mapping[str, str]]]) -> bytes:
    """Write the items of a copy for spreadsheets; nothing in it is run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for item in found["items"]:
        writer.writerow([_inert(item[column]) for column in _COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode()  # the mark by which spreadsheets know UTF-8


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
