# SPDX-License-Identifier: Apache-2.0
"""A person and a world of which nothing is in the way of anything."""

from dataclasses import replace

from upheld.gate import PersonFacts, RecipientFacts, WorldFacts
from upheld.gate.values import ALWAYS

NOW = 1_000
PAPERS = {name: (0, ALWAYS) for name in ("agreement", "assessment", "security_test")}


def adult(book, **changes):
    """An adult who granted everything."""
    return replace(PersonFacts(version=book.version, stops=0, held=sum(book.bits.values()), adult=True), **changes)


def world(book, **changes):
    """A world in which everything is in order."""
    recipients = {name: RecipientFacts(papers=PAPERS) for name in book.policy.recipients}
    sources = dict.fromkeys(book.policy.sources, {"agreement": (0, ALWAYS), "lawful_origin": (0, ALWAYS)})
    everything = WorldFacts(
        versions={book.version: (0, ALWAYS)}, recipients=recipients, sources=sources, successor=(0, ALWAYS)
    )
    return replace(everything, **changes)


def without(book, *names):
    """Everything granted but these."""
    return sum(book.bits.values()) & ~sum(book.bits[name] for name in names)
