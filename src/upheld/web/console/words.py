# SPDX-License-Identifier: Apache-2.0
"""What ids of the policy, controls and chapters are called, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from upheld.controls import CONTROLS
from upheld.gate.clauses import RIGHT_PREFIX, TRACKER_PREFIX
from upheld.policy import Policy
from upheld.policy.model.base import say
from upheld.policy.model.identity import Chapter
from upheld.policy.rendering.words import CHAPTERS
from upheld.terms import Language
from upheld.web.kit import labels

SECTIONS: Final[Mapping[str, Promise]] = {
    "categories": gettext_lazy("Kinds of data"),
    "cessation": gettext_lazy("End of service"),
    "changes": gettext_lazy("Changes of the policy"),
    "children": gettext_lazy("Children and guardians"),
    "commitments": gettext_lazy("Commitments"),
    "controller": gettext_lazy("Controller and contacts"),
    "duties": gettext_lazy("Duties"),
    "effective": gettext_lazy("Dates"),
    "functions": gettext_lazy("Functions"),
    "grounds": gettext_lazy("Grounds without consent"),
    "incidents": gettext_lazy("Incidents"),
    "permissions": gettext_lazy("Device permissions"),
    "publication": gettext_lazy("Publication"),
    "purposes": gettext_lazy("Purposes"),
    "recipients": gettext_lazy("Recipients"),
    "regulators": gettext_lazy("Regulators"),
    "residency": gettext_lazy("Where data stays"),
    "rights": gettext_lazy("Rights"),
    "scope": gettext_lazy("Scope"),
    "storage": gettext_lazy("Storage periods"),
    "succession": gettext_lazy("Succession"),
    "trackers": gettext_lazy("Cookies and trackers"),
}
"""The capabilities that clauses are of: the sections of the policy file."""

PAPERS: Final[Mapping[str, Promise]] = {
    "agreement": gettext_lazy("Agreement"),
    "assessment": gettext_lazy("Impact assessment"),
    "security_test": gettext_lazy("Security test"),
    "lawful_origin": gettext_lazy("Lawful origin confirmed"),
}
SOURCES: Final[Mapping[str, Promise]] = {
    "affiliate": pgettext_lazy("source", "Affiliate"),
    "sign_in_provider": pgettext_lazy("source", "Sign-in provider"),
    "seller": pgettext_lazy("source", "Seller"),
    "payment": pgettext_lazy("source", "Payment service"),
    "carrier": pgettext_lazy("source", "Carrier"),
    "public": pgettext_lazy("source", "Public information"),
    "person": pgettext_lazy("source", "Another person"),
    "partner": pgettext_lazy("source", "Partner"),
}
KINDS: Final[Mapping[str, Promise]] = {
    "sdk": pgettext_lazy("recipient", "SDK"),
    "processor": pgettext_lazy("recipient", "Processor"),
    "affiliate": pgettext_lazy("recipient", "Affiliate"),
    "supplier": pgettext_lazy("recipient", "Supplier"),
    "partner": pgettext_lazy("recipient", "Partner"),
    "advertising": pgettext_lazy("recipient", "Advertising"),
    "authority": pgettext_lazy("recipient", "Authority"),
    "public": pgettext_lazy("recipient", "The public"),
}
FORMS: Final[Mapping[str, Promise]] = {
    "identified": pgettext_lazy("form", "Identified"),
    "de_identified": pgettext_lazy("form", "De-identified"),
    "aggregate": pgettext_lazy("form", "Aggregate"),
}
TEMPLATES: Final[Mapping[str, Promise]] = {
    "account.cancelled": gettext_lazy("Account cancelled"),
    "code.change_number": gettext_lazy("Code to change a number"),
    "code.confirm_request": gettext_lazy("Code to confirm a request"),
    "code.prove_guardian": gettext_lazy("Code for a guardian"),
    "code.sign_in": gettext_lazy("Code to sign in"),
    "identifier.changed": gettext_lazy("Sign-in changed"),
    "incident.told": gettext_lazy("Security incident"),
    "notice.changed": gettext_lazy("Policy changes"),
    "notice.changed_major": gettext_lazy("Policy changes in full"),
    "notice.withdrawn": gettext_lazy("Policy version withdrawn"),
    "request.answered": gettext_lazy("Request answered"),
    "request.overdue": gettext_lazy("Request late"),
    "request.received": gettext_lazy("Request received"),
    "request.refused": gettext_lazy("Request refused"),
    "service.ceasing": gettext_lazy("End of service"),
    "staff.looked": gettext_lazy("Staff looked"),
    "successor.bound": gettext_lazy("Change of hands"),
}
API_PERMISSIONS: Final[Mapping[str, Promise]] = {
    "api:board:read": gettext_lazy("Read the promise board"),
    "api:consents:read": gettext_lazy("Read people's consents"),
    "api:consents:write": gettext_lazy("Give and withdraw consents for people"),
    "api:decisions:ask": gettext_lazy("Ask the gate"),
    "api:disclosures:make": gettext_lazy("Hand data to recipients"),
    "api:disclosures:read": gettext_lazy("Read who received what"),
    "api:devices:link": gettext_lazy("Link devices to people, and undo it"),
    "api:telemetry:send": gettext_lazy("Send what devices tell"),
    "api:telemetry:count": gettext_lazy("Read counts of what devices tell"),
    "api:items:list": gettext_lazy("List what is held"),
    "api:items:open": gettext_lazy("Open items"),
    "api:items:seal": gettext_lazy("Seal items"),
    "api:people:register": gettext_lazy("Register people"),
    "api:permits:take": gettext_lazy("Take permits"),
    "api:requests:file": gettext_lazy("File requests"),
    "api:requests:read": gettext_lazy("Read requests"),
}
ROLES: Final[Mapping[str, Promise]] = {
    "auditor": gettext_lazy("Reads the board, the log and requests; changes nothing."),
    "engineer": gettext_lazy("Keeps the machine running; sees no person."),
    "officer": gettext_lazy("Answers for privacy: everything that the console can do."),
    "publisher": gettext_lazy("Proposes and approves policy versions."),
    "support": gettext_lazy("Answers people's requests; refuses none."),
}


def of(table: Mapping[str, Promise], name: str) -> str:
    """Say a name by a table; itself where the table has none."""
    return str(table.get(name, name.replace("_", " ")))


def chapter(name: Chapter, language: Language) -> str:
    """Name a chapter of the notice."""
    return CHAPTERS[name][language]


def control(name: str, language: Language) -> str:
    """Say what a control does."""
    known = CONTROLS[name]
    return known.zh_hans if language is Language.ZH_HANS else known.en


def category(policy: Policy, name: str, language: Language) -> str:
    """Name a category."""
    declared = policy.categories.get(name)
    return say(declared.label, language) if declared else name


def categories(policy: Policy, names: Iterable[str], language: Language) -> list[str]:
    """Name categories."""
    return [category(policy, name, language) for name in names]


def purpose(policy: Policy, name: str, language: Language) -> str:
    """Name a function, a further purpose, or the answering of a right."""
    if name.startswith(RIGHT_PREFIX):
        return _("Right: %(right)s") % {"right": labels.label(name.removeprefix(RIGHT_PREFIX), "Right")}
    declared = policy.processing.get(name)
    return say(declared.label, language) if declared else name


def purposes(policy: Policy, language: Language) -> list[tuple[str, str]]:
    """List what data may be used for, to choose from."""
    return [(name, say(declared.label, language)) for name, declared in policy.processing.items()]


def purposes_of_keys(policy: Policy, language: Language) -> list[tuple[str, str]]:
    """List what a program's key may be for: besides what data is used for, each tracker that the program may set."""
    trackers = [(TRACKER_PREFIX + name, say(its.label, language)) for name, its in policy.trackers.items()]
    return purposes(policy, language) + trackers


def channel(policy: Policy, name: str, language: Language) -> str:
    """Name a contact that takes requests."""
    declared = policy.controller.contacts.get(name) if policy.controller else None
    return say(declared.label, language) if declared else name


def recipient(policy: Policy, name: str, language: Language) -> str:
    """Name a recipient."""
    declared = policy.recipients.get(name)
    return say(declared.name, language) if declared else name
