# SPDX-License-Identifier: Apache-2.0
"""A policy in the forms that other programs read: DPV, the record of processing, consent receipts."""

from upheld.policy.rendering.machine.dpv import dpv
from upheld.policy.rendering.machine.receipts import Consented, receipt, receipt_profile
from upheld.policy.rendering.machine.record import RecordOfProcessing, record_of_processing
from upheld.policy.rendering.machine.values import Json

__all__ = [
    "Consented",
    "Json",
    "RecordOfProcessing",
    "dpv",
    "receipt",
    "receipt_profile",
    "record_of_processing",
]
