# SPDX-License-Identifier: Apache-2.0
"""Two versions compared by what they decide: every changed answer is found, and what follows for people is said."""

import os
import re
from dataclasses import replace
from random import Random

import pytest
from tests.gate.changing import CHANGES, GROUND, RECIPIENT, compared, small, versions
from tests.gate.conftest import NAMES, rulebook
from tests.policy.planting import both, cut, put, words
from upheld import controls, gate
from upheld.errors import BadInput
from upheld.gate import Ask, Facts, Permit, PersonFacts, RecipientFacts, WorldFacts
from upheld.gate.comparing import Kind, compare
from upheld.gate.comparing.words import NEEDS
from upheld.gate.rules import RULES
from upheld.gate.topics import needed
from upheld.gate.values import ALWAYS
from upheld.policy import Weight
from upheld.policy.model.governance import Trigger
from upheld.terms import Act, Actor, Language

EXAMPLES = int(os.environ.get("UPHELD_TEST_EXAMPLES", "300"))
OPPOSITE = {
    Kind.NEWLY_ALLOWED: Kind.NEWLY_REFUSED,
    Kind.NEWLY_REFUSED: Kind.NEWLY_ALLOWED,
    Kind.UNDER_LESS: Kind.UNDER_MORE,
    Kind.UNDER_MORE: Kind.UNDER_LESS,
    Kind.UNDER_OTHER: Kind.UNDER_OTHER,
}


# --- nothing, and its opposite


@pytest.mark.parametrize("name", NAMES)
def test_a_version_against_itself_changes_nothing(name):
    """For each of the five."""
    policy = rulebook(name).policy
    found = compare(policy, policy)
    assert found.is_empty
    assert (found.weight, found.major, found.cuts, found.asks) == (Weight.NONE, (), (), ())
    assert (found.ask_again, found.tell, found.lead) == ((), (), None)


@pytest.mark.parametrize("name", CHANGES)
def test_each_planted_change_is_found_and_said_in_both_languages(name):
    """It is among the decisions, with a sentence each, clauses that exist, and no hole left in a sentence."""
    found = compared(name)
    old, new = versions(name)
    assert found.decisions
    assert found.changes
    for one in (*found.changes, *found.decisions):
        for language in Language:
            assert one.say(language)
            assert not re.search(r"[{}]|  |\bNone\b", one.say(language))
        assert not re.search(r"[一-鿿]", one.say(Language.EN)), one.say(Language.EN)
    for decision in found.decisions:
        assert decision.clauses


@pytest.mark.parametrize("name", CHANGES)
def test_the_way_back_is_the_opposite(name):
    """The same asks change, each the other way round; what was no longer needed is newly needed."""
    there, back = compared(name), compared(name, back=True)

    def each(found, turned):
        return {
            (change.ask, band, OPPOSITE[change.kind] if turned else change.kind,
             change.gained if turned else change.lost, change.lost if turned else change.gained)
            for change in found.asks for band in change.bands
        }  # fmt: skip

    assert each(there, turned=False) == each(back, turned=True)


@pytest.mark.parametrize("name", CHANGES)
def test_statements_say_no_more_and_no_less_than_the_asks_in_them(name):
    """Every combination of a statement's parts is an ask that changes so, and every such ask is in a statement."""
    from itertools import product

    found = compared(name)
    boxed = {
        (decision.kind, act, purpose, category, recipient, form, permission, ground, place, source, actor, decision.foreground, band)
        for decision in found.decisions
        for act, purpose, category, recipient, form, permission, ground, place, source, actor, band in product(
            decision.acts, decision.purposes, decision.categories, decision.recipients, decision.forms,
            decision.permissions, decision.grounds, decision.destinations, decision.sources, decision.actors,
            decision.bands,
        )
    }  # fmt: skip
    listed = {
        (one.kind, ask.act, ask.purpose, category, ask.recipient, ask.form, ask.permission, ask.ground,
         ask.destination, ask.source, ask.actor, ask.foreground, band)
        for one in found.asks for ask in (one.ask,) for category in ask.categories or ("",) for band in one.bands
    }  # fmt: skip
    assert boxed == listed


# --- against deciding itself


