# SPDX-License-Identifier: Apache-2.0
"""The REST shell for a company's programs."""
