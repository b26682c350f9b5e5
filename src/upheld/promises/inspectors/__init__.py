# SPDX-License-Identifier: Apache-2.0
"""Inspectors: each judges one control from evidence or from the data as it stands, without trusting that control."""