def touched(old, new, section):
    """Name the entries of a section that differ."""
    before, after = getattr(old, section), getattr(new, section)
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def about(old, new, attribute, names, section):
    """Name the entries of a section that list one of these names."""
    entries = {**getattr(old, section), **getattr(new, section)}
    return [one for one, entry in entries.items() if {*getattr(entry, attribute)} & {*names}]


def grounds_of(policy):
    """Give every ground, case of leaving and case of publication of a policy."""
    listed = {(operation, name): ground for operation, grounds in policy.grounds for name, ground in grounds.items()}
    children = policy.children.grounds if policy.children else {}
    return listed | dict(children) | dict(policy.residency.abroad) | dict(policy.publication)


def ask_near(rng, old, new):
    """An ask near what differs, by names alone."""

    def seldom(one_in):
        return rng.randrange(one_in) == 0

    def one(values):
        return rng.choice(sorted(values))

    def either(section):
        return list(dict.fromkeys((*getattr(old, section), *getattr(new, section))))

    recipients, sources = touched(old, new, "recipients"), touched(old, new, "sources")
    categories, permissions = touched(old, new, "categories"), touched(old, new, "permissions")
    entries = {**old.processing, **new.processing}
    purposes = touched(old, new, "processing") + about(old, new, "categories", categories, "processing")
    purposes += [name for r in recipients for p in (old, new) if r in p.recipients for name in p.recipients[r].purposes]
    purposes += [name for r in sources for p in (old, new) if r in p.sources for name in p.sources[r].purposes]
    purposes += [name for r in permissions for p in (old, new) for name in p.permissions[r].scenes]
    purposes += [f"tracker.{name}" for name in touched(old, new, "trackers")]
    rights = [{*p.rights.requests} for p in (old, new)]
    purposes += [f"right.{name}" for name in rights[0] ^ rights[1]]
    if not purposes or seldom(6):
        purposes = [*entries, "right.access", "right.copy", *(f"tracker.{name}" for name in either("trackers"))]
    purpose = one(purposes)
    states = [p.processing[purpose] for p in (old, new) if purpose in p.processing]

    handed = seldom(3) or (bool(recipients) and not seldom(3))
    near = recipients or about(old, new, "purposes", [purpose], "recipients") or either("recipients")
    recipient = (one(near) if not seldom(5) else one([*either("recipients"), "successor"])) if handed else None
    pool = [c for state in states for c in state.categories]
    pool += [c for p in (old, new) if recipient in p.recipients for c in p.recipients[recipient].receives]
    pool = pool * 3 + [c for c in categories if not states or c in pool] * 6 or either("categories")
    acts = [*(act for state in states for act in state.acts), Act.PUBLISH, Act.KEEP, Act.PERMISSION, Act.STAFF_OPEN]
    acts = [Act.SHARE, Act.TRANSFER, Act.ENTRUST] if recipient else [Act.TRANSFER] if seldom(20) else acts
    moved = [
        one for one in {**grounds_of(old), **grounds_of(new)} if grounds_of(old).get(one) != grounds_of(new).get(one)
    ]
    grounds = sorted(
        {name if isinstance(name, str) else name[1] for name in moved or {**grounds_of(old), **grounds_of(new)}}
    )
    usual = [name for state in states for name in getattr(state, "permissions", ())] or either("permissions")
    act = Act.SET_TRACKER if purpose.startswith("tracker.") else rng.choice((acts))
    moves = old.residency != new.residency
    ask = Ask(
        act=act,
        purpose=purpose,
        categories=tuple(rng.sample(pool, min(len(pool), rng.randrange(3)))),
        actor=rng.choice(([Actor.SELF, Actor.SELF, Actor.GUARDIAN, Actor.SERVICE])),
        recipient=recipient,
        ground=one(grounds) if seldom(2 if moved else 6) else None,
        evidence=dict.fromkeys(FIELDS[seldom(6) :] if not seldom(6) else [], "x"),
        permission=one(usual) if act is Act.PERMISSION or seldom(9) else None,
        foreground=not seldom(4),
        destination=one(["cn", "sg", "us"]) if seldom(2 if moves else 12) else None,
        form=one(["identified", "de_identified", "aggregate"]) if recipient and seldom(3) else None,
        source=one(either("sources")) if either("sources") and seldom(2 if sources else 6) else None,
        declared=not seldom(3),
    )
    return ask


