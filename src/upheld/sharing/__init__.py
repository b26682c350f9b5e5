# SPDX-License-Identifier: Apache-2.0
"""Recipients: who they are, under which papers, and everything that was handed to them."""
