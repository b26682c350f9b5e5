# SPDX-License-Identifier: Apache-2.0
"""Settings, urls and wiring: the top floor, and the only reader of the environment."""
