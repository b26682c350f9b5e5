# SPDX-License-Identifier: Apache-2.0
"""Policy versions: the archive, proposing a file, what it changes, approving it, publishing."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from upheld import policy as policies
from upheld.errors import NotFound
from upheld.facts import bindings
from upheld.facts import queries as facts
from upheld.notices import changes, previewing, publishing, queries, service
from upheld.notices.values import PolicyRefused, Proposal, ProposalState
from upheld.people import staff_records
from upheld.people.permissions import Permission, is_allowed
from upheld.people.values import StaffStatus
from upheld.policy import Finding, PolicyUnreadable
from upheld.policy.binding.values import VALUES
from upheld.policy.rendering.changed import changed
from upheld.terms import StaffId
from upheld.web.console import desk, pages, refusing
from upheld.web.console.desk import StaffRequest
from upheld.web.console.forms.policies import ApproveForm, ProposeForm, WithdrawForm

LARGEST: Final = 1024 * 1024
"""Bytes; a larger file is not read at all (see `FILE_UPLOAD_MAX_MEMORY_SIZE`)."""


def versions(request: StaffRequest) -> HttpResponse:
    """Show what was published, and what is proposed."""
    names, bound = _names(), bindings.counts()
    context = {
        "archive": [
            (one, bound.get(one.version, 0), _ways(previewing.told_so_far(one.version), request))
            for one in queries.archive(now=request.now)
        ],
        "current": facts.current_version(request.now),
        "proposals": [(one, names.get(one.proposed_by, "")) for one in queries.proposals()],
        "alone": queries.published_by_one(),
        "now_": request.now,
    }
    return pages.show(request, "versions", context)


def propose(request: StaffRequest) -> HttpResponse:
    """Take a policy file: propose it whole, or show what was found at its line and column."""
    form = ProposeForm(desk.posted(request), request.FILES)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        form.full_clean()
        if _is_too_large(request):
            form.errors.clear()
            form.add_error("document", _("The file is larger than 1 MB."))
        elif form.is_valid():
            given = form.cleaned_data
            with refusing.On(form):
                try:
                    made = service.propose(
                        document=given["document"].read(),
                        staff_id=request.member.staff_id,
                        now=request.now,
                        marked_major=given["marked_major"],
                        reason=form.reason(),
                    )
                except (PolicyUnreadable, PolicyRefused) as refused:
                    findings = refused.findings
                    form.add_error("document", _("This file cannot be proposed. What was found stands below."))
                else:
                    return pages.go("proposal", made.proposal_id, said="proposed")
    context = {
        "form": form,
        "findings": findings,
        "name": _file_name(request),
        "is_first": changes.last(request.now) is None,
    }
    return pages.show(request, "propose", context, status=422 if form.errors else 200)


def _is_too_large(request: StaffRequest) -> bool:
    length = request.headers.get("Content-Length", "")
    return not request.FILES and length.isdigit() and int(length) > LARGEST


def _file_name(request: StaffRequest) -> str:
    uploaded = request.FILES.get("document")
    return str(getattr(uploaded, "name", ""))


def proposal(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Show a proposal: what it changes for people, what was found, who may approve."""
    return _show(request, _one(proposal_id), ApproveForm())


def _show(request: StaffRequest, found: Proposal, form: ApproveForm) -> HttpResponse:
    parsed = policies.parse(queries.proposal_document(found.proposal_id), "policy.yaml")
    is_open = found.state is ProposalState.PROPOSED
    names = _names()
    context = {
        "one": found,
        "form": form,
        "is_open": is_open,
        "is_own": found.proposed_by == request.member.staff_id,
        "others": _other_approvers(found),
        "proposed_by": names.get(found.proposed_by, ""),
        "decided_by": names.get(found.decided_by, "") if found.decided_by else "",
        "effective_at": publishing.effective_at(parsed.policy) if parsed.policy.effective else None,
        "comparison": _compared(parsed.policy, request) if is_open else None,
        **(_previewed(parsed.policy, found, request) if is_open else {}),
        "findings": policies.check(parsed, now=request.now),
        "clauses": len(policies.bind(parsed.policy)),
    }
    return pages.show(request, "proposal", context, status=422 if form.errors else 200)


def _compared(proposed: policies.Policy, request: StaffRequest) -> dict[str, Any] | None:
    """Compare with the version it follows: what each change says, and the words that people read before and after."""
    last = changes.last(request.now)
    if last is None:
        return None
    before, language = facts.policy(last.seq), request.member.language
    found = policies.diff(before, proposed)
    said = [(change, change.say(language)) for change in found.changes]
    return {"said": said, "lines": changed(before, proposed, language), "cuts_rights": found.cuts_rights}


def _previewed(proposed: policies.Policy, found: Proposal, request: StaffRequest) -> dict[str, Any]:
    preview = previewing.preview(proposed, now=request.now, marked_major=found.is_major)
    return {"preview": preview, "told": _ways(preview.tell, request)}


def _ways(counted: Mapping[str, int], request: StaffRequest) -> list[tuple[str, int]]:
    """Name the ways of telling in the reader's language, each with how many people."""
    return [(VALUES[f"Telling.{way.upper()}"][request.member.language], people) for way, people in counted.items()]


def _other_approvers(found: Proposal) -> int:
    """Count the staff who could be the second person."""
    return sum(
        one.id != found.proposed_by
        and one.status is StaffStatus.ACTIVE
        and is_allowed(one.role, Permission.CONSOLE_POLICY_APPROVE)
        for one in staff_records.everyone()
    )


def approve(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Publish a proposal as the second person, or knowingly alone."""
    found = _one(proposal_id)
    alone = found.proposed_by == request.member.staff_id
    form = ApproveForm(request.POST)
    if not alone:
        del form.fields["alone"]
    if form.is_valid():
        with refusing.On(form):
            service.approve(proposal_id=proposal_id, staff_id=request.member.staff_id, now=request.now, alone=alone)
            return pages.go("proposal", proposal_id, said="published")
    return _show(request, found, form)


def drop(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Put a proposal away."""
    service.drop(proposal_id=proposal_id, staff_id=request.member.staff_id, now=request.now)
    return pages.go("proposal", proposal_id, said="dropped")


def withdraw(request: StaffRequest, version: int) -> HttpResponse:
    """Show what withdrawing a version would do, and do it once it is confirmed with a reason."""
    preview = previewing.preview_withdrawal(version, now=request.now)
    form = WithdrawForm(desk.posted(request))
    if request.method == "POST" and form.is_valid():
        with refusing.On(form):
            service.withdraw(version=version, words=form.words(), staff_id=request.member.staff_id, now=request.now)
            return pages.go("versions", said="withdrawn")
    context = {"one": queries.published(version, now=request.now), "preview": preview, "form": form}
    return pages.show(request, "withdraw", context, status=422 if form.errors else 200)


def proposed_file(request: StaffRequest, proposal_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view
    """Give a proposed file byte for byte."""
    return _file(queries.proposal_document(proposal_id), f"proposal-{_one(proposal_id).version}.yaml")


def published_file(request: StaffRequest, version: int) -> HttpResponse:  # noqa: ARG001 - a view
    """Give a published file byte for byte."""
    return _file(facts.document(version), f"policy-{version}.yaml")


def _file(document: bytes, name: str) -> HttpResponse:
    response = HttpResponse(document, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _one(proposal_id: UUID) -> Proposal:
    for found in queries.proposals():
        if found.proposal_id == proposal_id:
            return found
    raise NotFound("there is no such proposal")


def _names() -> dict[StaffId, Any]:
    return {one.id: one.name for one in staff_records.everyone()}
