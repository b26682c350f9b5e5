# SPDX-License-Identifier: Apache-2.0
"""Rules on functions and purposes: tier, basis, refusal, unknown age."""

from collections.abc import Iterator

from upheld import controls
from upheld.policy.model import Policy
from upheld.policy.model.base import hyphened
from upheld.policy.model.data import Identifies
from upheld.policy.model.processing import ChildRule, Manner, Need, UnknownAgeRule
from upheld.policy.packs import Law
from upheld.policy.rules.registry import Fault, law_rule, rule
from upheld.terms import LawfulBasis, Tier


def _path(policy: Policy, name: str) -> str:
    return f"functions.{name}" if name in policy.functions else f"purposes.{name}"


@rule(
    "E401",
    ("Every function says what it does while the age is not known.", "每项功能写明年龄未知时如何处理。"),
    remedy=("add 'unknown-age'", "补充 unknown-age"),
)
def no_unknown_age_rule(policy: Policy) -> Iterator[Fault]:
    """Find functions that leave an unknown age to chance."""
    for name, processing in policy.processing.items():
        if processing.unknown_age is None:
            yield Fault(
                _path(policy, name),
                (f"'{name}' does not say what it does while the age is not known", f"“{name}”未写明年龄未知时如何处理"),
            )


@rule(
    "E402",
    ("An extended function says what a refusal means.", "扩展功能写明拒绝的后果。"),
    remedy=("add 'refused'", "补充 refused"),
    source="GB/T 35273-2020, 5.3 and annex C",
)
def extended_without_refusal(policy: Policy) -> Iterator[Fault]:
    """Find choices whose price is not told."""
    for name, function in policy.functions.items():
        if function.tier is Tier.EXTENDED and function.refused is None:
            yield Fault(
                f"functions.{name}",
                (f"'{name}' does not say what changes for a person who refuses", f"“{name}”未写明拒绝的后果"),
            )


@rule(
    "E403",
    ("A function does not list as merely used what it collects.", "功能所收集的信息不重复列为使用。"),
    remedy=("keep it under 'collects' alone", "仅保留在 collects 中"),
)
def collected_and_used(policy: Policy) -> Iterator[Fault]:
    """Find contradictions between what is collected and what others collected."""
    for name, function in policy.functions.items():
        for category in function.uses:
            if category in function.collects:
                need = function.collects[category]
                yield Fault(
                    f"functions.{name}.uses",
                    (
                        f"'{category}' is {need} under 'collects' and also under 'uses'",
                        f"“{category}”既在 collects（{need}）又在 uses 中",
                    ),
                )


@rule(
    "E404",
    ("A purpose that rests on consent can be refused.", "基于同意的目的可以拒绝。"),
    remedy=("remove 'refusable: false', or name another basis", "删除 refusable: false，或改用其他依据"),
    source="PIPL art. 15, 16",
)
def consent_that_cannot_be_refused(policy: Policy) -> Iterator[Fault]:
    """Find consents that could not be withdrawn."""
    for name, purpose in policy.purposes.items():
        if purpose.basis is LawfulBasis.CONSENT and not purpose.refusable:
            yield Fault(
                f"purposes.{name}.refusable",
                (f"'{name}' rests on consent and yet cannot be refused", f"“{name}”基于同意却不能拒绝"),
            )


@law_rule(
    "E405",
    ("A basis is one that the policy's laws know.", "合法性基础为所适用法律所承认。"),
    remedy=(
        "name another basis, or one of its own for that law under 'basis-under'",
        "改用其他依据，或在 basis-under 中为该法律另行载明",
    ),
)
def unknown_basis(policy: Policy, law: Law) -> Iterator[Fault]:
    """Find bases that a law which binds the policy does not have, as legitimate interests under PIPL."""
    for item in law.items("bases"):
        for name, processing in policy.processing.items():
            basis = hyphened(processing.basis_under.get(item.pack, processing.basis))
            if basis not in item.words:
                message = (
                    f"'{name}' rests on {basis}, which {item.short} lacks",
                    f"“{name}”以 {basis} 为依据，{item.short} 无此依据",
                )
                yield Fault(f"{_path(policy, name)}.basis", message, item.source)


@rule(
    "E406",
    ("What is closed to children is not open to an unknown age.", "不对儿童开放的，也不对年龄未知者开放。"),
    remedy=("set 'unknown-age' to 'never'", "将 unknown-age 设为 never"),
)
def unknown_age_looser(policy: Policy) -> Iterator[Fault]:
    """Find functions that a child enters by not telling its age."""
    for name, processing in policy.processing.items():
        if processing.child is ChildRule.NEVER and processing.unknown_age is UnknownAgeRule.ALLOWED:
            yield Fault(
                f"{_path(policy, name)}.unknown-age",
                (
                    f"'{name}' is closed to children but open to unknown age",
                    f"“{name}”不对儿童开放，却对年龄未知者开放",
                ),
            )


