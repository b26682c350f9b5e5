# SPDX-License-Identifier: Apache-2.0
"""What one entry of the evidence log says, and how it is written.

An entry is canonical JSON of at most 4 KB with every name present, null where there is nothing to say:

| name | value |
|---|---|
| `v` | 1 |
| `kind` | what happened, `room.object.past` |
| `at` | when, UTC, cut to the minute: `2026-01-31T08:05Z` |
| `policy` | SHA-256 of the policy version, hexadecimal |
| `clause`, `control` | ids of the clause and control it bears on |
| `actor` | role of who acted |
| `subject_ref`, `nonce` | HMAC-SHA-256 under the person's log key of a nonce, and that nonce |
| `record` | commitment to a salted record that is kept elsewhere and may be disclosed |
| `facts` | what an inspector needs to judge the clause; nothing about a person |

What is hashed is what is exported, so the minute is cut before hashing: times to the millisecond could single a person
out. `subject_ref` is new in every entry, and is noise to everyone once the person's log key is destroyed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import digest
from typing import Final

from upheld.ledger.canonical import Json, canonical, parse_canonical
from upheld.ledger.faults import EntryMalformed

ENTRY_VERSION: Final = 1
"""The version that `write` writes."""

ENTRY_LIMIT_BYTES: Final = 4096
"""An entry says what happened; content never belongs here."""

SALT_BYTES: Final = 16
"""Shortest salt of a commitment: 128 bits, so that guessing the record is no easier than guessing the salt."""

_NAMES: Final = frozenset(
    {"v", "kind", "at", "policy", "clause", "control", "actor", "subject_ref", "nonce", "record", "facts"}
)
_KIND: Final = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+", re.ASCII)
_MINUTE: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened."""

    kind: str
    at: datetime
    facts: Mapping[str, Json]
    policy: str | None = None
    clause: str | None = None
    control: str | None = None
    actor: str | None = None
    subject_ref: str | None = None
    nonce: str | None = None
    record: str | None = None


def write(entry: Entry) -> bytes:
    """Return the entry as it is hashed, stored and exported.

    Raises:
        EntryMalformed: it is longer than 4 KB, has a fraction, a naive time or a misshapen kind.
    """
    if not _KIND.fullmatch(entry.kind):
        raise EntryMalformed("an entry's kind is lower-case words joined by dots")
    if (entry.subject_ref is None) != (entry.nonce is None):
        raise EntryMalformed("an entry has a subject reference and its nonce, or neither")
    text = canonical(
        {
            "v": ENTRY_VERSION,
            "kind": entry.kind,
            "at": cut_to_minute(entry.at),
            "policy": entry.policy,
            "clause": entry.clause,
            "control": entry.control,
            "actor": entry.actor,
            "subject_ref": entry.subject_ref,
            "nonce": entry.nonce,
            "record": entry.record,
            "facts": entry.facts,
        }
    )
    if len(text) > ENTRY_LIMIT_BYTES:
        raise EntryMalformed(f"an entry has at most {ENTRY_LIMIT_BYTES} bytes, this one has {len(text)}")
    return text


def cut_to_minute(moment: datetime) -> str:
    """Write a moment as an entry does.

    >>> cut_to_minute(datetime(2026, 1, 31, 8, 5, 59, tzinfo=UTC))
    '2026-01-31T08:05Z'

    Raises:
        EntryMalformed: it has no time zone.
    """
    if moment.tzinfo is None:
        raise EntryMalformed("an entry's time is aware, a naive one came")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ").rjust(17, "0")


def check_leaf(leaf: bytes) -> dict[str, Json]:
    """Check that a leaf is an entry, and return its JSON.

    Raises:
        EntryMalformed: it is too long, not canonical, of another version, or lacks or adds a name.
    """
    found = parse_canonical(leaf, limit_bytes=ENTRY_LIMIT_BYTES)
    if found.keys() != _NAMES:
        raise EntryMalformed(f"an entry has the names {', '.join(sorted(_NAMES))}")
    if found["v"] != ENTRY_VERSION or found["v"] is True:
        raise EntryMalformed(f"an entry of version {ENTRY_VERSION} was expected, another came")
    kind, moment = found["kind"], found["at"]
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise EntryMalformed("an entry's kind is lower-case words joined by dots")
    if not isinstance(moment, str) or not _MINUTE.fullmatch(moment):
        raise EntryMalformed("an entry's time is written YYYY-MM-DDThh:mmZ")
    return found


def read(leaf: bytes) -> Entry:
    """Read an entry.

    Raises:
        EntryMalformed: the leaf is none.
    """
    found = check_leaf(leaf)
    facts = found["facts"]
    if not isinstance(facts, Mapping):
        raise EntryMalformed("an entry's facts are an object")
    return Entry(
        kind=_text(found, "kind") or "",
        at=_moment(_text(found, "at") or ""),
        facts=facts,
        policy=_text(found, "policy"),
        clause=_text(found, "clause"),
        control=_text(found, "control"),
        actor=_text(found, "actor"),
        subject_ref=_text(found, "subject_ref"),
        nonce=_text(found, "nonce"),
        record=_text(found, "record"),
    )


def _text(found: Mapping[str, Json], name: str) -> str | None:
    value = found[name]
    if value is None or isinstance(value, str):
        return value
    raise EntryMalformed(f"an entry's {name} is text or null")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise EntryMalformed("an entry's time is no date that exists") from None


def subject_ref(log_key: bytes, nonce: str) -> str:
    """Return how an entry names a person: linkable only by who holds that person's log key.

    Args:
        log_key: the person's own random key, destroyed with the person's data.
        nonce: 128 random bits or more as text, new in every entry.
    """
    return digest(log_key, b"upheld/subject-ref/v1\n" + nonce.encode(), "sha256").hex()


def commit(salt: bytes, record: Mapping[str, Json]) -> str:
    """Return the commitment to a record: it hides the record until salt and record are disclosed.

    Args:
        salt: 128 random bits or more, sealed with the record.
        record: what may be disclosed later.

    Raises:
        EntryMalformed: the salt is too short, or the record has no canonical spelling.
    """
    if len(salt) < SALT_BYTES:
        raise EntryMalformed(f"a salt has {SALT_BYTES} bytes or more, {len(salt)} came")
    return sha256(b"upheld/record/v1\n" + len(salt).to_bytes(2, "big") + salt + canonical(record)).hexdigest()
