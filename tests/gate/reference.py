# SPDX-License-Identifier: Apache-2.0
"""The gate once more, slow and plain: one question after another, for the reader.

It shares nothing with `upheld.gate` but the values that go in. It reads the policy file as plain mappings and sets of
names, uses no bits, no plans and no tables, and says which reasons a denial must have.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

LAW_BASES = {"legal-duty", "vital-interests", "public-task"}
HANDING_OVER = {"share", "entrust", "transfer", "send_abroad"}
OPERATION = {
    "collect": "collect", "permission": "collect", "share": "share", "entrust": "share", "send_abroad": "share",
    "transfer": "transfer", "publish": "publish",
}  # fmt: skip
OPEN = ["aggregate", "de-identified", "identified"]


@dataclass
class Person:
    """One person in words."""

    known: bool = True
    version: int = 1
    restricted: bool = False
    cancelled: bool = False
    erased: bool = False
    given: dict[str, int | None] = field(default_factory=dict)  # topic -> when it lapses
    guardian_given: dict[str, int | None] = field(default_factory=dict)
    objected: set[str] = field(default_factory=set)
    age: str = "adult"  # or "child", "unknown"
    adult_at: int = 0
    guardian_until: int = 0


@dataclass
class World:
    """The world in words."""

    versions: dict[int, tuple[int, int]] = field(default_factory=dict)
    papers: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    ceased_at: int = 2**62


def load(path: Path) -> dict:
    """Read a policy file as plain mappings."""
    return yaml.load(path.read_text(), yaml.CBaseLoader)


class Reference:
    """Answers one ask with the codes of everything in the way."""

    def __init__(self, policy, person, world, ask, now):
        self.p, self.person, self.world, self.ask, self.now = policy, person, world, ask, now
        self.act, self.purpose = ask.act.value, ask.purpose
        self.functions, self.purposes = policy.get("functions", {}), policy.get("purposes", {})
        self.fn = self.functions.get(ask.purpose)
        self.pr = self.fn if self.fn is not None else self.purposes.get(ask.purpose)
        self.recipient = policy.get("recipients", {}).get(ask.recipient)
        self.band = self._band()

    def _band(self):
        if self.person.age == "child":
            return "adult" if self.now >= self.person.adult_at else "child"
        return self.person.age

    def reasons(self) -> set[str]:
        found = set()
        if not self.person.known:
            found.add("person_unknown")
        if self.person.erased:
            found.add("person_erased")
        if self.purpose.startswith("right.") and self.purpose[6:].replace("_", "-") in self.p["rights"]["requests"]:
            return found | self.for_a_right()
        if self.act != "keep":
            if self.person.version != int(self.p["version"]):
                found.add("version_other")
            start, end = self.world.versions.get(int(self.p["version"]), (1, 0))
            if not start <= self.now < end:
                found.add("version_not_in_force")
            if self.person.restricted:
                found.add("person_restricted")
            duty = (
                self.pr is not None and self.pr["basis"] == "legal-duty" and self.act not in {"collect", "permission"}
            )
            if self.person.cancelled and not duty and not (self.pr is not None and self.by_general_ground()):
                found.add("person_cancelled")
            if self.now >= self.world.ceased_at and self.act not in {"message", "staff_open"}:
                found.add("service_ceased")
        found |= self.for_staff()
        if self.pr is None:
            found.add("purpose_undeclared")
            if any(c not in self.p["categories"] for c in self.ask.categories):
                found.add("category_undeclared")
            return found
        for question in (
            self.for_the_act, self.for_categories, self.for_wills, self.for_recipients, self.for_abroad,
            self.for_permissions, self.for_background, self.for_age, self.for_ground,
        ):  # fmt: skip
            found |= question()
        return found

    # --- questions
    def for_a_right(self):
        right = self.purpose[6:]
        found = self.for_staff()
        if self.act not in {"use", "staff_open"} and not (right == "correction" and self.act == "collect"):
            found.add("act_undeclared")
        if any(c not in self.p["categories"] for c in self.ask.categories):
            found.add("category_undeclared")
        children = self.p.get("children", {})
        if self.ask.actor.value == "guardian":
            if self.band == "adult" or not self.guardian_stands():
                found.add("guardian_missing")
            if right.replace("_", "-") not in children.get("guardian", {}).get("may", []):
                found.add("guardian_may_not")
        elif self.band == "child" and children and "own-rights" not in children.get("before-guardian", []):
            if not self.guardian_stands():
                found.add("guardian_missing")
        return found

    def for_staff(self):
        if self.act != "staff_open":
            return set()
        filled = all(self.ask.evidence.get(f, "").strip() for f in ("reason", "case"))
        return set() if filled else {"staff_reason_missing"}

    def for_the_act(self):
        may = {"keep", "staff_open", "publish"} | HANDING_OVER
        if self.fn is not None:
            may |= {"collect", "use", "permission"}
        else:
            may |= {a.replace("-", "_") for a in self.pr.get("acts", ["use"])}
        return set() if self.act in may else {"act_undeclared"}

    def for_categories(self):
        if self.act in HANDING_OVER:
            allowed = set(self.p["categories"])
        elif self.fn is not None and self.act == "collect":
            allowed = set(self.fn.get("collects", {}))
        else:
            allowed = set(self.pr.get("collects", {})) | set(self.pr.get("uses", []))
        bad = [c for c in self.ask.categories if c not in allowed or c not in self.p["categories"]]
        return {"category_undeclared"} if bad else set()

    def for_wills(self):
        found = set()
        excused = self.by_general_ground() or (self.by_child_ground() and self.treated_as_child())
        for code, options in self.wills():
            if self.act == "keep" and code not in {"share_consent_missing", "share_more_consent_missing"}:
                continue
            if not excused and not any(self.granted(topic) for topic in options):
                found.add(code)
        if self.purpose in self.person.objected and not self.by_general_ground() and self.act != "keep":
            found.add("objected")
        return found

    def wills(self):
        """Every will of the person that the act needs: the code without it, and the topics of which one is enough."""
        needed = []
        extended = self.fn is not None and self.fn["tier"] == "extended"
        if self.act in {"collect", "permission", "infer"}:
            needed.append(("not_told", ["told:notice"]))
        if extended or self.pr["basis"] == "consent":
            needed.append(("consent_missing", [f"purpose:{self.purpose}"]))
        sensitive = [c for c in self.ask.categories if self.p["categories"].get(c, {}).get("sensitive") == "true"]
        if sensitive and self.act not in HANDING_OVER and self.pr["basis"] not in LAW_BASES:
            needed.append(("separate_consent_missing", [f"sensitive:{self.purpose}"]))
        if self.asks_share_consent():
            needed.append(("share_consent_missing", [f"share:{self.ask.recipient}"]))
        if self.recipient is not None and set(self.ask.categories) & set(self.recipient.get("off-by-default", [])):
            needed.append(("share_more_consent_missing", [f"share-more:{self.ask.recipient}"]))
        if self.act == "publish":
            by_consent = any(c["by"] == "explicit-consent" for c in self.p.get("publication", {}).values())
            needed.append(("publication_consent_missing", [f"publish:{self.purpose}"] if by_consent else []))
        return needed

    def asks_share_consent(self):
        r = self.recipient
        if r is None or r["form"] == "aggregate" or r.get("basis", "consent") != "consent":
            return False
        return r.get("role", "separate") != "processor" or self.act == "transfer"

    def for_recipients(self):
        if self.act not in HANDING_OVER and self.ask.recipient is None:
            return set()
        if self.ask.recipient is None and self.by_general_ground():
            return set()
        if self.recipient is None:
            return {"recipient_undeclared"}
        r, found = self.recipient, set()
        if self.ask.recipient in self.world.stopped:
            found.add("recipient_stopped")
        for paper in r.get("needs", []):
            start, end = self.world.papers.get((self.ask.recipient, paper.replace("-", "_")), (1, 0))
            if not start <= self.now < end:
                found.add(f"{paper.replace('-', '_')}_missing")
        listed = self.purpose in r.get("purposes", []) and set(self.ask.categories) <= set(r.get("receives", []))
        if r["kind"] == "authority":
            if not (self.by_general_ground() or self.by_child_ground()):
                found.add("recipient_not_for_this")
        else:
            if not listed or (self.act == "entrust" and r.get("role") != "processor"):
                found.add("recipient_not_for_this")
            if not self.ask.foreground and r.get("foreground-only", "true") == "true":
                found.add("background_undeclared")
        form = (self.ask.form or r["form"]).replace("_", "-")
        if form not in OPEN or OPEN.index(form) > OPEN.index(r["form"]):
            found.add("form_too_open")
        return found

    def for_abroad(self):
        home = self.p["residency"]["region"] if "residency" in self.p else self.p["controller"]["region"]
        place = self.ask.destination
        if place is None:
            place = self.recipient["region"] if self.recipient and self.act in HANDING_OVER else home
        if place == home:
            return set()
        cases = self.p.get("residency", {}).get("abroad", {})
        if self.by_passage():
            own = cases[self.ask.ground]["by"] != "own-act" or self.ask.actor.value in {"self", "guardian"}
            return set() if own else {"abroad"}
        name = self.ask.recipient if self.recipient is not None else place
        if any(c["by"] == "separate-consent" for c in cases.values()) and self.granted(f"abroad:{name}"):
            return set()
        return {"abroad"}

    def for_permissions(self):
        found, name = set(), self.ask.permission
        permissions = self.p.get("permissions", {})
        if name is not None or self.act == "permission":
            declared = name in permissions and self.fn is not None
            declared = (
                declared and self.purpose in permissions[name]["scenes"] and name in self.fn.get("permissions", [])
            )
            if not declared:
                found.add("scene_undeclared")
            if name in permissions and not self.ask.foreground and permissions[name].get("background") != "true":
                found.add("background_undeclared")
        if self.act != "collect":
            return found
        if name is not None:
            return found if self.granted(f"permission:{name}") else found | {"permission_missing"}
        for category in self.ask.categories:
            behind = [n for n, d in permissions.items() if category in d["gives"]]
            usable = [n for n in behind if self.fn is not None and n in self.fn.get("permissions", [])]
            if usable and not any(self.granted(f"permission:{n}") for n in usable):
                found.add("permission_missing")
            if behind and not usable and self.fn is not None and self.fn.get("manner") == "device":
                found.add("scene_undeclared")
        return found

    def for_background(self):
        if self.ask.foreground or self.act not in {"collect", "permission"}:
            return set()
        chosen = self.granted(f"purpose:{self.purpose}")
        unseen = self.fn is not None and self.fn.get("background") == "true"
        return set() if unseen and chosen else {"background_undeclared"}

    def for_age(self):
        if self.act == "keep":
            return set()
        found, guardian_acts = set(), self.ask.actor.value == "guardian"
        if self.band == "child" and self.pr["child"] == "never":
            found.add("child_not_allowed")
        if self.band == "unknown" and self.pr.get("unknown-age") not in {"allowed", "as-child"}:
            found.add("age_unknown")
        if self.band == "unknown" and self.pr.get("unknown-age") == "as-child" and self.pr["child"] == "never":
            found.add("age_unknown")
        if guardian_acts and (self.band == "adult" or not self.guardian_stands()):
            found.add("guardian_missing")
        if self.treated_as_child() and self.pr["child"] == "guardian" and not self.by_ground_without_guardian():
            if not self.guardian_stands():
                found.add("guardian_missing")
            wanted = [[f"purpose:{self.purpose}"], *(options for _, options in self.wills())]
            if not all(all(self.by_guardian(topic) for topic in options) for options in wanted):
                found.add("guardian_consent_missing")
        return found

    def for_ground(self):
        if self.ask.ground is None or self.goes_abroad() and self.by_passage():
            demanded = []
            if self.ask.ground is not None:
                demanded = self.p["residency"]["abroad"][self.ask.ground].get("evidence", [])
        elif self.ground() is None:
            return {"ground_unlisted"}
        else:
            demanded = self.ground().get("evidence", [])
        found = set()
        if not all(self.ask.evidence.get(f, "").strip() for f in demanded):
            found.add("evidence_missing")
        if self.by_child_ground() and not self.treated_as_child():
            if self.act != "keep" or self.band == "adult":
                found.add("ground_unlisted")
        return found

    # --- words
    def goes_abroad(self):
        home = self.p["residency"]["region"] if "residency" in self.p else self.p["controller"]["region"]
        place = self.ask.destination
        if place is None:
            place = self.recipient["region"] if self.recipient and self.act in HANDING_OVER else home
        return place != home

    def in_force(self, given, topic):
        return topic in given and (given[topic] is None or self.now < given[topic])

    def guardian_stands(self):
        return self.band != "adult" and self.now < self.person.guardian_until

    def by_guardian(self, topic):
        return self.guardian_stands() and self.in_force(self.person.guardian_given, topic)

    def granted(self, topic):
        heard = self.treated_as_child() or (self.ask.actor.value == "guardian" and self.band == "unknown")
        return self.in_force(self.person.given, topic) or (heard and self.by_guardian(topic))

    def treated_as_child(self):
        if self.act == "keep" or self.pr is None:
            return False
        if self.band == "child":
            return True
        return self.band == "unknown" and self.pr.get("unknown-age") == "as-child" and self.pr["child"] != "never"

    def listed_ground(self):
        name = self.ask.ground
        listed = self.p.get("grounds", {}).get(OPERATION.get(self.act, "use"), {})
        if name in listed:
            return listed[name]
        if self.act == "publish" and self.p.get("publication", {}).get(name, {}).get("by") == "law":
            return self.p["publication"][name]
        return None

    def child_ground(self):
        if self.listed_ground() is not None:
            return None
        return self.p.get("children", {}).get("grounds", {}).get(self.ask.ground)

    def ground(self):
        return self.listed_ground() or self.child_ground()

    def by_general_ground(self):
        return self.listed_ground() is not None

    def by_child_ground(self):
        return self.child_ground() is not None and not (self.goes_abroad() and self.by_passage())

    def by_passage(self):
        case = self.p.get("residency", {}).get("abroad", {}).get(self.ask.ground)
        return self.listed_ground() is None and case is not None and case["by"] != "separate-consent"

    def by_ground_without_guardian(self):
        if self.by_child_ground():
            return True
        if not self.by_general_ground() or "children" not in self.p:
            return False
        before = self.p["children"].get("before-guardian", [])
        usual = {"legal-duty": "legal-duty", "emergency": "emergency", "vital-interests": "emergency"}
        return usual.get(self.ask.ground) in before or self.ask.ground in self.p["children"].get("grounds", {})
