# SPDX-License-Identifier: Apache-2.0
"""One linear history for every table of the house."""
