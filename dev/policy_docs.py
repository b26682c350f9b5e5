# SPDX-License-Identifier: Apache-2.0
"""Write the published JSON Schema and the generated parts of docs/reference/policy-format.md."""

import json
from pathlib import Path

from upheld import policy
from upheld.policy.packs import Item, packs
from upheld.policy.reference import rules_page, sections_page

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


PACKS = """# Rule packs

What laws and standards demand, as dated data in our own words (`src/upheld/policy/packs/`). A policy is bound by the packs
that it names under `laws`, and by the laws of the region where its controller sits, as they stand on the day it takes
effect (`upheld check --on DATE` asks about another). *Unconfirmed* items were not yet read in an official text. Not legal
advice. Written by `dev/policy_docs.py`.
"""


def packs_page() -> str:
    """List every pack with its days, its regions, and what it demands."""
    lines = [PACKS]
    for pack in packs().values():
        where = f"binds controllers in {', '.join(pack.regions)}" if pack.regions else "binds who names it"
        lines += [f"## {pack.id}", "", f"{pack.title[0]} ({pack.title[1]}); from {pack.since}; {where}.", ""]
        if pack.items:
            lines += ["| what | article | figure | | demands |", "|---|---|---|---|---|", *map(_row, pack.items), ""]
    return "\n".join(lines).rstrip() + "\n"


def _row(item: Item) -> str:
    return f"| `{item.rule}` | {item.article} | {', '.join(item.words)} | {item.mark.value} | {item.says[0]} |"


def main():
    schema = json.dumps(policy.json_schema(), indent=1, ensure_ascii=False) + "\n"
    (REFERENCE / "policy.schema.json").write_text(schema, encoding="utf-8")
    (REFERENCE / "rule-packs.md").write_text(packs_page(), encoding="utf-8")
    page = REFERENCE / "policy-format.md"
    text = page.read_text(encoding="utf-8")
    for marker, made in (("rules", rules_page()), ("sections", sections_page())):
        begin, end = f"<!-- {marker}: generated -->\n", f"<!-- {marker}: end -->"
        head, _, rest = text.partition(begin)
        _, _, tail = rest.partition(end)
        text = head + begin + made + end + tail
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
