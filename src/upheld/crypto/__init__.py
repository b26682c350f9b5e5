# SPDX-License-Identifier: Apache-2.0
"""Cryptography of the house: the only importer of `cryptography`; pure, without clock, log or state.

randomness   tokens, one-time codes, UUIDv7
framing      several values as one unambiguous byte string, for associated data
suites       the numbered cipher suites
sealing      seal personal data; say whether a sealed value is of an older format
opening      open what was sealed; only the vault may import it
wrapping     data keys under a provider key
blind        blind indexes
hashing      digests of codes and tokens, HKDF, constant-time comparison
signing      Ed25519 keys in C2SP signed-note encodings
macs         message authentication codes of permits
faults       what they raise
"""
