# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page.

propose, approve, drop       a version on its way to the public
shown, acknowledge           a person reads it and accepts it
told, take_effect            a change reaches a person, and binds where it may
"""

from upheld.notices.publishing import approve, drop, propose
from upheld.notices.telling import acknowledge, forget, shown, take_effect, told

__all__ = ["acknowledge", "approve", "drop", "forget", "propose", "shown", "take_effect", "told"]
