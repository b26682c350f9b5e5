# SPDX-License-Identifier: Apache-2.0
"""Rules on promises that contradict: what a commitment means, held against the sections and the other commitments."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from upheld.policy.model import Policy
from upheld.policy.model.assertions import Means
from upheld.policy.model.base import hyphened
from upheld.policy.model.data import Identifies
from upheld.policy.model.processing import Need, RefusalEnds
from upheld.policy.model.spans import ClockStart, Span
from upheld.policy.rules.doings import Terms, covers, described, overlap
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Act, Right, Tier

_MOST: Final = 200
"""Past these every pair would take too long to compare, and no reader would follow."""


def meant(policy: Policy) -> tuple[tuple[str, Means], ...]:
    """List the commitments that say what they mean, each with its path; no more than can be compared."""
    said = ((f"commitments.{name}", one.means) for name, one in policy.commitments.items())
    return tuple(islice(((path, means) for path, means in said if means is not None), _MOST + 1))


@rule(
    "E969",
    (f"At most {_MOST} commitments say what they mean.", f"最多 {_MOST} 项承诺写明含义。"),
    remedy=("say what sections can say in the sections", "能由各章节表述的写入各章节"),
)
def too_many_to_compare(policy: Policy) -> Iterator[Fault]:
    """Find files whose promises are too many to be held against each other."""
    if len(meant(policy)) > _MOST:
        yield Fault("commitments", (f"more than {_MOST} have 'means'", f"超过 {_MOST} 项带有“means”"))


class _Deadline(NamedTuple):
    path: str
    within: Span | None
    from_: ClockStart | None


@rule(
    "E970",
    ("A request has one deadline.", "一项请求只有一个答复期限。"),
    remedy=("keep the shorter one, and one start of the clock", "保留较短的期限和唯一的起算点"),
)
def two_deadlines(policy: Policy) -> Iterator[Fault]:
    """Find rights that are answered within two different times, or from two starts."""
    for right, deadlines in _deadlines(policy).items():
        for number, second in enumerate(deadlines):
            other = next((first for first in deadlines[:number] if _contradict(first, second)), None)
            if other:
                what = f"'{hyphened(right)}' is answered within {_said(second)} here, {_said(other)} at '{other.path}'"
                zh = f"“{hyphened(right)}”在此处为 {_said(second)}，在“{other.path}”为 {_said(other)}"
                yield Fault(second.path, (what, zh))


def _contradict(first: _Deadline, second: _Deadline) -> bool:
    """What one place leaves open contradicts nothing; that it is open is another rule's finding."""
    return _differ(first.within, second.within) or _differ(first.from_, second.from_)


def _differ(first: object, second: object) -> bool:
    return first is not None and second is not None and first != second


def _deadlines(policy: Policy) -> dict[Right, list[_Deadline]]:
    found: dict[Right, list[_Deadline]] = {}
    for right, entry in policy.rights.requests.items() if policy.rights else ():
        found[right] = [_Deadline(f"rights.requests.{hyphened(right)}", entry.within, entry.from_)]
    for path, means in meant(policy):
        if means.answers:
            for right in means.answers.rights or tuple(found):
                found.setdefault(right, []).append(_Deadline(path, means.answers.within, means.answers.from_))
    return found


def _said(deadline: _Deadline) -> str:
    return f"{deadline.within or '-'} ({deadline.from_ or '-'})"


@rule(
    "E975",
    ("Consent is an express act of its own, never deemed.", "同意须为单独的明确行为，不得推定。"),
    remedy=("ask for each consent by itself, and say so", "逐项单独征求同意，并如此说明"),
    source="PIPL art. 14, 29, 31; GDPR art. 4(11), 7",
)
def deemed_consent(policy: Policy) -> Iterator[Fault]:
    """Find consents that nobody gave: by use, or by one click for everything and everyone."""
    for path, means in meant(policy):
        if means.consent_by == "use":
            yield Fault(path, ("whoever uses the product is taken to consent", "以使用行为推定同意"))
        if means.consent_by == "one_act_for_all":
            yield Fault(path, ("one act is taken as several consents", "以一次操作视为多项同意"))


