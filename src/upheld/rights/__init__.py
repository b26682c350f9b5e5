# SPDX-License-Identifier: Apache-2.0
"""Requests of people: filed, verified, on a clock, answered or refused on a listed ground with remedies."""
