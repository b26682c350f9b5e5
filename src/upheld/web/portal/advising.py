# SPDX-License-Identifier: Apache-2.0
"""Advice that stands wherever people type freely or make something public: no channel is wholly safe, and which we mean."""

from dataclasses import dataclass

from upheld import controls
from upheld.facts import queries as facts
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.web.portal.visitor import PortalRequest, language


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One channel that the policy names; the address is empty for one inside the product."""

    label: str
    address: str


def routes(request: PortalRequest) -> tuple[Route, ...]:
    """List the channels that are recommended: those of the policy that binds the reader, else of the one in force.

    Without its control (in a trial) no advice is given, so there is nothing to list.
    """
    if not controls.in_force("web.channel_advice"):
        return ()
    policy = request.who.policy if request.who else _in_force(request)
    contacts = policy.controller.contacts.values() if policy and policy.controller else ()
    return tuple(Route(label=say(one.label, language()), address=one.address or "") for one in contacts)


def _in_force(request: PortalRequest) -> Policy | None:
    version = facts.current_version(request.now)
    return facts.policy(version) if version else None
