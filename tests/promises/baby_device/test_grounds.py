# SPDX-License-Identifier: Apache-2.0
"""The baby-device policy's closed lists of grounds without consent."""

import pytest

from tests.promises import trials
from tests.promises.trials import claim
from upheld.terms import Act

EVIDENCE = "gate.ground_evidence"


@pytest.mark.parametrize(
    "ground",
    [
        claim("S4-080", "legal-duty", control=EVIDENCE),
        claim("S4-081", "national-security", control=EVIDENCE),
        claim("S4-082", "public-safety", control=EVIDENCE),
        claim("S4-083", "criminal-case", control=EVIDENCE),
        claim("S4-084", "vital-interests", control=EVIDENCE),
        claim("S4-085", "self-published", control=EVIDENCE),
        claim("S4-086", "contract", control=EVIDENCE),
        claim("S4-087", "public-source", control=EVIDENCE),
        claim("S4-088", "fault-repair", control=EVIDENCE),
        claim("S4-089", "news", control=EVIDENCE),
        claim("S4-090", "research", control=EVIDENCE),
    ],
)
def test_collecting_without_consent_needs_what_its_ground_demands(house, ground):
    """Each of the eleven grounds to collect opens only with its own evidence on file."""
    trials.ground_demands_its_evidence(house, "collect", ground)


@pytest.mark.upholds("S4-079", control=EVIDENCE)
def test_no_other_ground_lets_collect(house):
    """The list of grounds to collect is closed."""
    trials.only_listed_grounds(house, Act.COLLECT)


@pytest.mark.parametrize("operation", ["share", "transfer", "publish"])
@pytest.mark.parametrize(
    "ground",
    [
        claim("S4-131", "legal-duty", control=EVIDENCE),
        claim("S4-132", "national-security", control=EVIDENCE),
        claim("S4-133", "public-safety", control=EVIDENCE),
        claim("S4-134", "criminal-case", control=EVIDENCE),
        claim("S4-135", "vital-interests", control=EVIDENCE),
        claim("S4-136", "self-published", control=EVIDENCE),
        claim("S4-137", "public-source", control=EVIDENCE),
    ],
)
def test_handing_over_without_consent_needs_what_its_ground_demands(house, operation, ground):
    """Each ground to share, transfer or publish opens only with its own evidence on file."""
    trials.ground_demands_its_evidence(house, operation, ground)


@pytest.mark.upholds("S4-130", control=EVIDENCE)
def test_no_other_ground_lets_share_transfer_or_publish(house):
    """The list of grounds to release is closed."""
    trials.only_listed_grounds(house, Act.SHARE, Act.TRANSFER, Act.PUBLISH)


@pytest.mark.upholds("S4-108", control=EVIDENCE)
def test_an_authority_receives_on_a_referenced_demand_only(house):
    """A legal demand opens a share with its article on file, and a demand without one opens nothing."""
    trials.ground_demands_its_evidence(house, "share", "legal-duty")


@pytest.mark.upholds("S4-129", control=EVIDENCE)
def test_publication_by_law_needs_its_reference(house):
    """Data is made public under law only with the article on file."""
    trials.ground_demands_its_evidence(house, "publish", "legal-duty")
