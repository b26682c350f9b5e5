# SPDX-License-Identifier: Apache-2.0
"""Terms of the W3C Data Privacy Vocabulary, version 2 (Community Group Report of 2024-08-01), and what maps to them."""

from collections.abc import Mapping
from typing import Final

from upheld.policy.model.data import About
from upheld.policy.model.recipients import Role
from upheld.policy.model.storage import Afterwards
from upheld.terms import Act, LawfulBasis, Right, Tier

NAMESPACES: Final[Mapping[str, str]] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "dpv-pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes of the document; `dpv-pd` is how version 1 called `pd`, and means the same."""

LEGAL_BASES: Final[Mapping[LawfulBasis, str]] = {
    LawfulBasis.CONSENT: "dpv:Consent",
    LawfulBasis.CONTRACT: "dpv:Contract",
    LawfulBasis.LEGAL_DUTY: "dpv:LegalObligation",
    LawfulBasis.VITAL_INTERESTS: "dpv:VitalInterest",
    LawfulBasis.PUBLIC_TASK: "dpv:PublicInterest",
    LawfulBasis.LEGITIMATE_INTERESTS: "dpv:LegitimateInterest",
}

OPERATIONS: Final[Mapping[Act, str]] = {
    Act.COLLECT: "dpv:Collect",
    Act.USE: "dpv:Use",
    Act.INFER: "dpv:Infer",
    Act.AUTOMATED_DECISION: "dpv:Assess",
    Act.PERMISSION: "dpv:Access",
    Act.SHARE: "dpv:Share",
    Act.ENTRUST: "dpv:Disclose",
    Act.PUBLISH: "dpv:MakeAvailable",
    Act.TRANSFER: "dpv:Transfer",
    Act.SEND_ABROAD: "dpv:CrossBorderTransfer",
    Act.MESSAGE: "dpv:Transmit",
    Act.KEEP: "dpv:Store",
    Act.STAFF_OPEN: "dpv:Consult",
}
"""An automated decision is a context in DPV, not an operation; what is done to the data is that it is assessed."""

PURPOSES: Final[Mapping[Tier, str]] = {
    Tier.BASIC: "dpv:ServiceProvision",
    Tier.EXTENDED: "dpv:RequestedServiceProvision",
}
"""What a function is for; a further purpose is a `dpv:Purpose`, and what law demands a `dpv:LegalCompliance`."""

ROLES: Final[Mapping[Role, str]] = {
    Role.SEPARATE: "dpv:ThirdParty",
    Role.PROCESSOR: "dpv:DataProcessor",
    Role.JOINT: "dpv:JointDataControllers",
}

AFTERWARDS: Final[Mapping[Afterwards, str]] = {
    Afterwards.ERASE: "dpv:Erase",
    Afterwards.ANONYMISE: "dpv:Anonymise",
}

SUBJECTS: Final[Mapping[About, str]] = {
    About.SELF: "dpv:DataSubject",
    About.CHILD: "dpv:Child",
    About.OTHER: "dpv:DataSubject",
}

RIGHTS: Final[Mapping[Right, str]] = {
    Right.ACCESS: "eu-gdpr:A15",
    Right.COPY: "eu-gdpr:A15",
    Right.CORRECTION: "eu-gdpr:A16",
    Right.ERASURE: "eu-gdpr:A17",
    Right.RESTRICTION: "eu-gdpr:A18",
    Right.PORTABILITY: "eu-gdpr:A20",
    Right.WITHDRAWAL: "eu-gdpr:A7-3",
    Right.CANCELLATION: "eu-gdpr:A17",
    Right.EXPLANATION: "eu-gdpr:A22",
    Right.COMPLAINT: "eu-gdpr:A77",
}
"""The nearest right of the GDPR; under another law it is a close match, not the same right."""
