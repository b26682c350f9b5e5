# SPDX-License-Identifier: Apache-2.0
"""Every rule of the gate on one page: what can be in the way, by which control, and how it is observed.

A *gap* is a fact that an act needs and that was not found; gaps are bits of one integer. The first four are `Stop`,
bit for bit, so that a person's stops are gaps already. `upheld.gate.planning` says for an ask which gaps matter and
what clause each is about; `upheld.gate.deciding` looks which are there. A gap whose control is taken out denies
nothing, and is observed all the same.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from upheld import controls


class Gap(IntEnum):
    """A fact that an act needs and that was not found; several together are a plain integer, which is fast."""

    PERSON_UNKNOWN = 1 << 0
    PERSON_RESTRICTED = 1 << 1
    PERSON_CANCELLED = 1 << 2
    PERSON_ERASED = 1 << 3
    VERSION_OTHER = 1 << 4
    VERSION_NOT_IN_FORCE = 1 << 5
    SERVICE_CEASED = 1 << 6
    PURPOSE_UNDECLARED = 1 << 7
    ACT_UNDECLARED = 1 << 8
    CATEGORY_UNDECLARED = 1 << 9
    NOT_TOLD = 1 << 10
    CONSENT_MISSING = 1 << 11
    SEPARATE_CONSENT_MISSING = 1 << 12
    OBJECTED = 1 << 13
    CHILD_NOT_ALLOWED = 1 << 14
    AGE_UNKNOWN = 1 << 15
    GUARDIAN_MISSING = 1 << 16
    GUARDIAN_CONSENT_MISSING = 1 << 17
    GUARDIAN_MAY_NOT = 1 << 18
    PERMISSION_MISSING = 1 << 19
    SCENE_UNDECLARED = 1 << 20
    BACKGROUND_UNDECLARED = 1 << 21
    RECIPIENT_UNDECLARED = 1 << 22
    RECIPIENT_NOT_FOR_THIS = 1 << 23
    FORM_TOO_OPEN = 1 << 24
    AGREEMENT_MISSING = 1 << 25
    ASSESSMENT_MISSING = 1 << 26
    RECIPIENT_STOPPED = 1 << 27
    SHARE_CONSENT_MISSING = 1 << 28
    PUBLICATION_CONSENT_MISSING = 1 << 29
    ABROAD = 1 << 30
    GROUND_UNLISTED = 1 << 31
    EVIDENCE_MISSING = 1 << 32
    STAFF_REASON_MISSING = 1 << 33
    SECURITY_TEST_MISSING = 1 << 34
    SHARE_MORE_CONSENT_MISSING = 1 << 35
    SOURCE_UNDECLARED = 1 << 36
    SOURCE_PAPER_MISSING = 1 << 37
    SOURCE_UNLAWFUL = 1 << 38
    OTHERS_UNDECLARED = 1 << 39
    SUBJECT_OTHER = 1 << 40
    TRACKER_UNDECLARED = 1 << 41
    TRACKER_CONSENT_MISSING = 1 << 42
    SUCCESSOR_UNBOUND = 1 << 43


@dataclass(frozen=True, slots=True)
class Rule:
    """What one gap means.

    Args:
        gap: the gap.
        control: the control whose rule this is.
        seen_as: how the fact is named in what was observed.
        seen: its value where the gap is there; the other truth value where it is not.
        code: the reason's code: the gap's name in small letters.
    """

    gap: Gap
    control: str
    seen_as: str
    seen: bool = False
    code: str = field(init=False)

    def __post_init__(self) -> None:
        """Name the code once."""
        object.__setattr__(self, "code", self.gap.name.lower())


RULES: Final[tuple[Rule, ...]] = (
    Rule(Gap.PERSON_UNKNOWN, "gate.person_known", "known"),
    Rule(Gap.PERSON_RESTRICTED, "gate.restricted_stops_use", "restricted", seen=True),
    Rule(Gap.PERSON_CANCELLED, "gate.no_service_after_cancellation", "cancelled", seen=True),
    Rule(Gap.PERSON_ERASED, "gate.erased_stays_erased", "erased", seen=True),
    Rule(Gap.VERSION_OTHER, "gate.version_in_force", "version_binds"),
    Rule(Gap.VERSION_NOT_IN_FORCE, "gate.version_in_force", "version_in_force"),
    Rule(Gap.SERVICE_CEASED, "gate.no_use_after_cessation", "ceased", seen=True),
    Rule(Gap.PURPOSE_UNDECLARED, "gate.purpose_declared", "purpose_declared"),
    Rule(Gap.ACT_UNDECLARED, "gate.purpose_declared", "act_declared"),
    Rule(Gap.CATEGORY_UNDECLARED, "gate.category_declared", "category_declared"),
    Rule(Gap.NOT_TOLD, "gate.told_before_collection", "told"),
    Rule(Gap.CONSENT_MISSING, "gate.consent_needed", "consent_given"),
    Rule(Gap.SEPARATE_CONSENT_MISSING, "gate.separate_consent", "separate_given"),
    Rule(Gap.OBJECTED, "gate.objection_stops_use", "objected", seen=True),
    Rule(Gap.CHILD_NOT_ALLOWED, "gate.age_rules", "age_allowed"),
    Rule(Gap.AGE_UNKNOWN, "children.age_unknown_is_not_adult", "age_allowed"),
    Rule(Gap.GUARDIAN_MISSING, "children.guardian_needed", "guardian"),
    Rule(Gap.GUARDIAN_CONSENT_MISSING, "children.guardian_needed", "guardian_consent_given"),
    Rule(Gap.GUARDIAN_MAY_NOT, "children.guardian_needed", "guardian_may"),
    Rule(Gap.PERMISSION_MISSING, "gate.permission_granted", "permission_granted"),
    Rule(Gap.SCENE_UNDECLARED, "gate.permission_granted", "scene_declared"),
    Rule(Gap.BACKGROUND_UNDECLARED, "gate.background_declared", "background_declared"),
    Rule(Gap.RECIPIENT_UNDECLARED, "gate.recipient_declared", "recipient_declared"),
    Rule(Gap.RECIPIENT_NOT_FOR_THIS, "gate.recipient_declared", "recipient_listed"),
    Rule(Gap.FORM_TOO_OPEN, "gate.recipient_declared", "form_declared"),
    Rule(Gap.AGREEMENT_MISSING, "sharing.agreement_in_force", "agreement"),
    Rule(Gap.ASSESSMENT_MISSING, "sharing.assessment_in_force", "assessment"),
    Rule(Gap.SECURITY_TEST_MISSING, "sharing.assessment_in_force", "security_test"),
    Rule(Gap.RECIPIENT_STOPPED, "gate.recipient_stopped", "stopped", seen=True),
    Rule(Gap.SHARE_CONSENT_MISSING, "gate.consent_needed", "share_consent_given"),
    Rule(Gap.SHARE_MORE_CONSENT_MISSING, "gate.consent_needed", "share_more_consent_given"),
    Rule(Gap.PUBLICATION_CONSENT_MISSING, "gate.consent_needed", "publication_consent_given"),
    Rule(Gap.ABROAD, "gate.residency", "region_allowed"),
    Rule(Gap.GROUND_UNLISTED, "gate.ground_evidence", "ground_listed"),
    Rule(Gap.EVIDENCE_MISSING, "gate.ground_evidence", "evidence_complete"),
    Rule(Gap.STAFF_REASON_MISSING, "vault.staff_open_with_reason", "reason_given"),
    Rule(Gap.SOURCE_UNDECLARED, "gate.source_declared", "source_declared"),
    Rule(Gap.SOURCE_PAPER_MISSING, "gate.source_lawful", "source_agreement"),
    Rule(Gap.SOURCE_UNLAWFUL, "gate.source_lawful", "source_lawful"),
    Rule(Gap.OTHERS_UNDECLARED, "gate.others_data_declared", "others_declared"),
    Rule(Gap.SUBJECT_OTHER, "vault.item_has_one_subject", "subject_fits"),
    Rule(Gap.TRACKER_UNDECLARED, "gate.tracker_declared", "tracker_declared"),
    Rule(Gap.TRACKER_CONSENT_MISSING, "gate.tracker_consent", "tracker_consent_given"),
    Rule(Gap.SUCCESSOR_UNBOUND, "gate.successor_bound", "successor_bound"),
)

RULE_OF: Final[dict[Gap, Rule]] = {rule.gap: rule for rule in RULES}

CONSENTS: Final = (
    Gap.NOT_TOLD
    | Gap.CONSENT_MISSING
    | Gap.SEPARATE_CONSENT_MISSING
    | Gap.SHARE_CONSENT_MISSING
    | Gap.SHARE_MORE_CONSENT_MISSING
    | Gap.PUBLICATION_CONSENT_MISSING
    | Gap.SOURCE_UNLAWFUL
    | Gap.OTHERS_UNDECLARED
    | Gap.TRACKER_CONSENT_MISSING
    | Gap.SUCCESSOR_UNBOUND
)
"""What a listed ground without consent stands in for, besides an objection: the will of those whom the data is about.

Where a law lets an act be done without it, its origin is lawful too. No ground is ever listed for a tracker.
"""

GUARDED: Final = Gap.GUARDIAN_MISSING | Gap.GUARDIAN_CONSENT_MISSING
"""What is in the way of a child's data while no guardian stands for it."""


def in_force() -> int:
    """Say which gaps deny, by the controls in force at this moment."""
    found = 0
    for rule in RULES:
        if controls.in_force(rule.control):
            found |= rule.gap
    return found
