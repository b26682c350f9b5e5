# SPDX-License-Identifier: Apache-2.0
"""Rule packs: what laws and standards demand, as dated data; the law of a day is what of it was in force then.

Each pack is one TOML file beside this module, in our own words, and says of every item whether it was confirmed against
an official text. A bound that a law sets stands here and nowhere in the code. Not legal advice.
"""

from upheld.policy.packs.law import Law, day_of, law_of
from upheld.policy.packs.loading import Item, Mark, Pack, packs

__all__ = ["Item", "Law", "Mark", "Pack", "day_of", "law_of", "packs"]
