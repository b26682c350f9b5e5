# SPDX-License-Identifier: Apache-2.0
"""Receipts, and how anyone checks them."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from upheld.errors import NotFound
from upheld.web.kit.pagination import page
from upheld.web.portal import consent_receipts, names, pages, proving
from upheld.web.portal.visitor import PortalRequest, Who, signed_in


@require_safe
@signed_in
def receipts(request: PortalRequest, who: Who) -> HttpResponse:
    """List receipts."""
    return pages.show(request, "receipts", {"page": page(request, proving.receipts(who.data_subject_id))})


@require_safe
@signed_in
def receipt(request: PortalRequest, who: Who, evidence_id: UUID) -> HttpResponse:
    """Show one receipt and the command that checks it."""
    found = proving.receipt(who.data_subject_id, evidence_id)
    text = proving.receipt_file(who.data_subject_id, evidence_id)
    context = {
        "one": found,
        "text": text.decode() if text else "",
        "is_choice": proving.choice_of(who.data_subject_id, evidence_id) is not None,
        "log_key": proving.log_key(),
        "clause_address": names.clause_address(found.clause, who.policy.version),
    }
    return pages.show(request, "receipt", context)


@require_safe
@signed_in
def receipt_file(request: PortalRequest, who: Who, evidence_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """Hand a receipt over as a file."""
    text = proving.receipt_file(who.data_subject_id, evidence_id)
    if text is None:
        return pages.go("receipt", evidence_id)
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="receipt.json"'
    return response


@require_safe
@signed_in
def consent_file(request: PortalRequest, who: Who, evidence_id: UUID) -> HttpResponse:
    """Hand the receipt of a choice over in the terms of ISO/IEC TS 27560."""
    notice = request.build_absolute_uri(reverse("portal:version", args=[0])).removesuffix("0") + "{version}"
    text = consent_receipts.consent_receipt(who, evidence_id, notice=notice)
    if text is None:
        raise NotFound("this receipt is about no consent")
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="consent-receipt.json"'
    return response


@require_safe
@signed_in
def log_key(request: PortalRequest, who: Who) -> HttpResponse:  # noqa: ARG001 - a view's shape
    """Hand the log's public key over as a file."""
    response = HttpResponse(proving.log_key() + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="log.vkey"'
    return response
