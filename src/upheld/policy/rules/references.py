# SPDX-License-Identifier: Apache-2.0
"""Rules on names: every id that is used is declared, and nothing is named twice."""

from collections import Counter
from collections.abc import Collection, Iterator

from upheld.policy.findings import Pair
from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule

Uses = Iterator[tuple[str, Collection[str]]]


def _unknown(uses: Uses, declared: Collection[str], kind: Pair) -> Iterator[Fault]:
    for path, names in uses:
        for name in names:
            if name not in declared:
                yield Fault(path, (f"there is no {kind[0]} '{name}'", f"没有{kind[1]}“{name}”"))


def category_uses(policy: Policy) -> Uses:
    """List every use of a category with its path."""
    for name, function in policy.functions.items():
        yield f"functions.{name}.collects", tuple(function.collects)
        yield f"functions.{name}.uses", function.uses
    for name, purpose in policy.purposes.items():
        yield f"purposes.{name}.uses", purpose.uses
    for name, permission in policy.permissions.items():
        yield f"permissions.{name}.gives", permission.gives
    for name, tracker in policy.trackers.items():
        yield f"trackers.{name}.collects", tracker.collects
    for name, source in policy.sources.items():
        yield f"sources.{name}.gives", source.gives
    for name, recipient in policy.recipients.items():
        yield f"recipients.{name}.receives", recipient.receives
    for name, period in policy.storage.items():
        yield f"storage.{name}.of", period.of


@rule(
    "E201",
    ("A category that is used is declared.", "所用的类别均已声明。"),
    remedy=("declare it under 'categories' or correct the name", "在“categories”中声明或更正名称"),
)
def unknown_category(policy: Policy) -> Iterator[Fault]:
    """Find categories that nobody declared."""
    yield from _unknown(category_uses(policy), policy.categories, ("category", "类别"))


def _processing_uses(policy: Policy) -> Uses:
    for name, permission in policy.permissions.items():
        yield f"permissions.{name}.scenes", permission.scenes
    for name, recipient in policy.recipients.items():
        yield f"recipients.{name}.purposes", recipient.purposes
    for name, source in policy.sources.items():
        yield f"sources.{name}.purposes", source.purposes


@rule(
    "E202",
    ("A function or purpose that is named is declared.", "所提到的功能或目的均已声明。"),
    remedy=("declare it or correct the name", "声明或更正名称"),
)
def unknown_purpose(policy: Policy) -> Iterator[Fault]:
    """Find functions and purposes that nobody declared."""
    yield from _unknown(_processing_uses(policy), policy.processing, ("function or purpose", "功能或目的"))
    periods = ((f"storage.{name}.functions", period.functions) for name, period in policy.storage.items())
    yield from _unknown(periods, policy.functions, ("function", "功能"))
    trackers = ((f"trackers.{name}.functions", tracker.functions) for name, tracker in policy.trackers.items())
    yield from _unknown(trackers, policy.functions, ("function", "功能"))


@rule(
    "E203",
    ("A permission that is asked for is in the table of permissions.", "所申请的权限均在权限表中。"),
    remedy=("add it under 'permissions'", "在“permissions”中列明"),
)
def unknown_permission(policy: Policy) -> Iterator[Fault]:
    """Find permissions that are asked for without being declared."""
    uses = ((f"functions.{name}.permissions", function.permissions) for name, function in policy.functions.items())
    yield from _unknown(uses, policy.permissions, ("permission", "权限"))


def _contact_uses(policy: Policy) -> Uses:
    if policy.controller and policy.controller.officer:
        yield "controller.officer", (policy.controller.officer,)
    if policy.rights:
        for right, rule_ in policy.rights.requests.items():
            yield f"rights.requests.{right}.channels", rule_.channels
        for name, remedy in policy.rights.remedies.items():
            yield f"rights.remedies.{name}.channel", (remedy.channel,) if remedy.channel else ()
    if policy.children and policy.children.guardian and policy.children.guardian.contact:
        yield "children.guardian.contact", (policy.children.guardian.contact,)
    for name, duty in policy.duties.items():
        yield f"duties.{name}.owner", (duty.owner,)


@rule(
    "E204",
    ("A contact that is named is declared.", "所提到的联系方式均已声明。"),
    remedy=("add it under 'controller.contacts'", "在“controller.contacts”中列明"),
)
def unknown_contact(policy: Policy) -> Iterator[Fault]:
    """Find channels and owners that nobody can reach."""
    declared = policy.controller.contacts if policy.controller else {}
    yield from _unknown(_contact_uses(policy), declared, ("contact", "联系方式"))


def _evidence_uses(policy: Policy) -> Uses:
    for operation, grounds in policy.grounds:
        for name, ground in grounds.items():
            yield f"grounds.{operation}.{name}.evidence", ground.evidence
    if policy.rights:
        for name, refusal in policy.rights.refusals.items():
            yield f"rights.refusals.{name}.evidence", refusal.evidence
    if policy.children:
        for name, ground in policy.children.grounds.items():
            yield f"children.grounds.{name}.evidence", ground.evidence
    if policy.residency:
        for name, passage in policy.residency.abroad.items():
            yield f"residency.abroad.{name}.evidence", passage.evidence
    for name, case in policy.publication.items():
        yield f"publication.{name}.evidence", case.evidence


@rule(
    "E205",
    ("A field of evidence that is demanded is declared.", "所要求的证据字段均已声明。"),
    remedy=("add it under 'evidence' with its label", "在“evidence”中列明并写明名称"),
)
def unknown_evidence(policy: Policy) -> Iterator[Fault]:
    """Find evidence that nobody could fill in."""
    yield from _unknown(_evidence_uses(policy), policy.evidence, ("field of evidence", "证据字段"))


def _party_uses(policy: Policy) -> Uses:
    for name, processing in policy.functions.items():
        yield f"functions.{name}.decided-by", (processing.decided_by,)
    for name, purpose in policy.purposes.items():
        yield f"purposes.{name}.decided-by", (purpose.decided_by,)
    for name, tracker in policy.trackers.items():
        yield f"trackers.{name}.party", (tracker.party,)


@rule(
    "E206",
    ("Who decides or tracks is the controller or a declared recipient.", "决定或追踪的主体为处理者或已声明的接收方。"),
    remedy=("declare the recipient", "声明该接收方"),
)
def unknown_party(policy: Policy) -> Iterator[Fault]:
    """Find parties that nobody declared."""
    yield from _unknown(_party_uses(policy), {"controller", *policy.recipients}, ("recipient", "接收方"))


@rule(
    "E207",
    ("A function and a purpose do not share a name.", "功能与目的不重名。"),
    remedy=("rename one of the two", "为其一更名"),
)
def name_of_two(policy: Policy) -> Iterator[Fault]:
    """Find names that would mean two things to the gate."""
    for name in policy.purposes:
        if name in policy.functions:
            yield Fault(f"purposes.{name}", (f"'{name}' is a function too", f"“{name}”也是功能"))


@rule(
    "E208", ("A list names each thing once.", "列表中每项只出现一次。"), remedy=("remove the repetition", "删除重复项")
)
def named_twice(policy: Policy) -> Iterator[Fault]:
    """Find repetitions within one list."""
    top = (("languages", policy.languages), ("laws", policy.laws))
    for path, names in (*top, *category_uses(policy), *_processing_uses(policy), *_evidence_uses(policy)):
        for name, times in Counter(names).items():
            if times > 1:
                yield Fault(path, (f"'{name}' is named twice", f"“{name}”重复出现"))
