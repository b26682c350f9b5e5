# SPDX-License-Identifier: Apache-2.0
"""The verbs that causes carry: every way in which facts change. Stored; add, never rename."""

from enum import StrEnum


class PersonVerb(StrEnum):
    """What can happen to a person's facts."""

    ADMIT = "admit"
    """The person is known and bound by a version (`number`)."""
    GIVE = "give"
    """A topic is granted; from `number` on it lapses (0: never)."""
    WITHDRAW = "withdraw"
    """A topic is taken back, by the person or the guardian, for both."""
    REFUSE = "refuse"
    """A topic was asked for and refused; for the gate the same as withdrawn."""
    OBJECT = "object"
    """The person objects to a purpose (`topic` is its consent topic)."""
    LIFT_OBJECTION = "lift_objection"
    STATE_CHILD = "state_child"
    """The person is a child until `number`."""
    STATE_ADULT = "state_adult"
    STATE_AGE_UNKNOWN = "state_age_unknown"
    VERIFY_GUARDIAN = "verify_guardian"
    """A guardian was verified until `number`; what an earlier one granted is gone."""
    EXTEND_GUARDIAN = "extend_guardian"
    """The same guardian stands until `number`."""
    LOSE_GUARDIAN = "lose_guardian"
    RESTRICT = "restrict"
    UNRESTRICT = "unrestrict"
    CANCEL = "cancel"
    ERASE = "erase"
    """Final: nothing but this remains."""


class WorldVerb(StrEnum):
    """What can happen to what holds for everyone."""

    PUBLISH = "publish"
    """Version `about` applies from `starts`."""
    WITHDRAW_VERSION = "withdraw_version"
    """Version `about` applies until `ends`."""
    AGREE = "agree"
    """The agreement with recipient `about` holds from `starts` until `ends`."""
    ASSESS = "assess"
    """The assessment of recipient `about` holds from `starts` until `ends`."""
    TEST = "test"
    """The security test of recipient `about` holds from `starts` until `ends`."""
    STOP = "stop"
    """Recipient `about` receives nothing."""
    RESUME = "resume"
    CEASE = "cease"
    """The service ends at `starts`."""
    TOPIC = "topic"
    """Topic `about` stands at bit `starts`."""
