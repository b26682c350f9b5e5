# SPDX-License-Identifier: Apache-2.0
"""Simulated people and staff who drive the real services, day by day."""
