# SPDX-License-Identifier: Apache-2.0
"""The tables of people; only this room touches them.

No column here holds an identifier in clear: a number or e-mail address is sealed in the vault (people), or under a
key of its own (pending registrations, staff), and found through the key store's blind index.
"""

from django.db import models

from upheld.storage.base import BareTable, ErasedBy, HouseTable


class DataSubject(HouseTable):
    """A person whose data is held, by opaque id; may have no account."""

    erased = ErasedBy.PSEUDONYMOUS("an opaque id and dates; evidence needs it after the erasure")

    kind = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class Account(BareTable):
    """A data subject's account: open or cancelled."""

    erased = ErasedBy.PSEUDONYMOUS("an opaque id, a state and dates; storage periods start from them")

    data_subject_id = models.UUIDField(primary_key=True)
    status = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "cancelled_at"], name="account_by_status")]


class CodeChallenge(HouseTable):
    """A one-time code that was sent, and the address it is to prove; short-lived."""

    erased = ErasedBy.EXPIRES("lives minutes; its contact's key and the row go when it is used up or expired")

    contact_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    purpose = models.CharField(max_length=24)
    bound_to = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(null=True)
    code_digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    key_id = models.UUIDField()
    sealed_address = models.BinaryField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    proof_digest = models.BinaryField(max_length=32, null=True)
    proof_expires_at = models.DateTimeField(null=True)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="challenge_by_expiry")]


class SignInSession(HouseTable):
    """A signed-in browser of a person or of staff; only the digest of its token is held."""

    erased = ErasedBy.ROW("removed with the person's other rows, and swept when over")

    data_subject_id = models.UUIDField()
    kind = models.CharField(max_length=8)
    staff_id = models.UUIDField(null=True)
    token_digest = models.BinaryField(max_length=32, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["data_subject_id", "kind"], name="session_by_subject"),
            models.Index(fields=["expires_at"], name="session_by_expiry"),
        ]


class LimitWindow(BareTable):
    """How much of a limit is used up in one window; its key is a keyed hash."""

    erased = ErasedBy.EXPIRES("a keyed hash and a count; swept when the window is over")

    digest = models.BinaryField(max_length=32, primary_key=True)
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="limit_by_expiry")]


class TryDelay(BareTable):
    """How many tries failed in a row, and when the next may come; its key is a keyed hash."""

    erased = ErasedBy.EXPIRES("a keyed hash and a count; swept a day after the last failure")

    digest = models.BinaryField(max_length=32, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="delay_by_expiry")]


class Staff(HouseTable):
    """A member of staff; name, e-mail and second factor are sealed under that person's own key."""

    erased = ErasedBy.KEY("name, e-mail address and second factor are sealed; ended staff lose the key")

    data_subject_id = models.UUIDField(unique=True)
    role = models.CharField(max_length=12)
    status = models.CharField(max_length=10)
    key_id = models.UUIDField()
    sealed_name = models.BinaryField(null=True)
    sealed_email = models.BinaryField(null=True)
    sealed_second_factor = models.BinaryField(null=True)
    password = models.CharField(max_length=256)
    last_step = models.BigIntegerField(default=0)
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class RecoveryCode(HouseTable):
    """One way back in for staff who lost their second factor; held as a digest, used once."""

    erased = ErasedBy.PSEUDONYMOUS("a keyed digest of a random code; removed when staff end")

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    digest = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)


class StaffInvite(HouseTable):
    """A one-time invitation to join the staff; held as a digest."""

    erased = ErasedBy.EXPIRES("lives a day; swept with its sealed second factor")

    role = models.CharField(max_length=12)
    token_digest = models.BinaryField(max_length=32, unique=True)
    invited_by = models.UUIDField(null=True)
    data_subject_id = models.UUIDField()
    key_id = models.UUIDField(null=True)
    sealed_second_factor = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class APIKey(HouseTable):
    """A program's key: what it may do, from where, until when, about how many people an hour."""

    erased = ErasedBy.NO_PERSON("belongs to a program; the secret is held as a digest")

    name = models.CharField(max_length=80)
    secret_digest = models.BinaryField(max_length=32)
    purposes = models.JSONField()
    acts = models.JSONField()
    permissions = models.JSONField()
    networks = models.JSONField()
    people_an_hour = models.PositiveIntegerField()
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    replaces = models.UUIDField(null=True)


class PersonCounted(BareTable):
    """That a program's key reached a person this hour; a keyed hash, so that no list of people arises."""

    erased = ErasedBy.EXPIRES("a keyed hash that changes each hour; swept when the hour is over")

    digest = models.BinaryField(max_length=32, primary_key=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="counted_by_expiry")]
