# SPDX-License-Identifier: Apache-2.0
"""Promises that contradict each other or name no figure, planted into the clean policy; and neighbours that are lawful."""

from tests.policy.planting import Plant, both, put, words


def meaning(**means: object) -> Plant:
    """Plant a commitment that means this; keywords are spelt as Python does."""
    return named("planted", **means)


def named(name: str, **means: object) -> Plant:
    """Plant a commitment of that name."""
    spelt = {key.rstrip("_").replace("_", "-"): value for key, value in means.items()}
    sentence = words("We hold to this.", "我们遵守此项。")
    return put(
        f"commitments/{name}",
        {"chapter": "use", "text": sentence, "controls": ["gate.purpose_declared"], "means": spelt},
    )


def two(first: dict, second: dict) -> Plant:
    """Plant two commitments."""
    return both(named("first", **first), named("second", **second))


FAULTS = {
    "E969": [both(*(named(f"means-{number}", optional=["nickname"]) for number in range(201)))],
    "E970": [
        meaning(answers={"rights": ["access"], "within": "30 days", "from": "receipt"}),
        meaning(answers={"within": "15 days", "from": "verification"}),
        meaning(answers={"rights": ["erasure"], "within": "15 working days", "from": "receipt"}),
        two(
            {"answers": {"rights": ["restriction"], "within": "10 days", "from": "receipt"}},
            {"answers": {"rights": ["restriction"], "within": "12 days", "from": "receipt"}},
        ),
    ],
    "E971": [meaning(answers={}), meaning(answers={"rights": ["copy"], "from": "receipt"})],
    "E972": [meaning(answers={"rights": ["copy"], "within": "15 days"})],
    "E973": [meaning(keeps={}), meaning(keeps={"categories": ["phone"], "from": "cancellation"})],
    "E974": [
        meaning(tells={"whom": "people", "of": "end"}),
        meaning(repeats={}),
        meaning(charges={"free": 3}),
        meaning(charges={"per": "1 year"}),
    ],
    "E975": [meaning(consent_by="use"), meaning(consent_by="one-act-for-all")],
    "E976": [two({"consent_by": "use"}, {"consent_by": "express-act"})],
    "E977": [
        meaning(identifies={"categories": ["device.id"], "as": "never"}),
        two(
            {"identifies": {"categories": ["log.usage"], "as": "never"}},
            {"identifies": {"categories": ["log.usage"], "as": "when-combined"}},
        ),
        put("categories/device.id/identifies", "never"),
    ],
    "E978": [both(meaning(allows={"acts": ["share"]}), put("recipients", {}))],
    "E979": [
        meaning(never={"categories": ["unheard"]}),
        meaning(allows={"purposes": ["unheard"]}),
        meaning(allows={"trackers": ["unheard"]}),
        meaning(never={"recipients": ["unheard"]}),
        meaning(never={"acts": ["collect"], "except": ["unheard"], "purposes": ["payouts"], "background": True}),
        meaning(optional=["unheard"]),
        meaning(needed=["unheard"]),
        meaning(keeps={"categories": ["unheard"], "at-most": "1 year"}),
        meaning(identifies={"categories": ["unheard"], "as": "never"}),
        meaning(withdrawn_by=["unheard"]),
    ],
    "E980": [
        meaning(never={"acts": ["collect"], "categories": ["id-card"]}),
        meaning(never={"acts": ["share"], "kinds": ["advertising"]}),
        meaning(never={"acts": ["share"], "forms": ["identified"]}),
        meaning(never={"acts": ["send-abroad"]}),
        meaning(never={"purposes": ["account-safety"], "without": "consent"}),
        meaning(never={"acts": ["share"], "without": "consent"}),
        meaning(never={"acts": ["set-tracker"], "without": "consent"}),
        meaning(never={"acts": ["share"], "children": True, "without": "guardian"}),
        meaning(never={"acts": ["collect"], "children": True, "without": "guardian"}),
        meaning(never={"acts": ["publish"], "without": "consent"}),
        meaning(never={"acts": ["permission"], "categories": ["location.precise"]}),
        meaning(never={"acts": ["collect"], "purposes": ["human-check"], "without": "permission"}),
        both(meaning(never={"background": True}), put("functions/map/background", True)),
        both(
            meaning(never={"acts": ["share", "entrust"], "without": "agreement"}),
            put("recipients/glide/needs", ["security-test"]),
        ),
    ],
    "E981": [
        two(
            {"allows": {"acts": ["share"], "categories": ["phone", "nickname"]}},
            {"never": {"acts": ["share"], "categories": ["nickname"]}},
        ),
        two(
            {"allows": {"acts": ["use"], "children": True, "without": "guardian"}},
            {"never": {"children": True, "without": "guardian"}},
        ),
    ],
    "E982": [
        meaning(keeps={"categories": ["phone"], "at-most": "30 days"}),
        meaning(keeps={"categories": ["log.usage"], "at-most": "1 month", "from": "collection"}),
        two(
            {"keeps": {"categories": ["id-card"], "at-most": "60 days"}},
            {"keeps": {"categories": ["id-card"], "at-most": "90 days"}},
        ),
    ],
    "E983": [
        meaning(optional=["phone"]),
        meaning(needed=["nickname"]),
        two({"optional": ["orders"]}, {"needed": ["orders"]}),
    ],
    "E984": [meaning(refusal_ends="service"), put("functions/map/refusal-ends", "service")],
    "E985": [
        meaning(withdrawn_by=["settings", "support-chat", "protection-office"]),
        both(meaning(withdrawn_by=["post"]), put("rights/requests/withdrawal/self-service", False)),
    ],
    "E986": [
        meaning(charges={"free": 1, "per": "1 year"}),
        meaning(charges={"free": 3, "per": "1 month"}),
        meaning(tells={"whom": "regulator", "of": "incident", "within": "72 hours"}),
        meaning(tells={"whom": "people", "of": "end", "within": "10 days"}),
        meaning(tells={"whom": "people", "of": "change", "within": "30 days"}),
        meaning(tells={"whom": "people", "of": "successor", "within": "1 day"}),
    ],
    "E987": [put("incidents/says", {}), put("incidents/tell/people/by", [])],
}

