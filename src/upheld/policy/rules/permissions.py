# SPDX-License-Identifier: Apache-2.0
"""Rules on device permissions and trackers."""

from collections.abc import Iterator

from upheld.policy.model import Policy
from upheld.policy.rules.registry import Fault, rule


@rule("E451", "A permission in the table is asked for by some function.", remedy="remove it, or name its function")
def asked_by_nobody(policy: Policy) -> Iterator[Fault]:
    """Find permissions that no function needs."""
    asked = {name for function in policy.functions.values() for name in function.permissions}
    for name in policy.permissions:
        if name not in asked:
            yield Fault(f"permissions.{name}", f"no function asks for '{name}'")


@rule("E452", "A permission's scenes are the functions that ask for it.", remedy="make the two lists agree")
def scenes_differ(policy: Policy) -> Iterator[Fault]:
    """Find functions that ask outside the scenes, and scenes that never ask."""
    for name, permission in policy.permissions.items():
        for scene in permission.scenes:
            function = policy.functions.get(scene)
            if function is None or name not in function.permissions:
                yield Fault(f"permissions.{name}.scenes", f"'{scene}' is a scene of '{name}' but does not ask for it")
    for scene, function in policy.functions.items():
        for name in function.permissions:
            if name in policy.permissions and scene not in policy.permissions[name].scenes:
                yield Fault(f"functions.{scene}.permissions", f"'{scene}' asks for '{name}' but is no scene of it")


@rule("E453", "Data behind a permission is collected in its scenes.", remedy="correct 'gives' or 'collects'")
def gives_what_nobody_takes(policy: Policy) -> Iterator[Fault]:
    """Find permissions that give more than their scenes collect."""
    for name, permission in policy.permissions.items():
        taken = {
            category
            for scene in permission.scenes
            if scene in policy.functions
            for category in policy.functions[scene].collects
        }
        for category in permission.gives:
            if category not in taken:
                yield Fault(f"permissions.{name}.gives", f"no scene of '{name}' collects '{category}'")


@rule("E454", "A permission works in the background only for a function that does.", remedy="correct 'background'")
def background_without_function(policy: Policy) -> Iterator[Fault]:
    """Find permissions that reach into the background on their own."""
    for name, permission in policy.permissions.items():
        scenes = [policy.functions[scene] for scene in permission.scenes if scene in policy.functions]
        if permission.background and not any(scene.background for scene in scenes):
            yield Fault(f"permissions.{name}.background", f"no scene of '{name}' works in the background")


@rule(
    "E455",
    "A function that gathers in the background is an extended one that people choose.",
    remedy="make it extended, or set 'background: false'",
)
def background_without_choice(policy: Policy) -> Iterator[Fault]:
    """Find silent gathering that nobody chose."""
    for name, function in policy.functions.items():
        if function.background and function.tier != "extended":
            yield Fault(f"functions.{name}.background", f"'{name}' gathers in the background without being chosen")
