# SPDX-License-Identifier: Apache-2.0
"""What the cryptography raises; nothing here carries key, plaintext or ciphertext.

Broken
├── SealBroken       a sealed value or wrapped key does not open: wrong key, wrong place, or altered
├── SignatureBroken  a signature does not hold
└── MacBroken        a message authentication code does not hold
BadInput
└── KeyMalformed     what should be a key is none
"""

from upheld.errors import BadInput, Broken


class SealBroken(Broken):
    """A sealed value or wrapped key does not open: wrong key, wrong place, or altered bytes."""

    code = "seal_broken"


class SignatureBroken(Broken):
    """A signature does not hold over what it is said to sign."""

    code = "signature_broken"


class MacBroken(Broken):
    """A message authentication code does not hold."""

    code = "mac_broken"


class KeyMalformed(BadInput):
    """What should be a key is none."""

    code = "key_malformed"


def check_key(key: bytes, *, what: str) -> None:
    """Refuse anything but 256 bits.

    Args:
        key: the bytes that should be a key.
        what: its name in the message, for example "data key".

    Raises:
        KeyMalformed: it has another length.
    """
    if len(key) != KEY_BYTES:
        raise KeyMalformed(f"a {what} has {KEY_BYTES} bytes, {len(key)} came")


KEY_BYTES = 32
"""Length of every symmetric key of the house: 256 bits."""
