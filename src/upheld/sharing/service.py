# SPDX-License-Identifier: Apache-2.0
"""The verbs of this room on one page: hand data over, keep papers, stop a recipient."""

from upheld.sharing.disclosing import disclose
from upheld.sharing.ending import end_paper
from upheld.sharing.papers import record_paper, resume_recipient, review_paper, stop_recipient
from upheld.sharing.receiving import end_source_paper, record_source_paper
from upheld.sharing.succeeding import bind_successor, release_successor

__all__ = [
    "bind_successor",
    "disclose",
    "end_paper",
    "end_source_paper",
    "record_paper",
    "record_source_paper",
    "release_successor",
    "resume_recipient",
    "review_paper",
    "stop_recipient",
]