@rule(
    "E976",
    ("Consent is given in one way throughout.", "同意的取得方式前后一致。"),
    remedy=("keep the express act", "保留明示同意"),
)
def two_kinds_of_consent(policy: Policy) -> Iterator[Fault]:
    """Find policies that ask in one place and presume in another."""
    kinds = [(path, means.consent_by) for path, means in meant(policy) if means.consent_by]
    asked = [path for path, kind in kinds if kind == "express_act"]
    for path, kind in kinds:
        if asked and kind != "express_act":
            what = f"consent is by '{hyphened(kind)}' here and by an express act at '{asked[0]}'"
            yield Fault(path, (what, f"此处同意方式为“{hyphened(kind)}”，而“{asked[0]}”为明示同意"))


@rule(
    "E977",
    ("Whether data points to a person is said once, and used so.", "信息能否识别个人，前后一致。"),
    remedy=("correct 'identifies', or do not join the data", "更正“identifies”，或不作关联"),
    source="PIPL art. 4; GDPR art. 4(1)",
)
def points_two_ways(policy: Policy) -> Iterator[Fault]:
    """Find data that identifies nobody in one place, and somebody in another."""
    said: dict[str, list[tuple[str, Identifies]]] = {}
    for path, means in meant(policy):
        if means.identifies:
            for name in means.identifies.categories:
                said.setdefault(name, []).append((path, means.identifies.as_))
    for name, category in policy.categories.items():
        said.setdefault(name, []).append((f"categories.{name}", category.identifies))
    joining = _joining(policy)
    for name, places in said.items():
        first, one = places[-1]
        for second, other in places[:-1]:
            if one != other:
                what = f"'{name}' identifies '{hyphened(other)}' here and '{hyphened(one)}' at '{first}'"
                yield Fault(second, (what, f"“{name}”在此处为“{hyphened(other)}”，在“{first}”为“{hyphened(one)}”"))
        never = [path for path, how in places if how is Identifies.NEVER]
        if never:
            yield from _joined(joining.get(name, ()), name, never[0])


def _joining(policy: Policy) -> dict[str, list[str]]:
    """List for each category the purposes that join it with data that identifies a person."""
    joining: dict[str, list[str]] = {}
    for purpose, processing in policy.purposes.items():
        known = [policy.categories[one] for one in processing.uses if one in policy.categories]
        if any(one.identifies is Identifies.ALONE for one in known):
            for name in dict.fromkeys(processing.uses):
                joining.setdefault(name, []).append(purpose)
    return joining


def _joined(purposes: Iterable[str], name: str, path: str) -> Iterator[Fault]:
    """Find purposes that join data said to identify nobody with data that does."""
    for other in purposes:
        yield Fault(
            f"purposes.{other}",
            (
                f"'{other}' joins '{name}' with what identifies a person, though '{path}' says it identifies nobody",
                f"“{other}”将“{name}”与可识别个人的信息关联，而“{path}”称其不能识别任何人",
            ),
        )


@rule(
    "E980",
    ("What a commitment forbids is described nowhere.", "承诺不做的，其他条款不得列为会做。"),
    remedy=(
        "remove one of the two, or name the exception in 'means.never.except'",
        "删除其一，或在“means.never.except”中列明例外",
    ),
)
def forbidden_and_described(policy: Policy) -> Iterator[Fault]:
    """Find functions, purposes, recipients, trackers and grounds that do what a commitment forbids."""
    done = tuple(described(policy))
    for path, means in meant(policy):
        never = Terms(means.never) if means.never else None
        found = {one.path for one in done if never and covers(never, one)}
        for other in sorted(found):
            yield Fault(other, (f"'{path}' says that this is never done", f"“{path}”承诺绝不如此"))


@rule(
    "E981",
    ("What one commitment allows no other forbids.", "一项承诺所允许的，其他承诺不得禁止。"),
    remedy=("remove one of the two, or narrow it", "删除其一，或缩小范围"),
)
def forbidden_and_allowed(policy: Policy) -> Iterator[Fault]:
    """Find pairs of commitments that say yes and no."""
    places = meant(policy)
    forbidden = [(path, Terms(means.never)) for path, means in places if means.never]
    allowed = [(path, Terms(means.allows)) for path, means in places if means.allows]
    for path, allows in allowed:
        for other, never in forbidden:
            if path != other and overlap(never, allows):
                yield Fault(path, (f"'{other}' forbids what is allowed here", f"此处允许的，“{other}”予以禁止"))


