# SPDX-License-Identifier: Apache-2.0
"""What other programs read: JSON-LD whose every term is known, a record of processing without gaps, consent receipts."""

import csv
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy.planting import both, cut, planted, put, words
from tests.policy.test_rendering import LANGUAGES, NASTY, _Page
from upheld import places, policy
from upheld.policy.rendering.machine import Consented, dpv, receipt, receipt_profile, record_of_processing
from upheld.policy.rendering.machine.record_writing import as_csv, as_html, as_json
from upheld.policy.rendering.machine.values import duration
from upheld.policy.rendering.machine.vocabulary import NAMESPACES
from upheld.policy.model.spans import Span
from upheld.terms import Language

FIVE = ("baby-device", "document-tools", "family-website", "general-platform", "jewellery-shop")

# Terms of DPV 2.0 as its own tables list them (w3c/dpv, 2.0/dpv/modules and 2.0/legal/eu/gdpr/modules).
DPV = {
    "dpv": """
        PrivacyNotice DataController DataProtectionOfficer PersonalData SensitivePersonalData DataSubject Child Process
        Purpose ServiceProvision RequestedServiceProvision LegalCompliance Consent Contract LegalObligation VitalInterest
        PublicInterest LegitimateInterest Collect Use Infer Assess Access Share Disclose MakeAvailable Transfer
        CrossBorderTransfer Transmit Store Consult Erase Anonymise Required Optional ThirdParty DataProcessor
        JointDataControllers StorageDuration StorageLocation TemporalDuration DataSubjectRight hasDataController
        hasProcess hasRight hasName hasAddress hasLocation hasContact hasDataProtectionOfficer hasDataSubject hasPurpose
        hasLegalBasis hasProcessing hasPersonalData hasStorageCondition hasRecipient hasNecessity hasDuration
        isExercisedAt
    """.split(),
    "eu-gdpr": "A15 A16 A17 A18 A20 A22 A7-3 A77".split(),
    "dct": "title identifier hasVersion language issued available extent".split(),
    "skos": "prefLabel definition scopeNote closeMatch".split(),
    "xsd": "date duration".split(),
}
PD = set(
    """BirthDate Communication DeviceApplications DeviceBased DeviceSoftware EmailAddress FinancialAccount Gender Health
    IPAddress Interest Location Name OfficialID Password PhysicalAddress Picture Job PurchasesAndSpendingHabit ServiceConsumptionBehavior
    SocialMedia TelephoneNumber Username""".split()
)
KEYWORDS = {"@id", "@type", "@value", "@language"}


@pytest.fixture(scope="module", params=FIVE)
def one(request):
    return policy.parse(places.policy_file(request.param)).policy


def nodes(value):
    """Every object of a JSON-LD document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from nodes(inner)


def terms(document):
    """Every compact IRI of a document that is not one of the policy's own ids."""
    for node in nodes(document["@graph"]):
        for key, value in node.items():
            if key not in KEYWORDS:
                yield key
        kinds = node.get("@type", [])
        yield from [kinds] if isinstance(kinds, str) else kinds
        if "@id" in node and not node["@id"].startswith("clause:"):
            yield node["@id"]


def test_json_ld_uses_known_terms_alone(one):
    """Each prefix is in the context that comes along, each term is one of the vocabulary, each value object is right."""
    document = json.loads(json.dumps(dpv(one)))
    assert {*NAMESPACES, "clause"} == set(document["@context"])
    assert all(value.endswith(("#", "/", ":")) for value in document["@context"].values())
    for term in terms(document):
        prefix, _, name = term.partition(":")
        assert prefix in document["@context"], term
        known = PD if prefix in {"pd", "dpv-pd"} else DPV.get(prefix, ())
        assert name in known or (prefix == "loc" and re.fullmatch("[A-Z]{2}", name)), term
    for node in nodes(document["@graph"]):
        if "@value" in node:
            assert set(node) in ({"@value", "@language"}, {"@value", "@type"})


