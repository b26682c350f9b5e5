# SPDX-License-Identifier: Apache-2.0
"""Wrap many data keys of one epoch again under another, as rotation does.

The same bytes as `unwrap` and `wrap` one by one, at less than half the cost: ciphers are set up once, and nonces are
drawn together.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from upheld.crypto.faults import check_key
from upheld.crypto.framing import frame
from upheld.crypto.randomness import token_bytes
from upheld.crypto.suites import NONCE_BYTES, Suite, broken_tag
from upheld.crypto.wrapping import WRAPPED_BYTES, WRAPPED_VERSION, WrapContext, unwrap, wrap, wrapped_suite

WrappedKey = tuple[bytes, bytes, str, bytes]
"""The 16 bytes of the key's id, those of the data subject's, the clause, the wrapped key."""

_HEADER: Final = bytes((WRAPPED_VERSION, Suite.AES_256_GCM))
_NONCE_END: Final = len(_HEADER) + NONCE_BYTES
_ID_FRAME: Final = frame(UUID(int=0))[:-16]
"""What `frame` puts before an id."""
_ID_START: Final = _HEADER + _ID_FRAME


def rewrap_many(
    old_key: bytes, new_key: bytes, keys: Sequence[WrappedKey], *, old_epoch: int, new_epoch: int
) -> list[bytes]:
    """Return every key, wrapped for the new epoch, in order.

    Raises:
        KeyMalformed: one of the provider keys has not 32 bytes.
        SealBroken: one of the wrapped keys was wrapped under another key, for another place, or was altered.
    """
    check_key(old_key, what="provider key")
    check_key(new_key, what="provider key")
    opener, sealer = AESGCM(old_key), AESGCM(new_key)
    was, becomes = frame(old_epoch), frame(new_epoch)
    places = {clause: frame(clause) for clause in {key[2] for key in keys}}
    done: list[bytes] = []
    for (key_id, subject, clause, wrapped), nonce in zip(keys, _nonces(len(keys)), strict=True):
        if wrapped[:2] != _HEADER or len(wrapped) != WRAPPED_BYTES:
            done.append(_one(old_key, new_key, (key_id, subject, clause, wrapped), old_epoch, new_epoch))
            continue
        head, tail = _ID_START + key_id, _ID_FRAME + subject + places[clause]
        try:
            data_key = opener.decrypt(wrapped[2:_NONCE_END], wrapped[_NONCE_END:], head + was + tail)
        except InvalidTag:
            raise broken_tag() from None
        done.append(_HEADER + nonce + sealer.encrypt(nonce, data_key, head + becomes + tail))
    return done


def _nonces(count: int) -> Iterable[bytes]:
    drawn = token_bytes(NONCE_BYTES * count)
    return (drawn[start : start + NONCE_BYTES] for start in range(0, len(drawn), NONCE_BYTES))


def _one(old_key: bytes, new_key: bytes, key: WrappedKey, old_epoch: int, new_epoch: int) -> bytes:
    """Do one of another suite, which keeps it; a misshapen one is refused."""
    key_id, subject, clause, wrapped = key
    ids = UUID(bytes=key_id), UUID(bytes=subject)
    was = WrapContext(key_id=ids[0], epoch=old_epoch, data_subject_id=ids[1], clause=clause)
    becomes = WrapContext(key_id=ids[0], epoch=new_epoch, data_subject_id=ids[1], clause=clause)
    data_key = unwrap(old_key, wrapped, context=was)
    return wrap(new_key, data_key, context=becomes, suite=wrapped_suite(wrapped))