@rule(
    "E983",
    ("What is optional is not required.", "可选填的信息不得同时为必填。"),
    remedy=("make the function and the commitment agree", "使功能与承诺一致"),
)
def required_and_optional(policy: Policy) -> Iterator[Fault]:
    """Find data that must be given and need not be."""
    takers, collected = _takers(policy)
    optional = {name for _, means in meant(policy) for name in means.optional}
    for path, means in meant(policy):
        for name in means.optional:
            for taker in takers.get(name, ()):
                what = f"'{name}' is optional here, and '{taker}' requires it"
                yield Fault(path, (what, f"“{name}”在此为可选，而“{taker}”必填"))
        for name in means.needed:
            if name in collected and name not in takers:
                yield Fault(
                    path, (f"'{name}' is needed here, and nothing requires it", f"“{name}”在此为必需，而各功能均为可选")
                )
            if name in optional:
                yield Fault(
                    path, (f"'{name}' is needed here and optional elsewhere", f"“{name}”在此为必需，在他处为可选")
                )


def _takers(policy: Policy) -> tuple[dict[str, list[str]], set[str]]:
    """List for each category the functions that require it; and name every category that one collects at all."""
    takers: dict[str, list[str]] = {}
    for function, one in policy.functions.items():
        for name, need in one.collects.items():
            if need is Need.REQUIRED:
                takers.setdefault(name, []).append(function)
    return takers, {name for one in policy.functions.values() for name in one.collects}


@rule(
    "E984",
    ("Refusing what is not basic ends no more than that.", "拒绝非基本功能不影响其他功能。"),
    remedy=("say that the rest stays open", "说明其余功能照常可用"),
    source="PIPL art. 16; GB/T 35273-2020, 5.3",
)
def refusal_ends_service(policy: Policy) -> Iterator[Fault]:
    """Find refusals that end the service, where functions stand that a person may refuse."""
    extended = [name for name, function in policy.functions.items() if function.tier is Tier.EXTENDED]
    for path, means in meant(policy):
        if means.refusal_ends == "service" and extended:
            what = f"a refusal ends the service, yet '{extended[0]}' can be refused by itself"
            yield Fault(path, (what, f"拒绝即终止全部服务，而“{extended[0]}”可单独拒绝"))
    for name in extended:
        if policy.functions[name].refusal_ends is RefusalEnds.SERVICE:
            path = f"functions.{name}.refusal-ends"
            yield Fault(
                path, (f"'{name}' is extended, yet refusing it ends the service", f"“{name}”为扩展功能，拒绝却终止服务")
            )


@rule(
    "E985",
    ("A consent is taken back by the ways that the rights name.", "撤回同意的途径前后一致。"),
    remedy=("name the same channels, and the switch where there is one", "列明相同的途径及开关"),
    source="PIPL art. 15",
)
def two_ways_to_withdraw(policy: Policy) -> Iterator[Fault]:
    """Find withdrawals that one place leaves to a desk and another to a switch or another desk."""
    entry = policy.rights.requests.get(Right.WITHDRAWAL) if policy.rights else None
    for path, means in meant(policy):
        if means.withdrawn_by and entry and entry.self_service:
            yield Fault(
                path,
                (
                    "only a desk takes a withdrawal here, a switch under 'rights'",
                    "此处仅由客服受理撤回，而权利章节设有开关",
                ),
            )
        if means.withdrawn_by and entry and set(means.withdrawn_by) != set(entry.channels):
            yield Fault(
                path, ("other contacts take a withdrawal here than under 'rights'", "此处受理撤回的渠道与权利章节不同")
            )


@rule(
    "E978",
    ("What a commitment says is done is listed in its section.", "承诺中所称会做的，在相应章节列明。"),
    remedy=("list each under the section", "在相应章节逐项列出"),
    source="PIPL art. 17(1); Network Data Security Regulations art. 21",
)
def done_and_not_listed(policy: Policy) -> Iterator[Fault]:
    """Find sharing, sending abroad and publishing that a sentence announces and no section lists."""
    listed = {
        Act.SHARE: ("recipients", policy.recipients),
        Act.SEND_ABROAD: ("residency", policy.residency.abroad if policy.residency else {}),
        Act.PUBLISH: ("publication", policy.publication),
    }
    for path, means in meant(policy):
        for act in means.allows.acts if means.allows else ():
            section, entries = listed.get(act, ("", {"": None}))
            if not entries:
                what = f"'{hyphened(act)}' is announced, and '{section}' lists nothing"
                yield Fault(path, (what, f"称会“{hyphened(act)}”，而“{section}”未列任何项"))
