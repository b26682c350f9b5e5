# SPDX-License-Identifier: Apache-2.0
"""Open an account for a proven number.

In one act the notice is accepted, the age is stated where the policy needs it first, and the number is sealed.
"""

from django.http import HttpResponse

from upheld.children import service as children
from upheld.facts import queries as facts
from upheld.notices import service as notices
from upheld.people import accounts
from upheld.people.codes import CodeRefused
from upheld.people.values import SignedIn
from upheld.policy import Policy
from upheld.policy.model.processing import UnknownAgeRule
from upheld.terms import AgeBand, DataSubjectId, Language
from upheld.web.portal import pages, pending
from upheld.web.portal.forms import AgeForm
from upheld.web.portal.visitor import PortalRequest, sign_in_browser


def may_wait(policy: Policy) -> bool:
    """Say whether a number may be held while the age of its holder is not known."""
    function = policy.functions.get(accounts.ACCOUNT_FUNCTION)
    return policy.children is None or (function is not None and function.unknown_age is UnknownAgeRule.ALLOWED)


def open_or_ask_age(request: PortalRequest, held: pending.Held) -> HttpResponse:
    """Open the account, or ask for the age first where the policy takes nobody's number without it."""
    if held.proven.version is None or not may_wait(facts.policy(held.proven.version)):
        return pending.hold_proof(pages.go("age_first"), held)
    return open_account(request, held)


def open_account(request: PortalRequest, held: pending.Held, age: AgeForm | None = None) -> HttpResponse:
    """Open the account and sign its person in; a proof that was used or waited too long leads back to the form.

    Raises:
        BadInput: the birth date cannot be.
        Denied: the policy takes no number of someone of this age; nothing was kept.
    """
    version = held.proven.version or 0

    def acknowledge(data_subject_id: DataSubjectId) -> None:
        notices.acknowledge(
            data_subject_id=data_subject_id,
            version=version,
            language=Language(held.language),
            now=request.now,
            session_id=held.viewer,
        )
        if age is not None:
            state_age(request, data_subject_id, age)

    try:
        signed = accounts.open_account(
            proven=held.proven,
            version=version,
            now=request.now,
            security_now=request.security_now,
            acknowledge=acknowledge,
        )
    except CodeRefused:
        return pages.go("sign_in")
    return entered(request, signed, pages.go("age" if age is None else "choices", said="registered"))


def state_age(request: PortalRequest, data_subject_id: DataSubjectId, form: AgeForm) -> bool:
    """Record what a person said of their age; say whether a guardian is needed.

    Raises:
        BadInput: the birth date cannot be.
    """
    how, born = form.cleaned_data["how"], form.cleaned_data["birth_on"]
    if how == AgeForm.BIRTH_DATE:
        stated = children.state_age(data_subject_id=data_subject_id, birth_on=born, now=request.now)
    else:
        band = AgeBand.ADULT if how == AgeForm.OF_AGE else AgeBand.UNKNOWN
        stated = children.state_age(data_subject_id=data_subject_id, band=band, now=request.now)
    return stated.needs_guardian


def entered(request: PortalRequest, signed: SignedIn, response: HttpResponse) -> HttpResponse:
    """Give the browser its session, and forget the steps that led here."""
    sign_in_browser(request, response, signed)
    pending.forget(response, pending.CODE)
    pending.forget(response, pending.PROOF)
    return response
