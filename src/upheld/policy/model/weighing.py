# SPDX-License-Identifier: Apache-2.0
"""Which clauses weigh: those that give or limit a right, touch what is sensitive or a child's, or let data go abroad.

A reader must not miss them, so a notice sets them apart (PIPL art. 17: conspicuous; GB/T 35273-2020 5.5).
"""

from typing import Final

from upheld.policy.model.policy import Policy
from upheld.policy.model.recipients import Recipient

_ALWAYS: Final = ("rights.", "children.", "grounds.", "residency.", "changes.cut-rights")


def weighs(policy: Policy, clause_id: str) -> bool:
    """Say whether a clause of a policy is one that a reader must not miss; an id that it has not does not weigh."""
    section, _, rest = clause_id.partition(".")
    if clause_id.startswith(_ALWAYS):
        return True
    match section:
        case "categories":
            return rest in policy.categories and policy.categories[rest].sensitive
        case "functions" | "purposes":
            return _processing_weighs(policy, rest)
        case "recipients":
            return rest in policy.recipients and _is_abroad(policy, policy.recipients[rest])
        case "commitments":
            return rest in policy.commitments and policy.commitments[rest].weighs
        case _:
            return False


def _processing_weighs(policy: Policy, rest: str) -> bool:
    """A purpose that touches sensitive data weighs where it says what it touches, and where refusing ends the service."""
    name, _, leaf = rest.partition(".")
    processing = policy.processing.get(name)
    if processing is None:
        return False
    if leaf in {"refusal-ends", "weighty"}:
        return True
    touched = [policy.categories[one] for one in processing.categories if one in policy.categories]
    says_it = leaf == ("collects" if name in policy.functions else "")
    return says_it and any(category.sensitive for category in touched)


def _is_abroad(policy: Policy, recipient: Recipient) -> bool:
    return policy.residency is not None and recipient.region != policy.residency.region
