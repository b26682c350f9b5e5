# SPDX-License-Identifier: Apache-2.0
"""Upheld runs a privacy policy and proves that its promises are kept."""

__version__ = "0.1.0"
