# SPDX-License-Identifier: Apache-2.0
"""Open what was sealed. Only the vault imports this: it is the one doorway to personal data.

Version 2 is described in `upheld.crypto.sealing`. Version 1, read and never written:

    version (1 byte, 1) | suite (1) | nonce (12) | ciphertext and tag

    associated data of the cipher = "upheld seal 1" | length of the caller's (4 bytes, big-endian) | the caller's

It did not authenticate its suite byte and could not tell a wrong key from altered bytes, hence version 2.
"""

import hmac
from typing import Final

from upheld.crypto.faults import SealBroken, check_key
from upheld.crypto.sealing import SEAL_LABEL, SEALED_VERSION
from upheld.crypto.suites import CIPHERERS, KEY_CHECK_BYTES, NONCE_BYTES, TAG_BYTES, suite_of

_V1_LABEL: Final = b"upheld/seal/v1"
_V1_FRAME: Final = b"upheld seal 1"
_V1_HEADER_BYTES: Final = 2
_V2_HEADER_BYTES: Final = 2 + KEY_CHECK_BYTES


def open_sealed(key: bytes, sealed: bytes, *, associated_data: bytes) -> bytes:
    """Open a sealed value of any version.

    Args:
        key: the data key it was sealed under.
        sealed: the stored bytes.
        associated_data: the place it was sealed for.

    Raises:
        KeyMalformed: the key has not 32 bytes.
        SealBroken: it is of no known version, of another key or place, or was altered.
    """
    check_key(key, what="data key")
    version = sealed[0] if sealed else 0
    if version == SEALED_VERSION:
        return _open_v2(key, sealed, associated_data)
    if version == 1:
        return _open_v1(key, sealed, associated_data)
    raise SealBroken(f"a sealed value of version 1 or 2 was expected, version {version} came")


def _open_v2(key: bytes, sealed: bytes, associated_data: bytes) -> bytes:
    header, nonce, ciphertext = _split(sealed, _V2_HEADER_BYTES)
    cipherer = CIPHERERS[suite_of(header[1])]
    working_key, key_check = cipherer.working_key(key, SEAL_LABEL)
    if not hmac.compare_digest(key_check, header[2:]):
        raise SealBroken("the seal does not hold: it was made under another key")
    return cipherer.decrypt(working_key, nonce, ciphertext, header + associated_data)


def _open_v1(key: bytes, sealed: bytes, associated_data: bytes) -> bytes:
    header, nonce, ciphertext = _split(sealed, _V1_HEADER_BYTES)
    cipherer = CIPHERERS[suite_of(header[1])]
    working_key, _ = cipherer.working_key(key, _V1_LABEL)
    framed = _V1_FRAME + len(associated_data).to_bytes(4, "big") + associated_data
    return cipherer.decrypt(working_key, nonce, ciphertext, framed)


def _split(sealed: bytes, header_bytes: int) -> tuple[bytes, bytes, bytes]:
    """Cut header, nonce and ciphertext apart."""
    shortest = header_bytes + NONCE_BYTES + TAG_BYTES
    if len(sealed) < shortest:
        raise SealBroken(f"a sealed value has {shortest} bytes or more, {len(sealed)} came")
    nonce_end = header_bytes + NONCE_BYTES
    return sealed[:header_bytes], sealed[header_bytes:nonce_end], sealed[nonce_end:]
