# SPDX-License-Identifier: Apache-2.0
"""The suite's own plug-in: claims of promises, and mutants."""

pytest_plugins = ["dev.claims"]
