# SPDX-License-Identifier: Apache-2.0
"""The ways in which one person is told of a change: shown on the portal's pages, left as a message, mailed, texted.

What a page shows is told when it is shown; what is sent is told when it is queued, and the room of messages knows
whether it arrived. A letter goes to an address that the policy lets be used: the gate is asked for a purpose that sends
messages, or for the one that the address was collected for. Who left no address is not told by letter.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld import gate
from upheld.errors import Conflict
from upheld.facts import queries as facts
from upheld.gate import Ask, Permit
from upheld.messages import service as messages
from upheld.messages.service import Message
from upheld.messages.values import Channel
from upheld.notices import wording
from upheld.notices.models import ChangeTold, NoticeAcknowledgement
from upheld.policy import Policy
from upheld.policy.model.governance import Telling
from upheld.terms import Act, Actor, DataSubjectId, Language
from upheld.vault import queries as vault
from upheld.vault import service as vault_verbs
from upheld.vault.values import Reader, ReaderKind

ON_PAGES: Final = frozenset({Telling.BADGE, Telling.POPUP})
"""Ways that happen when a person opens a page."""
LETTERS: Final = {Telling.MAIL: ("email", Channel.EMAIL), Telling.SMS: ("phone", Channel.SMS)}
"""Ways that need an address: its category, and how it is carried."""
BY_WORKER: Final = frozenset({Telling.MESSAGE, *LETTERS})
"""Ways that need nobody to come by."""
PERSONAL: Final = ON_PAGES | BY_WORKER
"""Ways that reach one person; a page and a public notice are there for all, from the day of publication."""


def promised(policy: Policy, *, is_major: bool) -> tuple[Telling, ...]:
    """Name the personal ways that a policy promises for a change; letters are for major ones."""
    told = policy.changes.tell if policy.changes is not None else ()
    return tuple(way for way in told if way in PERSONAL and (is_major or way not in LETTERS))


def left(
    data_subject_id: DataSubjectId, policy: Policy, version: int, *, is_major: bool, now: datetime
) -> tuple[Telling, ...]:
    """Name the ways in which a person is still to be told of a version, by the policy that binds the person."""
    used = set(
        ChangeTold.objects.filter(data_subject_id=data_subject_id, version=version).values_list("way", flat=True)
    )
    return tuple(
        way
        for way in promised(policy, is_major=is_major)
        if way.value not in used and (way not in LETTERS or _usable(data_subject_id, policy, way, now) is not None)
    )


def send(
    data_subject_id: DataSubjectId, *, bound: int, version: int, is_major: bool, way: Telling, now: datetime
) -> UUID:
    """Tell a person by a way that needs nobody to come by; return the id of the letter or note.

    Raises:
        Conflict: there is no address that may be used.
    """
    language = language_of(data_subject_id)
    before, after = facts.policy(bound), facts.policy(version)
    day = after.effective.isoformat() if after.effective else ""
    values = {"version": str(version), "date": day}
    template = "notice.changed"
    if is_major and way is not Telling.SMS:  # a text message is too short for it, and says where it stands
        template, values = "notice.changed_major", values | {"changes": wording.told(before, after, language)}
    message = Message(
        data_subject_id=data_subject_id,
        template=template,
        values=values,
        language=language,
        dedupe=f"notice:{version}:{way.value}",
        clause="changes.tell",
    )
    if way is Telling.MESSAGE:
        return messages.leave_note(message, now=now)
    _category, channel = LETTERS[way]
    found = address(data_subject_id, before, way, now)
    if found is None:
        raise Conflict("there is no address that may be used to tell this person")
    return messages.queue(message, channel=channel, address=found, now=now)


def language_of(data_subject_id: DataSubjectId) -> Language:
    """Return the language in which a person last accepted the notice; Chinese where none did."""
    rows = NoticeAcknowledgement.objects.filter(data_subject_id=data_subject_id).order_by("-at", "-id")
    found = rows.values_list("language", flat=True).first()
    return Language(found) if found else Language.ZH_HANS


def address(data_subject_id: DataSubjectId, policy: Policy, way: Telling, now: datetime) -> str | None:
    """Open the address that a letter to a person may go to by the policy that binds the person, or None."""
    ask = _usable(data_subject_id, policy, way, now)
    if ask is None:
        return None
    by = Reader(kind=ReaderKind.SERVICE)
    opened = vault_verbs.open_items(ask=ask, data_subject_id=data_subject_id, now=now, by=by, limit=1)
    return opened.every[0].value if opened.every else None


def _usable(data_subject_id: DataSubjectId, policy: Policy, way: Telling, now: datetime) -> Ask | None:
    """Return the ask under which a person's address may be used, if there is one."""
    known, instant = facts.of(data_subject_id), int(now.timestamp())
    rulebook = facts.rulebook(known.person.version)
    for ask in _asks(data_subject_id, policy, LETTERS[way][0], now):
        if isinstance(gate.decide(rulebook, known, ask, instant), Permit):
            return ask
    return None


def _asks(data_subject_id: DataSubjectId, policy: Policy, category: str, now: datetime) -> Iterator[Ask]:
    """Name what an address may be asked for: purposes that send messages, then what each one was collected for."""
    held = vault.metadata(data_subject_id, now=now, category=category)
    if not held:
        return
    sends = [name for name, one in policy.processing.items() if Act.MESSAGE in one.acts and category in one.categories]
    for purpose in sends:
        yield Ask(act=Act.MESSAGE, purpose=purpose, categories=(category,), actor=Actor.SERVICE)
    for purpose in dict.fromkeys(item.purpose for item in held):
        yield Ask(act=Act.USE, purpose=purpose, categories=(category,), actor=Actor.SERVICE)
