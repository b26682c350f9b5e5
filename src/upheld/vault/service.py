# SPDX-License-Identifier: Apache-2.0
"""The vault's verbs on one page; see each file for what it promises.

collect            put values in: decided, sealed, evidenced in one act
open_items         open for a purpose: decided again, recorded as a look
copy_of, correct   what people do with their own data by right
find_subject       exact search on an identifier, by staff with a reason
issue_permit, spend_permit, sweep_permits
begin_period, restrict_items, unrestrict_items, erase_items, leftovers
reseal_step        rows of an older sealed format, a few at a time
"""

from upheld.vault.collecting import collect
from upheld.vault.erasing import erase_items, leftovers
from upheld.vault.narrowing import begin_period, restrict_items, shorten_periods, unrestrict_items
from upheld.vault.own import copy_of, correct
from upheld.vault.permits import PermitRefused, issue_permit, spend_permit, sweep_permits
from upheld.vault.reading import find_subject, open_items
from upheld.vault.resealing import reseal_step

__all__ = [
    "PermitRefused",
    "begin_period",
    "collect",
    "copy_of",
    "correct",
    "erase_items",
    "find_subject",
    "issue_permit",
    "leftovers",
    "open_items",
    "reseal_step",
    "restrict_items",
    "shorten_periods",
    "spend_permit",
    "sweep_permits",
    "unrestrict_items",
]
