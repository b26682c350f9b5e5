# SPDX-License-Identifier: Apache-2.0
"""Staff to try the console with: invited, enrolled with a second factor, and signed in through the real pages."""

from dataclasses import dataclass

import pyotp
from django.test import Client

from upheld.clock import SystemClock
from upheld.people import staff_invites
from upheld.people.permissions import Role
from upheld.terms import StaffId

PASSWORD = "four unrelated words aloud"
SIGN_IN = "/console/sign-in/"


@dataclass
class Colleague:
    """A member of staff who exists, with what only that person has."""

    staff_id: StaffId
    email: str
    secret: str
    recovery_codes: tuple[str, ...]

    def code(self, *, steps_later: int = 0) -> str:
        now = SystemClock().now().timestamp()
        return pyotp.TOTP(self.secret).at(int(now) + 30 * steps_later)


def joined(role: Role, email: str = "", *, name: str = "Someone Else", now=None) -> Colleague:
    """Let somebody join by the rooms' own verbs."""
    security_now = SystemClock().now()
    now = now or security_now
    email = email or f"{role.value}@staff.example"
    token = staff_invites.invite(role=role, now=now, security_now=security_now).token
    times = {"peer": "192.0.2.9", "now": now, "security_now": security_now}
    secret = staff_invites.begin_enrolment(token=token, issuer="test", **times).secret
    made = staff_invites.finish_enrolment(
        token=token, name=name, email=email, password=PASSWORD, code=pyotp.TOTP(secret).at(security_now), **times
    )
    return Colleague(staff_id=made.staff_id, email=email, secret=secret, recovery_codes=made.recovery_codes)


def signed_in(colleague: Colleague, *, language: str = "en") -> Client:
    """Return a browser in which somebody has signed in, by a recovery code: a step of the clock serves once."""
    client = Client(REMOTE_ADDR="127.0.0.1", enforce_csrf_checks=False)
    client.cookies["language"] = language
    colleague.recovery_codes, code = colleague.recovery_codes[1:], colleague.recovery_codes[0]
    answer = client.post(SIGN_IN, {"email": colleague.email, "password": PASSWORD, "code": code})
    assert answer.status_code == 302, answer.content.decode()
    return client