@rule(
    "E407",
    (
        "A basic function does not rest on consent: whoever refuses what is extended keeps it whole.",
        "基本功能不以同意为依据：拒绝扩展功能者仍可完整使用。",
    ),
    remedy=("make it extended, or name another basis", "改为扩展功能，或改用其他依据"),
    source="PIPL art. 16; GB/T 35273-2020, 5.3",
)
def basic_by_consent(policy: Policy) -> Iterator[Fault]:
    """Find basic functions that a person could refuse."""
    if not controls.in_force("policy.basic_stands_alone"):
        return
    for name, function in policy.functions.items():
        if function.tier is Tier.BASIC and function.basis is LawfulBasis.CONSENT:
            yield Fault(
                f"functions.{name}.basis",
                (
                    f"'{name}' is basic, yet rests on consent, which can be refused",
                    f"“{name}”为基本功能，却基于可拒绝的同意",
                ),
            )


@rule(
    "E408",
    ("A function or purpose touches some data.", "每项功能或目的均涉及信息。"),
    remedy=("add 'collects' or 'uses', or remove it", "补充 collects 或 uses，或删除"),
)
def touches_nothing(policy: Policy) -> Iterator[Fault]:
    """Find functions and purposes without data."""
    for name, processing in policy.processing.items():
        if not processing.categories:
            yield Fault(
                _path(policy, name), (f"'{name}' neither collects nor uses anything", f"“{name}”既不收集也不使用信息")
            )


@rule(
    "E409",
    ("A basic function uses nothing that only a choice brings.", "基本功能不使用仅由选择带来的信息。"),
    remedy=("collect it under a basic function, or leave it to the extended one", "在基本功能下收集，或留给扩展功能"),
    source="PIPL art. 16; Network Data Security Regulations art. 22",
)
def basic_leans_on_choice(policy: Policy) -> Iterator[Fault]:
    """Find basic functions that stop working for a person who refuses an extended one."""
    if not controls.in_force("policy.basic_stands_alone"):
        return
    for name, function in policy.functions.items():
        if function.tier is Tier.BASIC:
            for category in function.uses:
                extended = _collected_by(policy, category)
                if extended and all(policy.functions[other].tier is Tier.EXTENDED for other in extended):
                    what = f"'{name}' is basic, yet uses '{category}', which only '{extended[0]}' and its kind collect"
                    zh = f"“{name}”为基本功能，却使用仅由“{extended[0]}”等扩展功能收集的“{category}”"
                    yield Fault(f"functions.{name}.uses", (what, zh))


@rule(
    "E414",
    (
        "A function that works without an account needs nothing that only an account brings.",
        "无需账号的功能不依赖仅由账号提供的信息。",
    ),
    remedy=("take it out of what is needed, or remove 'without-account'", "从必需信息中删除，或删除 without-account"),
    source="PIPL art. 16; GB/T 35273-2020, 5.3",
)
def visitor_turned_away(policy: Policy) -> Iterator[Fault]:
    """Find functions open to visitors that ask who they are: what points to a person alone, or what others collect."""
    if not controls.in_force("policy.open_to_visitors"):
        return
    for name, function in policy.functions.items():
        if not function.without_account:
            continue
        asked = [one for one, need in function.collects.items() if need is Need.REQUIRED and _points_alone(policy, one)]
        brought = [one for one in function.uses if not _open_source(policy, one)]
        for where, found in (("collects", asked), ("uses", brought)):
            for category in found:
                what = f"'{name}' works without an account, yet needs '{category}'"
                yield Fault(f"functions.{name}.{where}", (what, f"“{name}”无需账号，却需要“{category}”"))


def _points_alone(policy: Policy, category: str) -> bool:
    declared = policy.categories.get(category)
    return declared is not None and declared.identifies is Identifies.ALONE


def _open_source(policy: Policy, category: str) -> bool:
    """Say whether some function that works without an account collects a category."""
    return any(policy.functions[name].without_account for name in _collected_by(policy, category))


def _collected_by(policy: Policy, category: str) -> list[str]:
    return [name for name, function in policy.functions.items() if category in function.collects]


@rule(
    "E410",
    (
        "Where an account is promised for the number alone, nothing else is required for one.",
        "承诺仅凭号码开户的，不要求其他信息。",
    ),
    remedy=("make it optional, or collect it under a function of its own", "改为可选，或另设功能收集"),
)
def account_asks_for_more(policy: Policy) -> Iterator[Fault]:
    """Find registrations that demand more than the commitment to the number alone allows."""
    if not controls.in_force("people.nothing_beyond_number"):
        return
    promised = any("people.nothing_beyond_number" in one.controls for one in policy.commitments.values())
    account = policy.functions.get("account")
    if not promised or account is None:
        return
    required = [name for name, need in account.collects.items() if need is Need.REQUIRED]
    for category in required[1:]:
        yield Fault(
            "functions.account.collects",
            (
                f"an account would demand '{category}' beyond '{required[0]}'",
                f"开户除“{required[0]}”外还要求“{category}”",
            ),
        )


@rule(
    "E413",
    ("Whoever is asked for something is told what follows from leaving it out.", "要求填写的，须告知不填写的后果。"),
    remedy=("add 'refused'", "填写“refused”"),
    source="GB/T 35273-2020, 5.3",
)
def asked_without_a_price(policy: Policy) -> Iterator[Fault]:
    """Find basic functions that ask a person for data and keep to themselves what a no costs."""
    for name, function in policy.functions.items():
        asked = function.manner is Manner.ENTERED and function.collects
        if function.tier is Tier.BASIC and asked and function.refused is None:
            what = f"'{name}' does not say what follows from leaving its data out"
            yield Fault(f"functions.{name}", (what, f"“{name}”未说明不填写的后果"))
