# SPDX-License-Identifier: Apache-2.0
"""What devices send: of an unlinked one counts alone, of a linked one a person's data, sealed in the vault."""
