# SPDX-License-Identifier: Apache-2.0
"""Let no earlier yes cover what it was not given for: a choice that means more under a new version is asked for anew."""

from collections.abc import Iterable
from datetime import datetime

from upheld.facts import queries as facts
from upheld.facts import service as fact_verbs
from upheld.storage.acts import Fact
from upheld.terms import DataSubjectId


def drop(data_subject_id: DataSubjectId, topics: Iterable[str], *, now: datetime) -> list[Fact]:
    """End a person's grants of these topics, inside the act that binds the person; return those that were held."""
    person, bits = facts.of(data_subject_id).person, facts.topics()
    held = person.held | person.guardian_held
    granted = [topic for topic in topics if topic in bits and held >> bits[topic] & 1]
    for topic in granted:
        fact_verbs.withdraw_consent(data_subject_id, topic, now)
    return list(granted)
