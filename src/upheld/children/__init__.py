# SPDX-License-Identifier: Apache-2.0
"""Age, guardians and people whom others represent."""
