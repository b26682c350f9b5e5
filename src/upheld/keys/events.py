# SPDX-License-Identifier: Apache-2.0
"""What happens to keys, as the evidence log names it."""

from enum import StrEnum


class KeysEvent(StrEnum):
    """Kinds of evidence of this room; none of them is about a person."""

    EPOCH_OPENED = "keys.epoch.opened"
    """A new epoch was opened; new keys are wrapped under its provider key."""
    EPOCH_REWRAPPED = "keys.epoch.rewrapped"
    """Every live key of older epochs was wrapped under the new one."""
    EPOCH_RETIRED = "keys.epoch.retired"
    """Provider keys of older epochs were given up; older copies of the key store are dead."""
