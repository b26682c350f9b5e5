# SPDX-License-Identifier: Apache-2.0
"""Clause -> control -> evidence: the promise board, recomputed from the log and the data on demand."""
