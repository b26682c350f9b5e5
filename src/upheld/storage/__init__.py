# SPDX-License-Identifier: Apache-2.0
"""What every room stands on: tables, transactions with evidence, jobs, intents, the restore journal, the way out."""
