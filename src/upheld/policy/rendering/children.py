# SPDX-License-Identifier: Apache-2.0
"""The policy for a child who reads it: short, in words a child knows, each sentence with the clause it retells.

It promises nothing of its own. Whatever it says follows from a clause, to which it links.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from upheld.policy.binding.wording import Wording
from upheld.policy.model import Policy
from upheld.policy.model.children import Children
from upheld.policy.model.processing import ChildRule
from upheld.policy.rendering.phrases import CHILDREN
from upheld.terms import Language, Right


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One sentence for a child, and the clause it retells."""

    clause: str
    text: str


def children_text(policy: Policy, language: Language) -> tuple[Told, ...]:
    """Retell a policy to a child; nothing where the policy has no rules for children.

    Raises:
        KeyError: there is no such language.
    """
    if policy.children is None:
        return ()
    return tuple(_told(policy, policy.children, Wording(policy, language)))


def _told(policy: Policy, rules: Children, w: Wording) -> Iterator[Told]:
    yield _say(w, "children.under", "who", age=str(rules.under))
    if rules.guardian:
        yield _say(w, "children.guardian", "fetch")
        methods = w.listed((w.say(words) for words in rules.guardian.verified_by.values()), last="or")
        yield _say(w, "children.guardian", "check", methods=methods)
    if rules.before_guardian:
        yield _say(w, "children.before-guardian", "until", acts=w.values(rules.before_guardian))
    yield from _functions(policy, w)
    yield from _rights(policy, w)
    if rules.guardian and rules.guardian.contact:
        yield _say(w, "children.guardian.contact", "ask", contact=w.contacts([rules.guardian.contact]))


def _functions(policy: Policy, w: Wording) -> Iterator[Told]:
    for name, function in policy.functions.items():
        things = w.categories(function.collects) if function.child is not ChildRule.NEVER else ""
        key = f"{function.child}.{'keeps' if things else 'nothing'}"
        yield _say(w, f"functions.{name}.child", key, label=w.named(function.label), things=things)


def _rights(policy: Policy, w: Wording) -> Iterator[Told]:
    asked = policy.rights.requests if policy.rights else {}
    for right in (Right.ACCESS, Right.CORRECTION, Right.ERASURE, Right.COMPLAINT):
        if right in asked:
            yield _say(w, f"rights.requests.{right.value}", right.value)


def _say(w: Wording, clause: str, key: str, **terms: str) -> Told:
    return Told(clause=clause, text=CHILDREN[key][w.language].format(**terms))
