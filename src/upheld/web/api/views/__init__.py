# SPDX-License-Identifier: Apache-2.0
"""The endpoints, a file for each group."""
