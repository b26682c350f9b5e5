# SPDX-License-Identifier: Apache-2.0
"""Views of the portal, by group of pages."""
