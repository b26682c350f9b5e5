# SPDX-License-Identifier: Apache-2.0
"""Write docs/reference/commands.md from every command's --help, and docs/reference/glossary.md from the terms."""

from pathlib import Path

import click

from upheld.cli.main import root
from upheld.terms import GLOSSARY

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
MADE_BY = "<!-- Made by dev/command_docs.py; do not edit. -->"
WIDTH = 100

COMMANDS_HEAD = f"""# Commands

{MADE_BY}

One program, `upheld`. POLICY or FILE is a file or one of the five names: `baby-device`, `family-website` and so on
(`policies/`). What goes wrong is one sentence on standard error with what to try, never a traceback.

| exit code | meaning |
|---:|---|
| 0 | done, clean, permitted, or verified |
| 1 | findings, a difference, a denial, a broken clause, a log that does not hold, or a refusal; see the command |
| 2 | what was given cannot be read, or the command line itself is wrong |

Commands that print tables take `--json` where a program may want the same; the shapes are in each help text.
"""

GLOSSARY_HEAD = f"""# Words

{MADE_BY}

One word for one thing, in code, tables, screens and the API; the Chinese column is what people read.

| word | 中文 | meaning | never said |
|---|---|---|---|
"""


def commands_page() -> str:
    """Return the page of commands."""
    return COMMANDS_HEAD + "".join(_sections(root, "upheld"))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = ["-h", "--help"]
    return context


def _sections(group: click.Group, path: str, parent: click.Context | None = None):
    context = _context(group, path.split()[-1], parent)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        place = f"{path} {name}"
        inner = _context(command, name, context)
        yield f"\n## {place}\n\n```text\n{command.get_help(inner).rstrip()}\n```\n"
        if isinstance(command, click.Group):
            yield from (section.replace("\n## ", "\n### ", 1) for section in _sections(command, place, context))


def glossary_page() -> str:
    """Return the page of words."""
    rows = (f"| {word.en} | {word.zh_hans} | {word.meaning} | {word.never} |\n" for word in GLOSSARY)
    return GLOSSARY_HEAD + "".join(rows)


PAGES = {"commands.md": commands_page, "glossary.md": glossary_page}


def main():
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