LAWFUL = {
    "the deadline of the rights": meaning(answers={"within": "15 days", "from": "receipt"}),
    "a right of its own": meaning(answers={"rights": ["restriction"], "within": "10 days", "from": "receipt"}),
    "a later end": meaning(keeps={"categories": ["phone"], "at-most": "180 days", "from": "cancellation"}),
    "an end from another start": meaning(keeps={"categories": ["phone"], "at-most": "15 days", "from": "case-closed"}),
    "the figures of the sections": two(
        {"charges": {"free": 3, "per": "1 year"}, "repeats": {"every": "6 months"}},
        {"tells": {"whom": "people", "of": "incident", "within": "72 hours"}},
    ),
    "an express act": two({"consent_by": "express-act"}, {"consent_by": "express-act"}),
    "data as declared": meaning(identifies={"categories": ["phone"], "as": "alone"}),
    "sharing announced and listed": meaning(allows={"acts": ["share", "send-abroad", "publish"]}),
    "never what is nowhere": meaning(never={"acts": ["collect"], "purposes": ["payouts"], "background": True}),
    "aggregates alone to advertisers": meaning(never={"kinds": ["advertising"], "forms": ["identified"]}),
    "never, but": meaning(
        never={"acts": ["transfer"], "children": True, "except": ["law", "guardian-consent", "protection"]}
    ),
    "a general yes and one exception": two(
        {"allows": {"acts": ["share"]}}, {"never": {"acts": ["share"], "categories": ["baby.birthday"]}}
    ),
    "no guardian, no child": meaning(
        never={"acts": ["collect"], "categories": ["baby.measurements"], "children": True, "without": "guardian"}
    ),
    "optional and so collected": meaning(optional=["nickname"], needed=["phone"]),
    "a refusal that ends itself": meaning(refusal_ends="that-function"),
    "a desk where there is no switch": both(
        meaning(withdrawn_by=["support-chat", "protection-office"]),
        put("rights/requests/withdrawal/self-service", False),
        put("rights/requests/withdrawal/channels", ["support-chat", "protection-office"]),
    ),
}
