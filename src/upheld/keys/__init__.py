# SPDX-License-Identifier: Apache-2.0
"""Person keys: to keep is to hold a key, to erase is to destroy it. A store of its own, with its own copies."""