def facts_near(rng, old, new, ask):
    """Facts that are mostly there, where the ask looks."""

    def seldom(one_in):
        return rng.randrange(one_in) == 0

    every = (1 << len(bits(old, new))) - 1
    missing = 0
    own = {ask.purpose, ask.recipient, ask.source, ask.permission, ask.purpose.removeprefix("tracker.")}
    for name, bit in bits(old, new).items():
        if name.partition(":")[2] in own and seldom(4):
            missing |= 1 << bit
    person = PersonFacts(
        version=1,
        stops=0,
        held=every & ~missing,
        guardian_held=rng.choice(([every, every & ~missing, 0])),
        guardian_until=rng.choice(([ALWAYS, 0])),
        **rng.choice([{"adult": True}, {"adult_at": ALWAYS}, {}]),
    )
    papers = {paper: (0, ALWAYS) for paper in ("agreement", "assessment", "security_test", "lawful_origin")}
    few = {} if seldom(3) else {"security_test": (0, ALWAYS)} if seldom(3) else papers
    world = WorldFacts(
        versions={1: (0, ALWAYS)},
        recipients={name: RecipientFacts(papers=few) for name in {**old.recipients, **new.recipients}},
        sources=dict.fromkeys({**old.sources, **new.sources}, few),
        successor=(0, 0) if seldom(3) else (0, ALWAYS),
    )
    return Facts(person, world)


FIELDS = ["reason", "case", *small().evidence]


def bits(old, new):
    return {name: bit for bit, name in enumerate(dict.fromkeys((*needed(old), *needed(new))))}


def band(person):
    return "adult" if person.adult else "unknown" if person.adult_at is None else "child"


def speaks_of(decision, ask, age, wider):
    """Say whether a statement is about an ask: about every part of it that the statement names."""
    direction = decision.kind.widens if wider else decision.kind not in {Kind.NEWLY_ALLOWED, Kind.UNDER_LESS}
    parts = [
        (decision.recipients, ask.recipient),
        (decision.sources, ask.source),
        (decision.forms, ask.form),
        (decision.grounds, ask.ground),
    ]
    named = all(None in values or value in values for values, value in parts)
    place = None in decision.destinations or ask.destination in {*decision.destinations, "us", "sg"}
    gone = {Act.PERMISSION, Act.COLLECT}
    through = ask.permission is not None and ask.permission in decision.permissions
    act = (
        not decision.is_plain
        or ask.recipient
        or through
        or {*decision.acts} & ({ask.act} | (gone if ask.act in gone else set()))
    )
    return (
        direction and named and place and act
        and ask.purpose in decision.purposes
        and age in decision.bands
        and ("" in decision.categories or {*decision.categories} & {*ask.categories})
        and (decision.foreground or not ask.foreground)
        and (Actor.GUARDIAN not in decision.actors or len(decision.actors) > 1 or ask.actor is Actor.GUARDIAN)
    )  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_no_answer_changes_unsaid(name):
    """Whatever is asked on whatever facts: if the two versions answer otherwise, a statement says so."""
    rng, changed = Random(name), 0
    for number in range(40 * EXAMPLES):
        if number >= EXAMPLES and changed:
            break
        back = bool(number % 2)
        old, new = versions(name, back)
        ask = ask_near(rng, old, new)
        if rng.randrange(3) == 0:
            near = rng.choice(compared(name, back).asks).ask
            ask = replace(
                near, evidence=ask.evidence, declared=ask.declared, categories=near.categories or ask.categories[:1]
            )
        if rng.randrange(3) == 0:
            ask = replace(ask, evidence={field: "x" for field in FIELDS if rng.randrange(4)})
        facts = facts_near(rng, old, new, ask)
        before, after = (isinstance(decided(name, back, side, facts, ask), Permit) for side in (0, 1))
        if before != after:
            changed += 1
            age = band(facts.person)
            said = [one for one in compared(name, back).decisions if speaks_of(one, ask, age, wider=after)]
            assert said, (ask, age)
    assert changed, "no answer changed: nothing was tried"


# --- what follows


def followed(plant, **more):
    return compare(small(), small(plant), **more)


def test_the_list_that_people_were_promised_says_what_is_major():
    """It is told in their ways and their time; without a trigger on the list it is minor, and told to nobody."""
    found = followed(put("recipients/newcomer", RECIPIENT))
    assert found.is_major
    assert {one.trigger for one in found.major} == {Trigger.RECIPIENTS}
    assert (found.tell, found.lead) == (small().changes.tell, small().changes.lead)
    unlisted = small(cut("changes/major/recipients"))
    minor = compare(unlisted, small(both(cut("changes/major/recipients"), put("recipients/newcomer", RECIPIENT))))
    assert (minor.weight, minor.tell, minor.lead) == (Weight.MINOR, (), None)


