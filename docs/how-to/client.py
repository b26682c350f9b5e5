# SPDX-License-Identifier: Apache-2.0
"""A company's program, whole: registers a person and does everything that Upheld lets it do for them.

    UPHELD_URL=http://127.0.0.1:8710 UPHELD_KEY=upk_... python client.py

Needs nothing but Python. Take what you need of it: `Upheld` is the client, `road` shows the order of things.
"""

import json
import os
import sys
import urllib.error
import urllib.request


class Refused(Exception):
    """The API said no; `problem` is its problem+json (RFC 9457) with a stable `code`."""

    def __init__(self, problem: dict) -> None:
        super().__init__(f"{problem['status']} {problem.get('code')}: {problem['detail']}")
        self.problem = problem


class Upheld:
    """The API, as its paths spell it."""

    def __init__(self, url: str, key: str) -> None:
        self.base, self.key = url.rstrip("/") + "/api/v1", key

    def call(self, method: str, path: str, body: dict | None = None) -> dict | str:
        request = urllib.request.Request(self.base + path, method=method, data=body and json.dumps(body).encode())
        request.add_header("Authorization", f"Bearer {self.key}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read().decode()
                return json.loads(text) if "json" in answer.headers["Content-Type"] else text
        except urllib.error.HTTPError as refusal:
            raise Refused(json.loads(refusal.read())) from None

    def get(self, path: str) -> dict:
        return self.call("GET", path)

    def post(self, path: str, body: dict) -> dict:
        return self.call("POST", path, body)


def give(api: Upheld, person: str, topic: str) -> dict:
    """Show the wording, have the person choose, and write the choice down; returns the person's receipt."""
    choices = api.get(f"/people/{person}/consents?language=en")["choices"]
    shown = next(choice for choice in choices if choice["topic"] == topic)  # show label, why and refusal_effect
    said = {"topic": topic, "action": "given", "method": "switch", "language": "en"}
    return api.post(f"/people/{person}/consents", said | {"wording_sha256": shown["wording_sha256"]})


def road(api: Upheld) -> dict:
    """Go the whole road with one person, and return what was seen on it."""
    version = next(one["version"] for one in api.get("/versions")["versions"] if one["is_in_force"])
    notice = api.call("GET", f"/versions/{version}/notice?language=en")  # show it; the person accepts it
    person = api.post("/people", {"version": version, "language": "en", "accepted": True})["person"]
    api.call("PUT", f"/people/{person}/age", {"band": "adult"})

    about = {"act": "use", "purpose": "profile", "categories": ["nickname"], "person": person}
    before = api.post("/decide", about)  # refused: names the clause, and what would lift it
    receipt = give(api, person, "purpose:profile")
    after = api.post("/decide", about)

    api.post(f"/people/{person}/items", {"purpose": "profile", "values": {"nickname": "Mimi"}})
    permit = api.post("/permits", about)["permit"]  # one act, one person, once, within a minute
    opened = api.post(f"/people/{person}/open", {"permit": permit})["items"]

    withdrawn = {"topic": "purpose:profile", "action": "withdrawn", "method": "switch", "language": "en"}
    api.post(f"/people/{person}/consents", withdrawn)
    try:
        api.post("/permits", about)
        refusal = None
    except Refused as refused:
        refusal = refused.problem

    filed = api.post(f"/people/{person}/requests", {"right": "access", "channel": "settings"})
    followed = api.get(f"/people/{person}/requests/{filed['id']}")
    return {
        "version": version, "notice": len(notice), "before": before["allowed"], "after": after["allowed"],
        "lifts": before["reasons"][0]["lifts"], "receipt": receipt["digest"], "opened": opened[0]["value"],
        "refusal": refusal and [reason["clause"] for reason in refusal["reasons"]],
        "request": followed["state"], "due_at": followed["due_at"], "held": api.get(f"/people/{person}/items"),
    }  # fmt: skip


if __name__ == "__main__":
    try:
        json.dump(road(Upheld(os.environ["UPHELD_URL"], os.environ["UPHELD_KEY"])), sys.stdout, indent=1)
    except Refused as refused:
        sys.exit(str(refused))
