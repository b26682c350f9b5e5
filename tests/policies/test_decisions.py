# SPDX-License-Identifier: Apache-2.0
"""The five policies run: what they promise to do can be done, and what they promise not to do is refused."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from upheld import gate
from upheld.gate import Ask, Denial, Facts, Permit, PersonFacts, RecipientFacts, WorldFacts
from upheld.gate import topics as names
from upheld.gate.values import ALWAYS, NEVER
from upheld.policy.model import Policy
from upheld.policy.model.data import About
from upheld.policy.model.recipients import Form, Recipient, Role
from upheld.policy.model.sources import SourcePaper
from upheld.policy.parsing import parse
from upheld.terms import Act, Actor, LawfulBasis, Tier

POLICIES = Path(__file__).parents[2] / "policies"
NAMES = ("general-platform", "document-tools", "family-website", "jewellery-shop", "baby-device")
NOW = 1_800_000_000


@cache
def policy_of(name: str) -> Policy:
    return parse(POLICIES / f"{name}.yaml").policy


@cache
def topics_of(name: str) -> dict[str, int]:
    return {topic: bit for bit, topic in enumerate(names.needed(policy_of(name)))}


@cache
def rulebook(name: str):
    return gate.compile(policy_of(name), topics=topics_of(name))


def everything(name: str) -> int:
    return (1 << len(topics_of(name))) - 1


def granting(name: str, *given: str) -> int:
    return sum(1 << topics_of(name)[topic] for topic in given)


def world(name: str, *, papers: bool = True) -> WorldFacts:
    held = {paper: (NEVER, ALWAYS) for paper in ("agreement", "assessment", "security_test")} if papers else {}
    policy = policy_of(name)
    return WorldFacts(
        versions={policy.version: (NEVER, ALWAYS)},
        recipients={recipient: RecipientFacts(papers=held) for recipient in policy.recipients},
        sources=dict.fromkeys(
            policy.sources, {paper.value: (NEVER, ALWAYS) for paper in SourcePaper} if papers else {}
        ),
    )


def answer(name: str, ask: Ask, *, papers: bool = True, **person) -> Permit | Denial:
    told = {"version": policy_of(name).version, "stops": 0, "adult": True}
    facts = Facts(PersonFacts(**told | person), world(name, papers=papers))
    return gate.decide(rulebook(name), facts, ask, NOW)


def functions():
    return [
        pytest.param(name, function, id=f"{name}:{function}")
        for name in NAMES
        for function in policy_of(name).functions
    ]


def recipients():
    return [pytest.param(name, its, id=f"{name}:{its}") for name in NAMES for its in policy_of(name).recipients]


def permission_for(policy: Policy, function: str, category: str) -> str | None:
    """The device permission that the function gets the category through, if it lies behind one."""
    asked = policy.functions[function].permissions
    return next((its for its in asked if category in policy.permissions[its].gives), None)


def hands_over_on_consent(its: Recipient) -> bool:
    """Whether a recipient that decides for itself receives data of single people on the person's consent."""
    return its.basis is LawfulBasis.CONSENT and its.role is not Role.PROCESSOR and its.form is not Form.AGGREGATE


def collecting(name: str, function: str) -> list[Ask]:
    policy = policy_of(name)
    return [
        Ask(
            act=Act.COLLECT,
            purpose=function,
            categories=(category,),
            permission=permission_for(policy, function, category),
            source=source_of(policy, function, category),
            declared=True,
        )
        for category in policy.functions[function].collects
        if policy.categories[category].about is not About.CHILD
    ]


def source_of(policy: Policy, function: str, category: str) -> str | None:
    """The source that passes the category on to the function, if one does."""
    given = (n for n, its in policy.sources.items() if function in its.purposes and category in its.gives)
    return next(given, None)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_about_a_child_is_gathered_under_the_child(name):
    """A represented child's data comes in on the guardian's word, and under nobody who is of age."""
    policy, until = policy_of(name), NOW + 1
    child = {"adult": False, "adult_at": until, "guardian_until": until, "guardian_held": everything(name)}
    for function, its in policy.functions.items():
        for category in (one for one in its.collects if policy.categories[one].about is About.CHILD):
            ask = Ask(act=Act.COLLECT, purpose=function, categories=(category,), actor=Actor.GUARDIAN)
            assert isinstance(answer(name, ask, **child), Permit), category
            refused = answer(name, replace(ask, actor=Actor.SELF), held=everything(name))
            assert {reason.code for reason in refused.reasons} == {"subject_other"}


@pytest.mark.parametrize(("name", "function"), functions())
def test_no_function_is_dead(name, function):
    """An adult who granted all that can be granted can use every function with every category it declares."""
    for ask in collecting(name, function):
        assert isinstance(answer(name, ask, held=everything(name)), Permit), ask.categories


