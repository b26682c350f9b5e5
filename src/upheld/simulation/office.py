# SPDX-License-Identifier: Apache-2.0
"""The simulated staff: they enrol, publish the policy by two people, and keep recipients' papers on file."""

import re
from datetime import datetime, timedelta
from typing import Final

import pyotp

from upheld.crypto.randomness import token_text
from upheld.notices import publishing
from upheld.notices.values import PolicyRefused, Proposal
from upheld.people import staff, staff_invites
from upheld.people.permissions import Role
from upheld.policy import Policy
from upheld.sharing import service as sharing
from upheld.sharing.values import PaperKind, SourcePaperKind
from upheld.simulation.badges import SignIn
from upheld.simulation.world import World
from upheld.terms import StaffId

PEER: Final = "192.0.2.10"
"""The office's network address (RFC 5737)."""
_PAPER_LASTS: Final = timedelta(days=730)
_DOCUMENT: Final = "0" * 64
"""Digest of the signed paper; a simulation has none."""
_EFFECTIVE: Final = re.compile(rb"(?m)^effective: *\d{4}")


def enrol(role: Role, *, name: str, email: str, now: datetime, security_now: datetime) -> SignIn:
    """Invite someone from the command line and let them make their account, with a password of this run alone."""
    invited = staff_invites.invite(role=role, now=now, security_now=security_now)
    shown = staff_invites.begin_enrolment(
        token=invited.token, peer=PEER, issuer="Upheld", now=now, security_now=security_now
    )
    password = token_text(12)
    enrolled = staff_invites.finish_enrolment(
        token=invited.token,
        name=name,
        email=email,
        password=password,
        code=pyotp.TOTP(shown.secret).at(security_now),
        peer=PEER,
        now=now,
        security_now=security_now,
    )
    return SignIn(staff_id=enrolled.staff_id, role=role, email=email, password=password, secret=shown.secret)


def sign_in(who: SignIn, *, now: datetime) -> None:
    """Sign a member of staff in, both factors at once."""
    staff.sign_in(email=who.email, password=who.password, code=who.code(now), peer=PEER, now=now, security_now=now)


def publish(document: bytes, *, proposer: StaffId, approver: StaffId, now: datetime) -> Proposal:
    """Publish a policy by two people, or by one who says so."""
    proposal = publishing.propose(document=document, staff_id=proposer, now=now)
    alone = proposer == approver
    return publishing.approve(proposal_id=proposal.proposal_id, staff_id=approver, now=now, alone=alone)


def propose_faulty(document: bytes, *, proposer: StaffId, now: datetime) -> None:
    """Propose a policy that would apply before it was written; who gets it past the check drops it again.

    Raises:
        PolicyRefused: as it should be.
    """
    faulty = _EFFECTIVE.sub(b"effective: 1999", document, count=1)
    proposal = publishing.propose(document=faulty, staff_id=proposer, now=now)
    publishing.drop(proposal_id=proposal.proposal_id, staff_id=proposer, now=now)


def file_papers(policy: Policy, *, signed_by: StaffId, now: datetime, without: dict[str, str] | None = None) -> None:
    """Put the papers that recipients need on file, save one kind each for those named."""
    for name, recipient in policy.recipients.items():
        for need in recipient.needs:
            if (without or {}).get(name) != need.value:
                file_paper(name, need.value, signed_by=signed_by, now=now)


def file_paper(recipient: str, kind: str, *, signed_by: StaffId, now: datetime) -> None:
    """Put one paper of a recipient on file."""
    sharing.record_paper(
        recipient=recipient,
        kind=PaperKind(kind),
        starts_at=now,
        until=now + _PAPER_LASTS,
        document_sha256=_DOCUMENT,
        signed_by=signed_by,
        now=now,
    )


def file_source_papers(policy: Policy, *, signed_by: StaffId, now: datetime) -> None:
    """Put the papers that sources need on file."""
    for name, source in policy.sources.items():
        for need in source.needs:
            sharing.record_source_paper(
                source=name,
                kind=SourcePaperKind(need.value),
                starts_at=now,
                until=now + _PAPER_LASTS,
                document_sha256=_DOCUMENT,
                signed_by=signed_by,
                now=now,
            )


def open_office(world: World, document: bytes, staff_: list[SignIn]) -> None:
    """Let the officers try what must not be, and publish the policy by two people."""
    first, second = staff_[0].staff_id, staff_[1].staff_id
    world.must_not("policy.checked_before_publish", propose_faulty, document, proposer=first, now=world.now)
    proposal = publishing.propose(document=document, staff_id=first, now=world.now)

    def alone() -> None:
        publishing.approve(proposal_id=proposal.proposal_id, staff_id=first, now=world.now)

    if not world.must_not("notices.two_people_publish", alone):
        publishing.approve(proposal_id=proposal.proposal_id, staff_id=second, now=world.now)


__all__ = ["PolicyRefused", "SignIn", "enrol", "file_paper", "file_papers", "open_office", "publish", "sign_in"]
