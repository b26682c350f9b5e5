# SPDX-License-Identifier: Apache-2.0
"""Versions of the policy on their way to the public: proposed, approved by a second person, shown, acknowledged."""