def test_json_ld_says_the_whole_policy(one):
    """Each node has one id, each reference within the policy leads to a node, and nothing of the lists is missing."""
    document = dpv(one)
    defined = [node["@id"] for node in document["@graph"]]
    assert len(defined) == len(set(defined))
    named = {node["@id"] for node in nodes(document["@graph"]) if "@id" in node}
    assert {name for name in named if name.startswith("clause:")} <= set(defined)
    for section in ("categories", "functions", "purposes", "recipients", "storage"):
        assert {f"clause:{section}.{name}" for name in getattr(one, section)} <= set(defined)
    account = next(node for node in document["@graph"] if node["@id"] == "clause:functions.account")
    collected = {one["@id"] for need in account["dpv:hasProcess"] for one in need["dpv:hasPersonalData"]}
    assert {f"clause:categories.{name}" for name in one.functions["account"].collects} == collected


def test_what_goes_abroad_is_a_crossing():
    """A recipient outside the region is given to by a transfer across the border; one inside is not."""
    graph = dpv(planted(put("recipients/glide/region", "us")).policy)["@graph"]
    by_id = {node["@id"]: node for node in graph}
    crossing = {"@id": "dpv:CrossBorderTransfer"}
    assert crossing in by_id["clause:recipients.glide"]["dpv:hasProcessing"]
    assert crossing not in by_id["clause:recipients.jiguang-push"]["dpv:hasProcessing"]
    assert {"@id": "loc:US"} == by_id["clause:recipients.glide.party"]["dpv:hasLocation"]


