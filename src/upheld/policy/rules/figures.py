# SPDX-License-Identifier: Apache-2.0
"""Rules on figures: where a commitment promises an answer, an end, an interval or a fee, a number says which."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.model.assertions import Keeping, Means, Telling
from upheld.policy.model.base import hyphened
from upheld.policy.model.spans import Span
from upheld.policy.rules.contradictions import meant
from upheld.policy.rules.doings import names_of
from upheld.policy.rules.registry import Fault, rule


@rule(
    "E971",
    ("A promise to answer has a figure.", "答复承诺须有期限。"),
    remedy=("add 'within' to 'means.answers'", "在“means.answers”中填写“within”"),
)
def answered_some_day(policy: Policy) -> Iterator[Fault]:
    """Find answers that come promptly, soon or in time."""
    for path, means in meant(policy):
        if means.answers and means.answers.within is None:
            yield Fault(path, ("no figure says how soon the answer comes", "未写明答复期限"))


@rule(
    "E972",
    ("A deadline says when its clock starts.", "期限须写明起算点。"),
    remedy=("add 'from: receipt' or 'from: verification'", "填写“from: receipt”或“from: verification”"),
)
def clock_without_start(policy: Policy) -> Iterator[Fault]:
    """Find deadlines whose clock might never start."""
    for path, means in meant(policy):
        if means.answers and means.answers.within and means.answers.from_ is None:
            what = f"nothing says from when the {means.answers.within} run"
            yield Fault(path, (what, f"未写明 {means.answers.within} 自何时起算"))


@rule(
    "E973",
    ("A promise to keep no longer than needed has a figure.", "“不超过必要期限”须有数字。"),
    remedy=("add 'at-most' to 'means.keeps', or a period under 'storage'", "填写“at-most”，或在“storage”中列明期限"),
    source="PIPL art. 17(2), 19",
)
def kept_as_long_as_needed(policy: Policy) -> Iterator[Fault]:
    """Find ends that nobody could see pass."""
    for path, means in meant(policy):
        if means.keeps and means.keeps.at_most is None:
            yield Fault(path, ("no figure says when it is gone", "未写明何时删除"))


@rule(
    "E974",
    ("What is told, repeated or charged has its figures.", "告知、定期事项与收费须有数字。"),
    remedy=("add 'within', 'every', or 'free' and 'per'", "填写“within”“every”或“free”与“per”"),
)
def figure_missing(policy: Policy) -> Iterator[Fault]:
    """Find notices at no time, repetitions at no interval, fees from no number on."""
    for path, means in meant(policy):
        if means.tells and means.tells.within is None:
            yield Fault(path, (f"no figure says when '{means.tells.whom}' hear of it", "未写明告知时间"))
        if means.repeats and means.repeats.every is None:
            yield Fault(path, ("no figure says how often", "未写明间隔"))
        if means.charges and (means.charges.free is None or means.charges.per is None):
            yield Fault(path, ("nothing says how many requests are free, and in what time", "未写明免费次数及周期"))


@rule(
    "E982",
    ("How long something is kept is said once.", "保存期限前后一致。"),
    remedy=("keep the shorter one", "保留较短者"),
)
def kept_two_ways(policy: Policy) -> Iterator[Fault]:
    """Find commitments that promise an earlier end than a storage period, or than another commitment."""
    places = [(path, means.keeps) for path, means in meant(policy) if means.keeps and means.keeps.at_most]
    named = [frozenset(keeps.categories) for _, keeps in places]
    periods = [(name, period, frozenset(period.of)) for name, period in policy.storage.items()]
    for number, (path, keeps) in enumerate(places):
        for name, period, of in periods:
            same = _share(named[number], of) and keeps.from_ in {None, period.from_}
            if same and keeps.at_most and period.keep.days_at_most > keeps.at_most.days_at_most:
                what = f"'{path}' promises at most {keeps.at_most}, this says {period.keep}"
                yield Fault(f"storage.{name}.keep", (what, f"“{path}”承诺至多 {keeps.at_most}，此处为 {period.keep}"))
        earlier = next(
            (
                one
                for one, other in zip(places[:number], named, strict=False)
                if _two_ends(one[1], keeps) and _share(other, named[number])
            ),
            None,
        )
        if earlier:
            what = f"at most {keeps.at_most} here, {earlier[1].at_most} at '{earlier[0]}'"
            yield Fault(path, (what, f"此处至多 {keeps.at_most}，“{earlier[0]}”为 {earlier[1].at_most}"))


def _two_ends(first: Keeping, second: Keeping) -> bool:
    return first.from_ == second.from_ and first.at_most != second.at_most


def _share(first: frozenset[str], second: frozenset[str]) -> bool:
    """Say whether two lists have something in common; naming none means everything."""
    return not first or not second or not first.isdisjoint(second)


@rule(
    "E986",
    ("Fees and notices have one figure.", "收费与告知的数字前后一致。"),
    remedy=("make the commitment and the section agree", "使承诺与相应章节一致"),
)
def figures_differ(policy: Policy) -> Iterator[Fault]:
    """Find fees and notices that a commitment promises otherwise than the section does."""
    fees = policy.rights.fees if policy.rights else None
    for path, means in meant(policy):
        charges = means.charges
        if fees and charges and (charges.free or fees.free, charges.per or fees.per) != (fees.free, fees.per):
            what = f"'rights.fees' says {fees.free} in {fees.per}"
            yield Fault(path, (what, f"“rights.fees”为每 {fees.per} 免费 {fees.free} 次"))
        for section, span in _told(policy, means):
            promised = means.tells.within if means.tells else None
            if promised and span and promised != span:
                yield Fault(
                    path, (f"{promised} here, {span} at '{section}'", f"此处为 {promised}，“{section}”为 {span}")
                )


def _told(policy: Policy, means: Means) -> Iterator[tuple[str, Span | None]]:
    """List the figures that sections give for what a commitment says is told."""
    tells: Telling | None = means.tells
    if tells is None:
        return
    if tells.of == "incident":
        for name, notice in policy.incidents.tell.items() if policy.incidents else ():
            if notice.whom == tells.whom:
                yield f"incidents.tell.{hyphened(name)}", notice.within
        return
    section = {"change": policy.changes, "successor": policy.succession, "end": policy.cessation}[tells.of]
    if section is not None:
        yield {"change": "changes", "successor": "succession", "end": "cessation"}[tells.of], section.lead


@rule(
    "E979",
    ("What a commitment means names what the policy declares.", "承诺含义所引用的均已声明。"),
    remedy=("declare it, or correct the spelling", "予以声明或更正拼写"),
)
def means_the_unknown(policy: Policy) -> Iterator[Fault]:
    """Find categories, purposes, trackers, recipients and contacts that a commitment speaks of and nobody declares."""
    contacts = set(policy.controller.contacts) if policy.controller else set()
    parts, processing = names_of(policy), policy.processing
    for path, means in meant(policy):
        doings = [one for one in (means.never, means.allows) if one]
        named = [
            *((means.optional, policy.categories), (means.needed, policy.categories), (means.withdrawn_by, contacts)),
            *((one.categories, policy.categories) for one in doings),
            *((one.purposes, processing) for one in doings),
            *((one.trackers, policy.trackers) for one in doings),
            *((one.recipients, policy.recipients) for one in doings),
            *((one.except_, parts) for one in doings),
        ]
        if means.keeps:
            named.append((means.keeps.categories, policy.categories))
        if means.identifies:
            named.append((means.identifies.categories, policy.categories))
        for names, known in named:
            for name in names:
                if name not in known:
                    yield Fault(path, (f"'{name}' is declared nowhere", f"“{name}”未声明"))


@rule(
    "E987",
    ("A notice of an incident says something, by some way.", "安全事件通知有内容、有途径。"),
    remedy=("fill 'incidents.says', and 'by' for people and guardians", "补全“incidents.says”及各通知的“by”"),
    source="PIPL art. 57",
)
def empty_notice(policy: Policy) -> Iterator[Fault]:
    """Find incidents of which people would be told nothing, or in no way."""
    if policy.incidents and not policy.incidents.says:
        yield Fault("incidents.says", ("nothing says what a notice tells", "未写明通知内容"))
    for name, notice in policy.incidents.tell.items() if policy.incidents else ():
        if notice.whom != "regulator" and not notice.by:
            yield Fault(f"incidents.tell.{name}", (f"no way of telling '{notice.whom}' is named", "未写明告知途径"))
