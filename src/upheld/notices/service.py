# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page.

propose, approve, drop         a version on its way to the public
withdraw                       a version published by mistake is taken back
shown, acknowledge, decline    a person reads it, and accepts or refuses it
told, take_effect              a change reaches a person, and binds where it may
"""

from upheld.notices.publishing import approve, drop, propose
from upheld.notices.refusing import decline, forget
from upheld.notices.telling import acknowledge, shown, take_effect, told
from upheld.notices.withdrawing import withdraw

__all__ = [
    "acknowledge",
    "approve",
    "decline",
    "drop",
    "forget",
    "propose",
    "shown",
    "take_effect",
    "told",
    "withdraw",
]
