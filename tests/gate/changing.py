# SPDX-License-Identifier: Apache-2.0
"""A small policy cut from that of the baby device, and changes to plant into its next version."""

import json
from copy import deepcopy
from functools import cache

from tests.policy.planting import Plant, add, both, clean, cut, put, words
from upheld import policy
from upheld.gate.comparing import Comparison, compare

KEPT = {
    "functions": [
        *("account", "third-party-login", "bind-device", "posts", "profile", "statistics", "search", "map"),
        "saves-coupons",
    ],
    "purposes": ["show-content", "account-safety", "service-messages"],
    "recipients": ["glide", "advertisers", "google-maps", "amap"],
}

GROUNDS = {"legal-duty", "criminal-case", "public-source", "contract"}

RECIPIENT = {
    "name": words("Newcomer", "新伙伴"),
    "kind": "partner",
    "purpose": words("to help"),
    "purposes": ["account"],
    "receives": ["phone"],
    "form": "identified",
    "region": "cn",
}
GROUND = {"label": words(), "evidence": ["article"]}


@cache
def _small() -> dict:
    data = json.loads(clean())
    for section, names in KEPT.items():
        data[section] = {name: data[section][name] for name in names}
    for operation, grounds in data["grounds"].items():
        data["grounds"][operation] = {name: one for name, one in grounds.items() if name in GROUNDS}
    kept = {*KEPT["functions"], *KEPT["purposes"]}
    for recipient in data["recipients"].values():
        recipient["purposes"] = [name for name in recipient["purposes"] if name in kept]
    return data


def small(plant: Plant | None = None) -> policy.Policy:
    """Give the small policy with a change planted."""
    data = deepcopy(_small())
    if plant is not None:
        plant(data)
    return policy.parse(json.dumps(data, ensure_ascii=False).encode(), "small").policy


@cache
def _versions(name: str) -> tuple[policy.Policy, policy.Policy]:
    return small(), small(CHANGES[name])


@cache
def versions(name: str, back: bool = False) -> tuple[policy.Policy, policy.Policy]:
    """Give both versions around a change, or around its reverse."""
    old, new = _versions(name)
    return (new, old) if back else (old, new)


@cache
def compared(name: str, back: bool = False) -> Comparison:
    """Compare the versions around a change."""
    return compare(*versions(name, back))


CHANGES = {
    "a purpose drops its consent": put("purposes/show-content/basis", "contract"),
    "a function becomes basic": put("functions/saves-coupons/tier", "basic"),
    "a function collects more": put("functions/profile/collects/email", "optional"),
    "a function collects less": cut("functions/profile/collects/gender"),
    "a function uses more": put("functions/search/uses", ["log.usage"]),
    "a purpose does more": put("purposes/show-content/acts", ["use", "infer", "automated-decision"]),
    "a function goes": cut("functions/map"),
    "children may": put("functions/profile/child", "allowed"),
    "children may not": put("functions/profile/child", "never"),
    "an unknown age may": put("functions/bind-device/unknown-age", "allowed"),
    "an unknown age counts as a child's": put("functions/search/unknown-age", "as-child"),
    "a guardian is heard for an unknown age": put("purposes/account-safety/unknown-age", "as-child"),
    "background": put("functions/statistics/background", True),
    "less is sensitive": cut("categories/location.precise/sensitive"),
    "more is sensitive": put("categories/nickname/sensitive", True),
    "about others": put("categories/nickname/about", "other"),
    "a category goes": both(cut("categories/gender"), cut("functions/profile/collects/gender")),
    "a recipient comes": put("recipients/newcomer", RECIPIENT),
    "a recipient need not ask": put("recipients/newcomer", {**RECIPIENT, "basis": "contract"}),
    "a recipient receives more": add("recipients/glide/receives", "post.picture"),
    "a recipient serves more": add("recipients/glide/purposes", "map"),
    "a recipient goes": cut("recipients/amap"),
    "a recipient sees who people are": put("recipients/advertisers/form", "identified"),
    "a recipient needs no agreement": put("recipients/glide/needs", ["security-test"]),
    "a recipient moves abroad": put("recipients/amap/region", "us"),
    "a recipient works behind": put("recipients/glide/foreground-only", False),
    "a recipient decides itself": put("recipients/glide/role", "separate"),
    "a ground comes": put("grounds/collect/whim", GROUND),
    "a ground goes": cut("grounds/share/public-source"),
    "a ground needs less": put("grounds/share/criminal-case/evidence", ["case-number"]),
    "a ground for children comes": put("children/grounds/whim", GROUND),
    "guardians may less": put("children/guardian/may", ["access"]),
    "children wait for a guardian": put("children/before-guardian", ["reach-guardian"]),
    "publication by consent ends": cut("publication/explicit-consent"),
    "publication by law ends": cut("publication/law"),
    "data may not leave by consent": cut("residency/abroad/consent"),
    "data lives elsewhere": put("residency/region", "sg"),
    "a permission for one scene less": put("permissions/camera/scenes", ["posts"]),
    "a permission behind": both(
        put("permissions/location/background", True), put("functions/bind-device/background", True)
    ),
    "a tracker without asking": put("trackers/forms/essential", True),
    "a tracker learns more": put("trackers/session/collects", ["log.usage"]),
    "a source gives more": both(
        add("sources/outside-accounts/gives", "nickname"),
        put("functions/third-party-login/collects/nickname", "optional"),
    ),
    "a source needs papers too": add("sources/outside-accounts/needs", "lawful-origin"),
    "a source needs no agreement": put("sources/outside-accounts/needs", []),
    "a source needs papers alone": both(
        put("sources/outside-accounts/needs", ["lawful-origin"]),
        put("sources/outside-accounts/authorised-by-person", False),
    ),
    "a source goes": cut("sources/outside-accounts"),
    "a right goes": cut("rights/requests/portability"),
    "no successor": cut("succession"),
    "no rules for children": cut("children"),
}
"""What changes decisions."""
