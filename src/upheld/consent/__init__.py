# SPDX-License-Identifier: Apache-2.0
"""Consents and device permissions: each choice alone, in the person's own words' version, kept for ever as given."""
