# SPDX-License-Identifier: Apache-2.0
"""From bytes to plain data with places: decode, bound, compose. Nothing here knows what a policy is."""
