# SPDX-License-Identifier: Apache-2.0
"""Storage periods carried out: sweeps, erasure, legal holds, and what follows a cancelled account."""