def test_a_reviewer_raises_and_nobody_lowers():
    """A change of words is major where the reviewer says so; a listed one is major whatever the reviewer says."""
    reworded = put("functions/search/label", words())
    assert followed(reworded).weight is Weight.MINOR
    raised = followed(reworded, marked_major=True)
    assert (raised.weight, raised.lead) == (Weight.MAJOR, small().changes.lead)
    assert followed(put("recipients/newcomer", RECIPIENT), marked_major=False).is_major


def test_an_assessment_of_high_risk_makes_the_next_version_major():
    """It says which, even where nothing else changes; without the list's control, or off the list, it does not."""
    found = compare(small(), small(), high_risk=("2026-07",))
    assert found.is_major
    assert [one.trigger for one in found.major] == [Trigger.HIGH_RISK]
    assert "2026-07" in found.major[0].say(Language.EN)
    off = small(cut("changes/major/high-risk"))
    assert not compare(off, off, high_risk=("2026-07",)).is_major
    with controls.without("policy.major_by_its_own_list"):
        assert not compare(small(), small(), high_risk=("2026-07",)).is_major


@pytest.mark.parametrize(
    ("plant", "cuts"),
    [
        (put("purposes/show-content/basis", "contract"), True),
        (put("functions/profile/child", "allowed"), True),
        (cut("categories/location.precise/sensitive"), True),
        (put("recipients/newcomer", {**RECIPIENT, "basis": "contract"}), True),
        (put("recipients/newcomer", {**RECIPIENT, "basis": "contract", "role": "processor"}), False),
        (put("recipients/newcomer", RECIPIENT), False),
        (put("functions/profile/collects/email", "optional"), False),
        (put("storage/account/keep", "1 year"), True),
        (put("storage/account/keep", "90 days"), False),
        (put("rights/requests/access/within", "20 days"), True),
        (put("rights/requests/access/within", "10 days"), False),
        (put("children/under", 12), True),
        (put("languages", ["en"]), True),
        (put("grounds/collect/whim", GROUND), True),
    ],
)
def test_what_takes_from_people_is_said_to(plant, cuts):
    """A choice no longer asked for, a right cut, data kept longer or given to who need not ask; its reverse is no cut."""
    assert followed(plant).cuts_rights is cuts


@pytest.mark.parametrize(
    ("plant", "topics"),
    [
        (put("functions/profile/collects/email", "optional"), {"purpose:profile", "publish:profile"}),
        (put("functions/profile/purpose", words("to sell it", "出售")), {"purpose:profile"}),
        (put("recipients/advertisers/form", "identified"), {"share:advertisers"}),
        (put("recipients/newcomer", RECIPIENT), set()),
        (put("functions/profile/label", words()), set()),
        (cut("functions/profile/collects/gender"), set()),
    ],
)
def test_who_said_yes_is_asked_again_where_the_yes_would_cover_more(plant, topics):
    """And nobody is asked again for what is new, what is less, or what is only called otherwise."""
    assert set(followed(plant).ask_again) == topics


def test_every_need_has_words():
    """A reason that the gate can give is called by words, in both languages."""
    codes = {rule.code for rule in RULES}
    never = {"purpose_undeclared", "act_undeclared", "category_undeclared", "child_not_allowed", "age_unknown"}
    never |= {"guardian_may_not", "scene_undeclared", "recipient_undeclared", "recipient_not_for_this"}
    never |= {"form_too_open", "ground_unlisted", "source_undeclared", "subject_other", "tracker_undeclared"}
    assert codes - never - {*NEEDS} == set()


def test_only_versions_of_one_policy_are_compared():
    with pytest.raises(BadInput, match="expected a version of 'baby-device'"):
        compare(small(), small(put("policy", "another")))


# --- helpers


def decided(name, back, side, facts, ask, _books={}):
    key = (name, back, side)
    if key not in _books:
        old, new = versions(name, back)
        _books[key] = gate.compile((old, new)[side], topics=bits(old, new))
    return gate.decide(_books[key], facts, ask, 1)
