# SPDX-License-Identifier: Apache-2.0
"""Blind indexes: find a row by an identifier that the database cannot read.

HMAC-SHA-256 under a key of its own, apart from every sealing key. Search is exact match on the normalised identifier.
Equal identifiers of one kind give equal indexes, so whoever holds the key can test guesses: phone numbers are few.
The key therefore lives with the provider, and its digests count as personal data.
"""

import hmac

from upheld.crypto.faults import check_key
from upheld.crypto.framing import frame


def blind_index(index_key: bytes, kind: str, normalized: str) -> bytes:
    """Return the 32-byte index of an identifier.

    Args:
        index_key: 256 random bits, used for nothing else.
        kind: what sort of identifier, for example "mobile"; kinds share no indexes.
        normalized: the identifier in the one spelling that its kind has.

    Raises:
        KeyMalformed: the key has not 32 bytes.
    """
    check_key(index_key, what="index key")
    return hmac.digest(index_key, frame("upheld/blind-index/v1", kind, normalized), "sha256")
