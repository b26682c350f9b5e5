# SPDX-License-Identifier: Apache-2.0
"""The choices of the settings page, in the groups people think in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upheld.consent.recording import clause_of
from upheld.consent.values import Choice, State, TopicKind
from upheld.terms import Tier
from upheld.web.portal import names
from upheld.web.portal.denials import anchor
from upheld.web.portal.visitor import Who


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One choice, ready to show."""

    choice: Choice
    anchor: str
    state: str
    mark: str
    yes_label: str | Promise
    no_label: str | Promise
    categories: tuple[str, ...]
    clause: str
    clause_address: str
    form: Mapping[str, str]
    """What the form of this choice carries: the topic, which wording was shown, and for whom it was opened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Choices that belong together."""

    key: str
    title: str | Promise
    lead: str | Promise
    lines: tuple[Line, ...]
    folded: bool = False


_GROUPS: Final[tuple[tuple[str, Promise, Promise], ...]] = (
    ("basic", _("Basic functions"), _("The product itself. They ask for no consent, and for no more than they need.")),
    ("extended", _("Extended functions"), _("Each is your own choice. Declining one leaves everything else whole.")),
    ("purposes", _("Further purposes"), _("What else your data may be used for, if you agree.")),
    ("permissions", _("Permissions of your device"), _("Asked for when a function needs them.")),
    ("recipients", _("Who may receive it"), _("A consent for each recipient.")),
    ("sources", _("What others may pass on"), _("Data that does not come from you, for each who would pass it on.")),
    ("trackers", _("Cookies and trackers"), _("What the product can do without, each a choice of its own.")),
    ("publication", _("Publication"), _("Whether something of yours may be made public, function by function.")),
)


def groups(found: list[Choice], who: Who) -> Iterator[Group]:
    """Group choices; a group without any is left out."""
    for key, title, lead in _GROUPS:
        lines = tuple(_line(one, who) for one in found if _group_of(one) == key)
        if lines:
            yield Group(key=key, title=title, lead=lead, lines=lines, folded=key == "publication")


def _group_of(choice: Choice) -> str:
    match choice.kind:
        case TopicKind.PERMISSION:
            return "permissions"
        case TopicKind.SHARE | TopicKind.SHARE_MORE | TopicKind.ABROAD | TopicKind.TRANSFER:
            return "recipients"
        case TopicKind.TRACKER:
            return "trackers"
        case TopicKind.SOURCE:
            return "sources"
        case TopicKind.PUBLISH:
            return "publication"
        case TopicKind.PURPOSE | TopicKind.SENSITIVE:
            if choice.tier is None:
                return "purposes"
            return "basic" if choice.tier is Tier.BASIC else "extended"


def _line(choice: Choice, who: Who) -> Line:
    policy, language = who.policy, who.language
    switched = choice.state is State.ALWAYS_ON and choice.can_change
    clause = clause_of(policy, choice.topic)
    return Line(
        choice=choice,
        anchor=anchor(choice.topic),
        state=State.GIVEN.value if switched else choice.state.value,
        mark=_MARKS.get(choice.kind, ""),
        yes_label=_("Keep it on") if switched else "",
        no_label=_("Object") if switched else "",
        categories=tuple(names.categories(policy, choice.categories, language)),
        clause=clause,
        clause_address=names.clause_address(clause, policy.version),
        form={"topic": choice.topic, "wording": choice.wording_sha256, **who.whose},
    )


_MARKS: Final = {TopicKind.SENSITIVE: "sensitive"}
