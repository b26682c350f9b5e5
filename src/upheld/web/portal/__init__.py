# SPDX-License-Identifier: Apache-2.0
"""The people's own pages."""
