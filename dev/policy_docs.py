# SPDX-License-Identifier: Apache-2.0
"""Write the published JSON Schema and the generated parts of docs/reference/policy-format.md."""

import json
from pathlib import Path

from upheld import policy
from upheld.policy.reference import rules_page, sections_page

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def main():
    schema = json.dumps(policy.json_schema(), indent=1, ensure_ascii=False) + "\n"
    (REFERENCE / "policy.schema.json").write_text(schema, encoding="utf-8")
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
