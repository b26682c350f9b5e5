# SPDX-License-Identifier: Apache-2.0
"""The shared kit of the web: templates, tags, stylesheet, words in both languages, headers, error pages."""
