# SPDX-License-Identifier: Apache-2.0
"""Faults in what leans on what may be refused, and in listed kinds of data that are said to lead to nobody."""

from tests.policy.planting import both, put, words


def nobodys(label: str, zh: str) -> dict:
    return {"label": words(label, zh), "identifies": "never"}


FAULTS = {
    "E316": [
        put("categories/new", nobodys("Hotel stays", "出行资料")),
        put("categories/new", nobodys("Notes", "征信报告")),
        put("categories/orders/identifies", "never"),
    ],
    "E557": [
        put("trackers/forms/functions", ["browse"]),
        both(put("trackers/forms/functions", ["posts", "account"]), put("trackers/forms/essential", False)),
    ],
}
