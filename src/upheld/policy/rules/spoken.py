# SPDX-License-Identifier: Apache-2.0
"""Rules on what a policy speaks of: it is there, in the section where it belongs."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.governance import Trigger
from upheld.policy.model.processing import RefusalEnds
from upheld.policy.model.recipients import RecipientKind
from upheld.policy.model.storage import AllowedBy
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import found
from upheld.terms import LawfulBasis, Right, Tier

_WATCHED: Final[dict[Trigger, tuple[str, str, Callable[[Policy], bool]]]] = {
    Trigger.CONTACT: ("controller", "officer", lambda policy: bool(policy.controller and policy.controller.officer)),
    Trigger.RIGHTS: ("rights", "rights", lambda policy: bool(policy.rights)),
}
"""By trigger: the section, what is missing from it, and whether it is there."""


@rule(
    "E907",
    ("What a list of major changes watches is in the policy.", "重大变更所涉事项在政策中存在。"),
    remedy=("write what could change", "补写可能变更的事项"),
)
def watches_nothing(policy: Policy) -> Iterator[Fault]:
    """Find major changes of something that the policy does not say."""
    for name, major in policy.changes.major.items() if policy.changes else ():
        section, what, there = _WATCHED.get(major.trigger, ("", "", lambda _: True))
        if not there(policy):
            message = (f"it watches '{what}', which '{section}' does not give", f"所涉“{what}”在 {section} 中不存在")
            yield Fault(f"changes.major.{name}", message)


_SPOKEN: Final[tuple[tuple[re.Pattern[str], str, Callable[[Policy], bool]], ...]] = (
    (
        re.compile(r"\bextended (?:business )?functions?\b|扩展(?:业务)?功能|附加功能", re.IGNORECASE),
        "functions",
        lambda policy: any(one.tier is Tier.EXTENDED for one in policy.functions.values()),
    ),
    (
        re.compile(r"\bSDKs?\b"),
        "recipients",
        lambda policy: any(one.kind is RecipientKind.SDK for one in policy.recipients.values()),
    ),
    (
        re.compile(r"\baffiliates?\b|关联(?:公司|方)", re.IGNORECASE),
        "recipients",
        lambda policy: (
            any(one.kind is RecipientKind.AFFILIATE for one in policy.recipients.values())
            or any(one.kind == "affiliate" for one in policy.sources.values())
        ),
    ),
    (re.compile(r"\bcookies?\b", re.IGNORECASE), "trackers", lambda policy: bool(policy.trackers)),
    (
        re.compile(r"\bguardians?\b|监护人", re.IGNORECASE),
        "children",
        lambda policy: bool(policy.children),
    ),
)
"""What texts speak of, the section that it belongs to, and whether it is there."""


@rule(
    "E908",
    ("What a text speaks of is in its section.", "文字所提事项在相应章节列明。"),
    remedy=("list it there, or do not speak of it", "在该章节列明，或不提及"),
)
def spoken_of_and_missing(policy: Policy) -> Iterator[Fault]:
    """Find functions, components, affiliates, cookies and guardians that are named in a sentence only; each once."""
    for pattern, section, there in _SPOKEN:
        if there(policy):
            continue
        place = next((hit for hit in found(policy, pattern) if hit[0].partition(".")[0] == "commitments"), None)
        if place:
            yield Fault(
                place[0], (f"it speaks of '{place[1]}'; '{section}' has none", f"提到“{place[1]}”，{section} 中没有")
            )


@rule(
    "E909",
    ("What rests on consent can be withdrawn.", "基于同意的处理可以撤回。"),
    remedy=("add 'rights.requests.withdrawal'", "补充 rights.requests.withdrawal"),
    source="PIPL art. 15; GDPR art. 7(3)",
)
def no_way_back(policy: Policy) -> Iterator[Fault]:
    """Find consents that could be given and not taken back."""
    if policy.rights and Right.WITHDRAWAL in policy.rights.requests:
        return
    for section, entries in (("functions", policy.functions), ("purposes", policy.purposes)):
        for name, processing in entries.items():
            if processing.basis is LawfulBasis.CONSENT:
                message = (f"consent to '{name}' cannot be withdrawn", f"对“{name}”的同意无法撤回")
                yield Fault(f"{section}.{name}.basis", message)


@rule(
    "E910",
    ("An erasure says what becomes of backups.", "删除须说明备份的处理。"),
    remedy=("add 'backups'", "补充 backups"),
    source="PIPL art. 47",
)
def backups_unsaid(policy: Policy) -> Iterator[Fault]:
    """Find erasures that leave copies unmentioned."""
    erasure = policy.rights.requests.get(Right.ERASURE) if policy.rights else None
    if erasure and not erasure.backups:
        yield Fault("rights.requests.erasure", ("nothing says what becomes of backups", "未说明备份如何处理"))


_RECURRING: Final = re.compile(
    r"\b(?:train(?:ed|ing|s)?|drills?|audit(?:ed|s)?|rehears\w+)\b|培训|演练|审计", re.IGNORECASE
)


@rule(
    "E913",
    ("What people must do again and again is a duty, with its interval.", "需反复开展的工作列为职责并写明周期。"),
    remedy=("move it to 'duties' with 'every' and 'owner'", "移至 duties，并写明 every 与 owner"),
)
def duty_in_words(policy: Policy) -> Iterator[Fault]:
    """Find training, drills and audits that are promised without an interval."""
    for name, one in policy.commitments.items():
        hit = next(filter(None, map(_RECURRING.search, one.text.values())), None)
        if hit and not any(control.startswith(("duties.", "vault.")) for control in one.controls):
            yield Fault(f"commitments.{name}.text", (f"'{hit[0]}' has no interval", f"“{hit[0]}”未写明周期"))


_AUTHORITIES: Final = re.compile(
    r"\b(?:authorit(?:y|ies)|courts?|police|prosecutors?)\b|机关|法院|政府部门|监管部门", re.IGNORECASE
)


@rule(
    "E914",
    ("What goes to an authority is a disclosure, not a publication.", "向机关提供属于对外提供，而非公开。"),
    remedy=("list it under 'grounds.share'", "列入 grounds.share"),
    source="PIPL art. 23, 25",
)
def authority_as_public(policy: Policy) -> Iterator[Fault]:
    """Find releases to authorities that are filed under publication."""
    for path, what in found(policy, _AUTHORITIES):
        if path.startswith("publication.") and path.endswith(".label"):
            where = path.removesuffix(".label")
            yield Fault(where, (f"'{what}' is a recipient, not the public", f"“{what}”是接收方，而非公众"))


_COLLECTING: Final = re.compile(r"\bcollect(?:ing|ed|ion)?\b|\bgather(?:ing|ed)?\b|收集|采集", re.IGNORECASE)


@rule(
    "E915",
    ("A ground speaks of its own operation.", "例外情形只针对其所属的处理行为。"),
    remedy=("word it for this operation", "按该处理行为改写"),
)
def ground_of_another(policy: Policy) -> Iterator[Fault]:
    """Find grounds to release that were copied from the grounds to collect."""
    for path, what in found(policy, _COLLECTING):
        if path.startswith(("grounds.share.", "grounds.transfer.", "grounds.publish.")):
            where = ".".join(path.split(".")[:3])
            yield Fault(where, (f"it speaks of '{what}', another operation", f"提到的“{what}”是另一种处理行为"))


@rule(
    "E916",
    ("A right that a sentence gives can be used.", "文字所给予的权利可以行使。"),
    remedy=("add it under 'rights.requests' with its channel", "在 rights.requests 中补充该权利及途径"),
    source="PIPL art. 50",
)
def right_without_a_way(policy: Policy) -> Iterator[Fault]:
    """Find rights that a commitment speaks of and no entry opens."""
    opened = policy.rights.requests if policy.rights else {}
    for name, one in policy.commitments.items():
        for right in one.means.answers.rights if one.means and one.means.answers else ():
            if right not in opened:
                said = hyphened(right)
                yield Fault(f"commitments.{name}", (f"there is no way to use '{said}'", f"权利“{said}”没有行使途径"))


@rule(
    "E917",
    ("What a refusal ends is said once.", "拒绝的后果前后一致。"),
    remedy=("say the same in both places", "使各处一致"),
    source="PIPL art. 16",
)
def refusal_ends_two_things(policy: Policy) -> Iterator[Fault]:
    """Find sentences and functions that end more on a refusal than another sentence says."""
    said = {
        name: one.means.refusal_ends for name, one in policy.commitments.items() if one.means and one.means.refusal_ends
    }
    harmless = next((name for name, ends in said.items() if ends == "nothing"), None)
    if harmless is None:
        return
    ending = [f"commitments.{name}" for name, ends in said.items() if ends == "service"]
    ending += [
        f"functions.{name}"
        for name, one in policy.functions.items()
        if one.refusal_ends is RefusalEnds.SERVICE and (one.permissions or one.basis is LawfulBasis.CONSENT)
    ]
    for path in ending:
        message = f"a refusal ends the service here, and nothing at 'commitments.{harmless}'"
        yield Fault(path, (message, f"此处拒绝即终止服务，而“commitments.{harmless}”称无影响"))


@rule(
    "E918",
    ("A person's own act that sends data abroad is on record.", "个人主动出境的行为留有记录。"),
    remedy=("add 'evidence'", "补充 evidence"),
    source="PIPL art. 38, 39",
)
def abroad_without_proof(policy: Policy) -> Iterator[Fault]:
    """Find own acts that nothing would show; cases by law and by consent have rules of their own."""
    for name, passage in policy.residency.abroad.items() if policy.residency else ():
        if passage.by is AllowedBy.OWN_ACT and not passage.evidence:
            yield Fault(f"residency.abroad.{name}", (f"'{name}' demands no proof", f"“{name}”未要求证明"))
