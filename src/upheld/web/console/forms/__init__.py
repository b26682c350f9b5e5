# SPDX-License-Identifier: Apache-2.0
"""Forms of the console, by group of pages."""
