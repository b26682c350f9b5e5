# SPDX-License-Identifier: Apache-2.0
"""The `upheld` command: a shell without tables or rules."""
