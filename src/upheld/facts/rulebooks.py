# SPDX-License-Identifier: Apache-2.0
"""Rulebooks, compiled once in a process for each document, numbering of topics and set of controls in force.

The keys are contents and not names, so that nothing that another database or a rolled back transaction said is used.
"""

from hashlib import sha256
from typing import Final

from upheld import controls, gate
from upheld.errors import Broken
from upheld.facts.models import PolicyVersion
from upheld.facts.world import World
from upheld.gate.rulebook import Rulebook
from upheld.policy import Policy, parse

KEPT: Final = 32

_policies: dict[str, Policy] = {}
_rulebooks: dict[tuple[str, str, frozenset[str]], Rulebook] = {}


def rulebook_in(world: World, version: int) -> Rulebook:
    """Return the compiled policy of a version; of one that the world does not know, one that refuses everything."""
    digest = world.documents.get(version)
    if digest is None:
        return gate.unknown_version()
    key = (digest, world.topics_digest, controls.out())
    found = _rulebooks.get(key)
    if found is None:
        found = gate.compile(policy_of(version, digest), topics=world.topics)
        if len(_rulebooks) >= KEPT:
            _rulebooks.clear()
        _rulebooks[key] = found
    return found


def policy_of(version: int, digest: str) -> Policy:
    """Return the policy that a version's document says.

    Raises:
        Broken: the document at hand is not the one that was published.
    """
    found = _policies.get(digest)
    if found is None:
        document = bytes(PolicyVersion.objects.get(seq=version).document)
        if sha256(document).hexdigest() != digest:
            raise Broken(f"version {version} of the policy is not the document that was published")
        found = parse(document, f"version-{version}.yaml").policy
        if len(_policies) >= KEPT:
            _policies.clear()
        _policies[digest] = found
    return found
