# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page: hand data over, keep papers, stop a recipient."""

from upheld.sharing.disclosing import disclose
from upheld.sharing.ending import end_paper
from upheld.sharing.papers import record_paper, resume_recipient, review_paper, stop_recipient
from upheld.sharing.receiving import bind_successor, record_source_paper

__all__ = [
    "bind_successor",
    "disclose",
    "end_paper",
    "record_paper",
    "record_source_paper",
    "resume_recipient",
    "review_paper",
    "stop_recipient",
]
