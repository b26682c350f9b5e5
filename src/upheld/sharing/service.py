# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page: hand data over, keep papers, stop a recipient."""

from upheld.sharing.disclosing import disclose
from upheld.sharing.ending import end_paper
from upheld.sharing.papers import record_paper, resume_recipient, review_paper, stop_recipient

__all__ = ["disclose", "end_paper", "record_paper", "resume_recipient", "review_paper", "stop_recipient"]
