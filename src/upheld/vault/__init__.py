# SPDX-License-Identifier: Apache-2.0
"""Sealed items: the one doorway to personal data.

Collect: ask -> facts -> decide -> key, row and evidence in one act. Open: the same way, decided again from fresh facts
inside the transaction that opens. Nothing else in the house returns what is sealed.
"""
