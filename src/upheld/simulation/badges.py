# SPDX-License-Identifier: Apache-2.0
"""What simulated staff carry: address, password and second factor, made anew for each run."""

from dataclasses import dataclass, field
from datetime import datetime

import pyotp

from upheld.people.permissions import Role
from upheld.terms import StaffId


@dataclass(frozen=True, kw_only=True, slots=True)
class SignIn:
    """What a member of staff signs in with."""

    staff_id: StaffId
    role: Role
    email: str
    password: str = field(repr=False)
    secret: str = field(repr=False)

    def code(self, moment: datetime) -> str:
        """Return the second factor's code of a moment."""
        return pyotp.TOTP(self.secret).at(moment)

    @property
    def address(self) -> str:
        """What an authenticator takes to make these codes."""
        return pyotp.TOTP(self.secret).provisioning_uri(name=self.email, issuer_name="Upheld")
