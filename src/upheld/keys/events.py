# SPDX-License-Identifier: Apache-2.0
"""What happens to keys, as the evidence log names it."""

from enum import StrEnum


class KeysEvent(StrEnum):
    """Kinds of evidence of this room; none of them is about a person."""

    EPOCH_OPENED = "keys.epoch.opened"
    EPOCH_REWRAPPED = "keys.epoch.rewrapped"
    EPOCH_RETIRED = "keys.epoch.retired"
