# SPDX-License-Identifier: Apache-2.0
"""The tables of storage, gathered from its files; loading them also installs what every connection needs."""

from upheld.storage import base, deployment, errors, intents, journal, ledger_models, own_evidence
from upheld.storage.jobs import models as jobs

__all__ = ["base", "deployment", "errors", "intents", "jobs", "journal", "ledger_models", "own_evidence"]
