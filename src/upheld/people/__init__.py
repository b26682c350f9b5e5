# SPDX-License-Identifier: Apache-2.0
"""Who is who: data subjects, accounts, sign-in codes, sessions, staff with roles, and keys of programs.

A mobile number is held only sealed in the vault and as a blind index in the key store. Codes, tokens, recovery codes
and program keys are held only as digests. Codes and sessions run on security time; everything else on policy time.
"""
