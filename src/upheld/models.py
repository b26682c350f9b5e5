# SPDX-License-Identifier: Apache-2.0
"""Every table of the house, from the room that owns it."""

from importlib import import_module
from importlib.util import find_spec

_ROOMS = (
    "storage", "keys", "facts", "vault", "messages", "people", "notices", "consent", "children", "sharing",
    "retention", "rights", "promises",
)  # fmt: skip

for _room in _ROOMS:  # while the house is being built; explicit imports once all stand
    if find_spec(f"upheld.{_room}") and find_spec(f"upheld.{_room}.models"):
        import_module(f"upheld.{_room}.models")
