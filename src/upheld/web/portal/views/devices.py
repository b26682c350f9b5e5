# SPDX-License-Identifier: Apache-2.0
"""My devices, with undoing a link; my log of use, whole."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from upheld.devices import queries, service
from upheld.gate import Denied
from upheld.policy.model.processing import Manner
from upheld.terms import Right
from upheld.vault import service as vault
from upheld.web.kit.pagination import page
from upheld.web.portal import denials, names, pages
from upheld.web.portal.visitor import PortalRequest, Who, signed_in

_LOGGED = frozenset({Manner.DEVICE, Manner.GENERATED})


@require_safe
@signed_in
def devices(request: PortalRequest, who: Who) -> HttpResponse:
    """Show every device that is or was linked to the person, since when and for what."""
    found = [
        {
            "device": one,
            "purpose": names.purpose(who.policy, one.purpose, who.language),
            "why": names.why(who.policy, one.purpose, who.language),
        }
        for one in queries.devices(who.data_subject_id)
    ]
    return pages.show(request, "devices", {"page": page(request, found)})


@require_POST
@signed_in
def unlink(request: PortalRequest, who: Who, link_id: UUID) -> HttpResponse:
    """Undo a link; what the device sends from now on is nobody's."""
    service.unlink(data_subject_id=who.data_subject_id, link_id=link_id, now=request.now)
    return pages.go("devices", said="unlinked")


@require_safe
@signed_in
def log(request: PortalRequest, who: Who) -> HttpResponse:
    """Show all that was logged of the person's use, by right of access: every entry that is stored, the newest first."""
    logged = sorted({name for one in who.policy.functions.values() if one.manner in _LOGGED for name in one.collects})
    if not logged:
        return pages.show(request, "log", {"page": page(request, [])})
    try:
        opened = vault.copy_of(
            data_subject_id=who.data_subject_id,
            now=request.now,
            by=who.reader,
            right=Right.ACCESS,
            categories=logged,
        )
    except Denied as denied:
        return denials.page(request, who, denied.denial, title=_("This cannot be shown"), back="/my-data")
    entries = [
        {
            "entry": one,
            "label": names.category(who.policy, one.category, who.language),
            "purpose": names.purpose(who.policy, one.purpose, who.language),
        }
        for one in opened.every
    ]
    return pages.show(request, "log", {"page": page(request, entries)})
