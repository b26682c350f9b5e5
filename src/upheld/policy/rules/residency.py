# SPDX-License-Identifier: Apache-2.0
"""Rules on where data lives: what is said to stay stays, and what leaves does so by a case that shows its ground."""

import re
from collections.abc import Iterator
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.recipients import Form
from upheld.policy.model.storage import AllowedBy
from upheld.policy.rules.registry import Fault, rule
from upheld.terms import Act


def abroad(policy: Policy) -> list[str]:
    """Name the recipients that are given personal data in another region than the data's own."""
    home = policy.residency.region if policy.residency else None
    return [
        name
        for name, one in policy.recipients.items()
        if home is not None and one.region != home and one.form is not Form.AGGREGATE
    ]


@rule(
    "E620",
    ("Where data is said to stay, no recipient is abroad.", "承诺数据留存境内的，无境外接收方。"),
    remedy=(
        "name the recipient under 'except' of that commitment, or take it out of the directory",
        "在该承诺的“except”中列明该接收方，或将其移出名单",
    ),
    source="PIPL art. 38, 39",
)
def said_to_stay(policy: Policy) -> Iterator[Fault]:
    """Find promises that data stays, beside recipients to whom it goes."""
    for name, commitment in policy.commitments.items():
        never = commitment.means.never if commitment.means else None
        if never is None or Act.SEND_ABROAD not in never.acts or never.categories or never.purposes or never.forms:
            continue
        for recipient in abroad(policy):
            meant = not never.recipients or recipient in never.recipients
            if meant and recipient not in never.except_ and not never.kinds:
                yield Fault(
                    f"commitments.{name}",
                    (f"data is said to stay, and '{recipient}' is abroad", f"承诺数据留存境内，而“{recipient}”在境外"),
                )


@rule(
    "E621",
    ("What goes abroad stays protected as here.", "出境信息受同等保护。"),
    remedy=("add 'residency.protected-equally'", "填写“residency.protected-equally”"),
    source="PIPL art. 38",
)
def unprotected_abroad(policy: Policy) -> Iterator[Fault]:
    """Find recipients abroad without a word on protection there."""
    if policy.residency and policy.residency.protected_equally is None and abroad(policy):
        yield Fault("residency", ("nothing says how data abroad is protected", "未写明出境信息如何保护"))


@rule(
    "E622",
    ("A case in which law lets data leave demands the provision.", "依法出境的情形须注明法律条文。"),
    remedy=("add 'evidence'", "填写“evidence”"),
    source="PIPL art. 38, 41",
)
def law_without_reference(policy: Policy) -> Iterator[Fault]:
    """Find cases that any law, or none, would open."""
    for name, passage in policy.residency.abroad.items() if policy.residency else ():
        if passage.by is AllowedBy.LAW and not passage.evidence:
            yield Fault(
                f"residency.abroad.{name}", (f"'{name}' demands no provision of law", f"“{name}”未要求法律条文")
            )


_ACTS: Final = (
    (re.compile(r"broadcast|\blive\b|直播", re.IGNORECASE), re.compile(r"broadcast|\blive\b|直播", re.IGNORECASE)),
    (
        re.compile(r"\bshop|\bbuy|\border|购买|下单", re.IGNORECASE),
        re.compile(r"\bshop|\bbuy|order|purchase|购|订单", re.IGNORECASE),
    ),
)
"""What a case speaks of, and how a function that offers it is called."""


@rule(
    "W623",
    (
        "A person's own act that carries data abroad is one that the product offers.",
        "本人行为导致出境的，该行为须为产品所提供。",
    ),
    remedy=("name an act of a listed function", "写明已列功能中的行为"),
)
def act_of_no_function(policy: Policy) -> Iterator[Fault]:
    """Find cases for acts that no function of the product offers."""
    offered = " ".join(
        text for one in policy.processing.values() for words in (one.label, one.purpose) for text in words.values()
    )
    for name, passage in policy.residency.abroad.items() if policy.residency else ():
        said = " ".join(passage.label.values())
        for spoken, offers in _ACTS:
            if passage.by is AllowedBy.OWN_ACT and spoken.search(said) and not offers.search(offered):
                yield Fault(
                    f"residency.abroad.{name}",
                    (f"no function offers what '{name}' speaks of", f"没有功能提供“{name}”所述行为"),
                )
