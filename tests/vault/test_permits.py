# SPDX-License-Identifier: Apache-2.0
"""Permits for programs: bound, single use, short-lived, checked again."""

import base64
import json
from datetime import timedelta
from uuid import UUID

import pytest

from tests.vault import world
from tests.vault.world import NOW, using
from upheld import controls
from upheld.facts import service as facts
from upheld.gate import Denied
from upheld.storage.acts import act
from upheld.vault import service
from upheld.vault.models import PermitSpent

CALLER = UUID("018f0000-0000-7000-8000-0000000000aa")
OTHER = UUID("018f0000-0000-7000-8000-0000000000bb")


@pytest.fixture
def subject(db):
    world.publish()
    return world.grown("purpose:profile")


@pytest.fixture
def token(subject):
    return service.issue_permit(ask=using("profile", "nickname"), data_subject_id=subject, caller_id=CALLER, now=NOW)


def spend(token, *, caller_id=CALLER, now=NOW):
    return service.spend_permit(token, caller_id=caller_id, now=now)


def refused(token, **more):
    with pytest.raises(service.PermitRefused) as caught:
        spend(token, **more)
    return caught.value.why


def test_a_permit_works_once(subject, token):
    """The program gets what it asked for, once; the second time it is told that the permit is spent."""
    spent = spend(token)
    assert (spent.data_subject_id, spent.ask, spent.caller_id) == (subject, using("profile", "nickname"), CALLER)
    assert refused(token) == "spent"
    with controls.without("vault.permit_needed"):
        assert spend(token).ask == spent.ask


def test_a_permit_lives_a_minute(token):
    """Alive in its last second, dead at sixty."""
    assert refused(token, now=NOW + timedelta(seconds=60)) == "expired"
    assert spend(token, now=NOW + timedelta(seconds=59))


def test_a_permit_is_of_no_use_to_another_program(token):
    """Taken by one key, it is refused to another, and still good for the first."""
    assert refused(token, caller_id=OTHER) == "another_caller"
    assert spend(token)


def test_a_forged_permit_is_refused(token):
    """Changing the categories, the code, or the form is noticed."""
    prefix, body, code = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    said["ask"]["categories"] = ["phone"]
    forged = base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":"), sort_keys=True).encode()).rstrip(b"=")
    assert refused(f"{prefix}.{forged.decode()}.{code}") == "forged"
    assert refused(f"{prefix}.{body}.{code[:-2]}AA") == "forged"
    for broken in ("", "up1", f"up2.{body}.{code}", f"{prefix}.{body}!.{code}", token + "." + code, "x" * 9000):
        assert refused(broken) == "malformed"
    assert spend(token)


def test_a_permit_is_overtaken_by_a_withdrawal(subject, token):
    """What the person changed in the meantime counts."""
    with act() as acting:
        facts.withdraw_consent(subject, "purpose:profile", NOW)
        world.changed(acting)
    assert refused(token) == "overtaken"
    with pytest.raises(Denied):
        service.issue_permit(ask=using("profile", "nickname"), data_subject_id=subject, caller_id=CALLER, now=NOW)


def test_spent_permits_are_swept_once_they_are_dead(token):
    """The table of spent permits stays as small as a minute's traffic."""
    spend(token)
    assert service.sweep_permits(now=NOW + timedelta(seconds=59)) == 0
    assert service.sweep_permits(now=NOW + timedelta(seconds=60)) == 1
    assert not PermitSpent.objects.exists()