@pytest.mark.parametrize(
    ("text", "written"), [("3 hours", "PT3H"), ("180 days", "P180D"), ("1 month", "P1M"), ("3 years", "P3Y")]
)
def test_periods_are_durations(text, written):
    """A span is written as ISO 8601 writes it, a month as a month."""
    assert written == duration(Span.parse(text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_has_every_item(one, lang):
    """Items (a) to (g) are filled for each function and purpose, in either language, in all three writings."""
    record = record_of_processing(one, lang)
    assert [activity.clause.partition(".")[2] for activity in record.activities] == list(one.processing)
    assert record.controller.name
    assert record.controller.officer
    assert record.measures
    for activity in record.activities:
        assert activity.purpose and activity.basis and activity.categories and activity.data_subjects
        assert activity.erasure, activity.clause
    rows = list(csv.reader(io.StringIO(as_csv(record))))
    assert len(rows) == len(record.activities) + 1
    assert {len(row) for row in rows} == {9}
    assert len(as_json(record)["activities"]) == len(record.activities)
    page = _Page(as_html(record))
    assert record.activities[-1].label in "".join(page.text)
    assert "h1" in page.tags


def test_the_record_tells_transfers_and_joint_controllers():
    """A recipient abroad is a transfer, a joint one is named with the controller; without either both are empty."""
    plants = both(put("recipients/glide/region", "us"), put("recipients/glide/role", "joint"))
    there, here = (record_of_processing(planted(plant).policy, "en") for plant in (plants, put("version", 1)))
    abroad = lambda record: [one for activity in record.activities for one in activity.transfers if "lide" in one]  # noqa: E731
    assert abroad(there)
    assert not abroad(here)
    assert there.controller.joint
    assert not here.controller.joint
    nobody = record_of_processing(planted(cut("controller")).policy, "en")
    assert nobody.controller is None
    assert as_json(nobody)["a_controller"] is None
    assert "says nothing of this" in as_html(nobody)


@given(st.sampled_from(["=1+1", "+x", "-x", "@x", "\tx", NASTY]))
@settings(max_examples=6, deadline=None)
def test_no_cell_is_a_formula(text):
    """What a spreadsheet would run is text in the table, and markup is text on the page."""
    data = planted().policy
    odd = data.functions["account"].model_copy(update={"label": words(text, text), "purpose": words(text, text)})
    record = record_of_processing(data.model_copy(update={"functions": {**data.functions, "account": odd}}), "en")
    cells = [cell for row in csv.reader(io.StringIO(as_csv(record))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "script" not in _Page(as_html(record)).tags


RECEIPT = {"schema_version", "receipt_id", "receipt_content"}
CONTENT = {"record_id", "pii_principal_id", "pii_processing", "party_identification", "events"}
PROCESSING = {
    "privacy_notice", "language", "purposes", "storage_locations", "geographic_restrictions", "jurisdiction",
    "privacy_rights", "authority_party",
}  # fmt: skip
PURPOSE = {
    "purpose", "purpose_id", "purpose_type", "lawful_basis", "pii_information", "pii_controllers", "collection_method",
    "processing_method", "retention_period", "service", "recipient_third_parties", "withdrawal_method",
}  # fmt: skip


def consented(**more):
    return Consented(
        **{
            "receipt_id": "r",
            "record_id": "c",
            "principal_id": "p",
            "purposes": ("profile",),
            "action": "given",
            "at": "2026-06-01T02:00:00Z",
            "method": "switch",
            "by": "self",
            "language": Language.EN,
            "wording_sha256": "0" * 64,
            "notice": "https://example.example/policy/versions/1",
            **more,
        }  # fmt: skip
    )


def test_a_receipt_has_the_fields_of_the_specification():
    """Header, processing, parties and event stand under their names; what one person said is in the event."""
    found = receipt(planted().policy, consented())
    content = found["receipt_content"]
    assert set(found) == RECEIPT
    assert set(content) == CONTENT
    assert set(content["pii_processing"]) == PROCESSING
    assert {frozenset(one) for one in content["pii_processing"]["purposes"]} == {frozenset(PURPOSE)}
    event = content["events"][0]
    assert ("dpv:ConsentGiven", "2026-06-01T02:00:00Z") == (event["event_state"], event["event_time"])
    assert ["profile"] == [one["purpose_id"] for one in content["pii_processing"]["purposes"]]
    withdrawn = receipt(planted().policy, consented(action="withdrawn", by="guardian"))
    assert "dpv:ConsentWithdrawn" == withdrawn["receipt_content"]["events"][0]["event_state"]
    assert "guardian" == withdrawn["receipt_content"]["events"][0]["entity_id"]


def test_a_receipt_says_no_more_than_was_agreed():
    """A consent to some categories or one recipient lists those alone, and every party it names is described."""
    found = receipt(
        planted().policy,
        consented(purposes=("push-messages",), categories=("device.id",), recipients=("jiguang-push",)),
    )["receipt_content"]
    (purpose,) = found["pii_processing"]["purposes"]
    assert ["device.id"] == [one["pii_attribute_id"] for one in purpose["pii_information"]]
    assert ["jiguang-push"] == purpose["recipient_third_parties"]
    assert ["controller", "jiguang-push"] == [party["party_id"] for party in found["party_identification"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_profile_covers_every_consent(one, lang):
    """Each function and purpose that rests on consent is in the profile, with data, period, parties and withdrawal."""
    found = receipt_profile(one, lang)
    purposes = found["pii_processing"]["purposes"]
    by_consent = {name for name, its in one.processing.items() if its.basis == "consent"}
    assert by_consent == {purpose["purpose_id"] for purpose in purposes}
    parties = {party["party_id"] for party in found["party_identification"]}
    for purpose in purposes:
        assert {*purpose["pii_controllers"], *purpose["recipient_third_parties"]} <= parties
        assert purpose["retention_period"] or not purpose["pii_information"], purpose["purpose_id"]


@pytest.mark.parametrize("form", [record_of_processing, receipt_profile])
def test_a_language_that_is_not_there(form):
    """No form is written in a language that nobody wrote."""
    only = planted().policy.model_copy(update={"languages": ("en",)})
    with pytest.raises(ValueError, match="expected one of en"):
        form(only, "zh-Hans")
