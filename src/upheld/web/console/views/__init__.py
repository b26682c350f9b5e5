# SPDX-License-Identifier: Apache-2.0
"""Views of the console, by group of pages; `urls.py` says who may open each."""
