# SPDX-License-Identifier: Apache-2.0
"""Keep the translations of the pages: extract, merge, report what is missing, compile.

    .venv/bin/python dev/translations.py update    write .po and .mo; exit 1 while a translation is missing
    .venv/bin/python dev/translations.py check     write nothing; exit 1 when one is missing or a file is stale

Source strings are English. Each room of the web (kit, portal, console) has a catalogue of its own; what the kit has
translated is not repeated in the others. Babel reads and writes the files, so GNU gettext is not needed. No dates and no
line numbers are written: a catalogue changes only when its messages do.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB: Final = Path(__file__).resolve().parents[1] / "src" / "upheld" / "web"
ROOMS: Final = ("kit", "portal", "console")
LANGUAGES: Final = ("zh_Hans",)
KEYWORDS: Final = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def templates(fileobj: io.BytesIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Extract from a Django template: Django turns it into something like Python, which Babel reads line by line."""
    from django.utils.translation.template import templatize

    source = templatize(fileobj.read().decode())
    flat = "\n".join(line.strip() for line in source.splitlines())  # text keeps its indentation, which Python refuses
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


def extracted(web: Path, room: str) -> Catalog:
    """Return the messages of a room, without places of its own for what the kit already says."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in sorted((web / room).rglob("*")):
        method: Any = {".py": "python", ".html": templates, ".txt": templates}.get(path.suffix)
        if method is None:
            continue
        place = path.relative_to(web / room).as_posix()
        for _line, message, comments, context in extract(
            method, io.BytesIO(path.read_bytes()), KEYWORDS, ("Translators",)
        ):
            catalog.add(message, locations=[(place, None)], auto_comments=comments, context=context)
    if room != "kit":
        for message in extracted(web, "kit"):
            if message.id:
                catalog.delete(_id(message), message.context)
    return catalog


def merged(web: Path, room: str, language: str) -> Catalog:
    """Return a room's catalogue in a language: its messages of today with the translations there are."""
    template = extracted(web, room)
    catalog = Catalog(
        locale=language,
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# SPDX-License-Identifier: Apache-2.0\n# Upheld, {room}, {language}.",
    )
    old = read(po_path(web, room, language), language)
    for message in template:
        if not message.id:
            continue
        known = old.get(_id(message), message.context)
        catalog.add(
            message.id,
            known.string if known else None,
            locations=sorted(set(message.locations)),
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return catalog


def read(path: Path, language: str) -> Catalog:
    """Read a .po file; an absent one is empty."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def missing(catalog: Catalog) -> list[str]:
    """Return what has no translation, or one with other placeholders than its source."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        source = message.id if isinstance(message.id, str) else message.id[-1]
        if not all(strings):
            found.append(f"no translation: {source!r}")
        elif any(_places(one) != _places(source) for one in strings):
            found.append(f"other placeholders than its source: {source!r}")
    return found


def as_po(catalog: Catalog) -> bytes:
    """Write a catalogue as text, the same bytes for the same messages."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=118, sort_output=True, omit_header=False, include_lineno=False)
    text = re.sub(
        rb'(?m)^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Project-Id-Version|Report-Msgid-Bugs-To):.*\n',
        b"",
        stream.getvalue(),
    )
    return text


def as_mo(po: bytes, language: str) -> bytes:
    """Compile a catalogue from its text."""
    stream = io.BytesIO()
    catalog = read_po(io.BytesIO(po), locale=language)
    catalog.creation_date = catalog.revision_date = datetime(1970, 1, 1, tzinfo=UTC)  # the same bytes on every day
    write_mo(stream, catalog)
    return stream.getvalue()


def po_path(web: Path, room: str, language: str) -> Path:
    """Return where a catalogue lies."""
    return web / room / "locale" / language / "LC_MESSAGES" / "django.po"


def run(web: Path, *, write: bool) -> list[str]:
    """Update or check every catalogue; return what is wrong with them, in words."""
    wrong = []
    for room in (name for name in ROOMS if (web / name).is_dir()):
        for language in LANGUAGES:
            path = po_path(web, room, language)
            catalog = merged(web, room, language)
            po = as_po(catalog)
            wanted = {path: po, path.with_suffix(".mo"): as_mo(po, language)}
            for file, content in wanted.items():
                if file.exists() and file.read_bytes() == content:
                    continue
                if write:
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(content)
                else:
                    wrong.append(f"{file.relative_to(web)}: stale, run `dev/translations.py update`")
            wrong += [f"{path.relative_to(web)}: {what}" for what in missing(catalog)]
    return wrong


def main(argv: list[str] | None = None) -> int:
    """Run the command; 0 when everything is translated and compiled."""
    parser = argparse.ArgumentParser(description="Keep the translations of the pages.")
    parser.add_argument("command", choices=("update", "check"))
    wrong = run(WEB, write=parser.parse_args(argv).command == "update")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _places(text: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text)))


if __name__ == "__main__":
    sys.exit(main())
