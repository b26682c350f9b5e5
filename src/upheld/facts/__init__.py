# SPDX-License-Identifier: Apache-2.0
"""Facts: what the gate must know of persons and of the world, kept as causes and folded into packed rows."""
