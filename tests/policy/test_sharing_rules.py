# SPDX-License-Identifier: Apache-2.0
"""Recipients, permissions, trackers and residency: a fault is found in whichever of the five policies it is planted."""

import json
from functools import cache
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.policy.planting import clean
from upheld.policy.model import Policy
from upheld.policy.packs import law_of
from upheld.policy.rules import RULES

FOLDER = Path(__file__).parents[2] / "policies"
NAMES = ("general-platform", "document-tools", "family-website", "jewellery-shop", "baby-device")


@cache
def document(name: str) -> dict:
    return json.loads(clean(FOLDER / f"{name}.yaml"))


def entries(section: str, wanted=lambda _one: True) -> st.SearchStrategy[tuple[str, str]]:
    """Draw a policy and an entry of one of its sections."""
    found = [(name, key) for name in NAMES for key, one in document(name).get(section, {}).items() if wanted(one)]
    return st.sampled_from(found)


def found(name: str, code: str, change) -> set[str]:
    """Name the places where one rule finds something in a policy that was changed, and nothing in the clean one."""
    assert places_in_clean(name, code) == set()
    data = json.loads(clean(FOLDER / f"{name}.yaml"))
    change(data)
    return places(data, code)


@cache
def places_in_clean(name: str, code: str) -> set[str]:
    return places(document(name), code)


def places(data: dict, code: str) -> set[str]:
    policy = Policy.model_validate_json(json.dumps(data))
    return {fault.path for fault in RULES[code].look(policy, law_of(policy))}


word = st.text(alphabet="bdfgklnprtvz", min_size=7, max_size=12)


@given(where=entries("recipients"), word=word, lost=st.integers(min_value=1, max_value=4))
def test_a_package_cut_off_is_found(where, word, lost):
    """A package that ends a letter or two before the provider's name does is cut off; a longer loss is another word."""
    name, key = where

    def cut(data):
        data["recipients"][key]["name"]["en"] = word.capitalize()
        data["recipients"][key]["package"] = f"com.{word[:-lost]}"

    assert found(name, "E512", cut) == ({f"recipients.{key}.package"} if lost <= 2 else set())


@given(where=entries("recipients"), first=word, second=word, glue=st.sampled_from(["", "/", ":"]))
def test_two_packages_in_one_cell_are_found(where, first, second, glue):
    """However two packages run into one another, the row is found; each of them alone is not."""
    name, key = where

    def put(package):
        return lambda data: data["recipients"][key].__setitem__("package", package)

    assert found(name, "E514", put(f"com.{first}{glue}com.{second}")) == {f"recipients.{key}.package"}
    assert found(name, "E514", put(f"com.{first}.{second}")) == set()


@given(where=entries("permissions"), number=st.integers(min_value=0, max_value=9))
def test_a_permission_without_the_price_of_refusing_is_found(where, number):
    """Whichever function of a permission loses its 'refused', every permission of that function is found."""
    name, key = where
    scenes = document(name)["permissions"][key]["scenes"]
    scene = scenes[number % len(scenes)]
    touched = {f"permissions.{one}" for one in document(name)["functions"][scene]["permissions"]}
    assert found(name, "E456", lambda data: data["functions"][scene].pop("refused")) == touched


@given(where=entries("functions", lambda one: one.get("manner") == "device" and one.get("permissions")))
def test_what_lies_behind_a_permission_is_not_read_past_it(where):
    """A function that forgets to ask for its permissions is found at each category behind them."""
    name, key = where
    given_ = {one for permission in document(name)["permissions"].values() for one in permission["gives"]}
    behind = given_ & set(document(name)["functions"][key].get("collects", {}))
    assume(behind)
    change = lambda data: data["functions"][key].__setitem__("permissions", [])  # noqa: E731
    assert found(name, "E457", change) == {f"functions.{key}.collects.{one}" for one in behind}


@given(where=entries("recipients", lambda one: one["form"] != "aggregate"), spared=st.booleans())
def test_what_is_said_to_stay_does_not_leave(where, spared):
    """A recipient that moves abroad is found beside a promise that data stays, unless the promise leaves it out."""
    name, key = where
    already = {one for one, row in document(name)["recipients"].items() if row["region"] != "cn"}
    never = {"acts": ["send-abroad"], "except": sorted(already | ({key} if spared else set()))}

    def move(data):
        data["recipients"][key]["region"] = "us"
        text = {"en": "Data stays.", "zh-Hans": "数据留存境内。"}
        data["commitments"]["stays"] = {"chapter": "store", "text": text, "means": {"never": never}}

    lies_abroad = not spared and key not in already
    assert found(name, "E620", move) == ({"commitments.stays"} if lies_abroad else set())


@given(where=entries("trackers", lambda one: one["kind"] != "mail-pixel"), settings_too=st.booleans())
def test_leaving_a_mailing_list_stops_no_other_tracker(where, settings_too):
    """A way out that only mail has is found at every tracker outside mail."""
    name, key = where
    text = "Leave the mailing list" + (", or switch it off in Settings." if settings_too else ".")

    def refuse(data):
        data["trackers"][key]["refuse"] = {"en": text, "zh-Hans": "退订邮件即可。"}

    assert found(name, "E551", refuse) == (set() if settings_too else {f"trackers.{key}.refuse"})


@given(
    where=entries("trackers"),
    lasts=st.integers(min_value=1, max_value=400),
    keep=st.integers(min_value=1, max_value=400),
)
def test_no_tracker_outlives_its_data(where, lasts, keep):
    """A tracker may last as long as what it brought is kept, and no day longer."""
    name, key = where

    def change(data):
        category = next(iter(data["categories"]))
        data["trackers"][key].update({"collects": [category], "lasts": f"{lasts} days"})
        period = next(one for one in data["storage"].values() if category in one["of"])
        period.update({"keep": f"{keep} days", "from": "collection"})
        period.pop("functions", None)

    assert found(name, "E553", change) == ({f"trackers.{key}.lasts"} if lasts > keep else set())


@given(where=entries("recipients", lambda one: one["form"] == "aggregate"), number=st.none() | st.integers(2, 1000))
def test_sums_say_how_small_a_group_may_be(where, number):
    """Whoever sees sums sees groups of a stated size."""
    name, key = where

    def change(data):
        data["recipients"][key].pop("group-at-least")
        if number is not None:
            data["recipients"][key]["group-at-least"] = number

    assert found(name, "E525", change) == ({f"recipients.{key}"} if number is None else set())