@pytest.mark.parametrize(("name", "function"), functions())
def test_nothing_is_collected_of_whom_was_told_nothing(name, function):
    """Before the notice was accepted each function is refused, whatever else was granted."""
    held = everything(name) & ~granting(name, names.NOTICE)
    for ask in collecting(name, function):
        assert isinstance(answer(name, ask, held=held), Denial), ask.categories


@pytest.mark.parametrize(("name", "function"), functions())
def test_basic_functions_ask_for_no_choice_and_extended_ones_do(name, function):
    """Who accepted the notice and chose nothing has the basic functions, with all that is not sensitive, and no more."""
    policy = policy_of(name)
    of_law = policy.functions[function].basis is LawfulBasis.LEGAL_DUTY
    for ask in collecting(name, function):
        sensitive = policy.categories[ask.categories[0]].sensitive and not of_law
        open_to_all = policy.functions[function].tier is Tier.BASIC and not sensitive and ask.permission is None
        assert open_to_all == isinstance(answer(name, ask, held=granting(name, names.NOTICE)), Permit), ask.categories


@pytest.mark.parametrize(("name", "function"), functions())
def test_a_child_without_a_guardian_has_only_what_is_open_to_children(name, function):
    """Whatever a child granted alone, only functions declared open to children pass."""
    open_to_children = policy_of(name).functions[function].child == "allowed"
    for ask in collecting(name, function):
        found = answer(name, ask, held=everything(name), adult=False, adult_at=ALWAYS)
        assert open_to_children == isinstance(found, Permit), ask.categories


@pytest.mark.parametrize(("name", "function"), functions())
def test_a_guardian_opens_what_is_open_with_a_guardian(name, function):
    """With a verified guardian who agreed, a child has every function but those closed to children."""
    for ask in collecting(name, function):
        child = {"held": everything(name), "guardian_held": everything(name), "guardian_until": ALWAYS}
        found = answer(name, ask, **child, adult=False, adult_at=ALWAYS)
        assert (policy_of(name).functions[function].child != "never") == isinstance(found, Permit), ask.categories


@pytest.mark.parametrize(("name", "recipient"), recipients())
def test_a_recipient_receives_what_it_is_listed_for_and_under_its_papers(name, recipient):
    """With every consent and paper the listed data goes; without the papers it does not, nor without the separate consent
    that handing identified data to another controller needs (PIPL art. 23)."""
    its = policy_of(name).recipients[recipient]
    ask = Ask(act=Act.SHARE, purpose=its.purposes[0], categories=its.receives, recipient=recipient)
    assert isinstance(answer(name, ask, held=everything(name)), Permit)
    assert isinstance(answer(name, ask, held=everything(name), papers=False), Denial)
    if hands_over_on_consent(its):
        held = everything(name) & ~granting(name, names.share(recipient))
        assert isinstance(answer(name, ask, held=held), Denial)


@pytest.mark.parametrize(("name", "recipient"), recipients())
def test_a_recipient_receives_nothing_it_is_not_listed_for(name, recipient):
    """Every other category is refused, whatever was granted."""
    policy = policy_of(name)
    its = policy.recipients[recipient]
    for category in set(policy.categories) - set(its.receives):
        ask = Ask(act=Act.SHARE, purpose=its.purposes[0], categories=(category,), recipient=recipient)
        assert isinstance(answer(name, ask, held=everything(name)), Denial), category


@pytest.mark.parametrize("name", NAMES)
def test_what_a_policy_does_not_declare_is_refused(name):
    """No category, purpose or recipient passes that the file does not name."""
    for ask in (
        Ask(act=Act.COLLECT, purpose="nonsense", categories=("phone",)),
        Ask(act=Act.COLLECT, purpose="account", categories=("health",)),
        Ask(act=Act.SHARE, purpose="account", categories=("phone",), recipient="nobody"),
    ):
        assert isinstance(answer(name, ask, held=everything(name)), Denial), ask


@pytest.mark.parametrize("name", NAMES)
def test_a_ground_of_one_policy_opens_nothing_in_another(name):
    """Each operation accepts the grounds its own policy lists, with their evidence, and no others."""
    policy = policy_of(name)
    every = {ground for other in NAMES for ground in policy_of(other).grounds.share}
    evidence = dict.fromkeys((field for other in NAMES for field in policy_of(other).evidence), "on file")
    recipient = next(its for its, row in policy.recipients.items() if hands_over_on_consent(row))
    row = policy.recipients[recipient]
    held = everything(name) & ~granting(name, names.share(recipient))
    for ground in every:
        ask = Ask(act=Act.SHARE, purpose=row.purposes[0], categories=row.receives, recipient=recipient, ground=ground,
                  evidence=evidence)  # fmt: skip
        assert (ground in policy.grounds.share) == isinstance(answer(name, ask, held=held), Permit), ground
