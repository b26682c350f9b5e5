# SPDX-License-Identifier: Apache-2.0
"""Every word of the pages exists in both languages, and what is served is what was translated."""

import shutil

import pytest

from dev import translations


def test_nothing_is_untranslated_or_stale():
    """Run `.venv/bin/python dev/translations.py update`, fill what is empty, run it again."""
    assert [] == translations.run(translations.WEB, write=False)


@pytest.fixture
def web(tmp_path):
    """A small web of one kit and one portal."""
    for room in ("kit", "portal"):
        (tmp_path / room / "templates").mkdir(parents=True)
    (tmp_path / "kit" / "words.py").write_text(
        '_("Back")\nngettext("%(n)s day", "%(n)s days", 1)\npgettext_lazy("clause", "Kept")\n'
    )
    (tmp_path / "portal" / "templates" / "page.html").write_text(
        '<div>\n    {% translate "Back" %} {% card title=_("My data") %}\n  {% blocktranslate %}{{ n }} of {{ all }}{% endblocktranslate %}\n{% endcard %}</div>'
    )
    return tmp_path


def ids(catalog):
    return {message.id for message in catalog if message.id}


def test_templates_and_python_are_both_read(web):
    """Messages come from tags, blocks, arguments and Python; what the kit says is not repeated."""
    assert {"Back", ("%(n)s day", "%(n)s days"), "Kept"} == ids(translations.extracted(web, "kit"))
    assert {"My data", "%(n)s of %(all)s"} == ids(translations.extracted(web, "portal"))


def test_what_is_missing_is_named(web):
    """A message without a translation, or with other placeholders, is told; a filled one is compiled and kept."""
    wrong = translations.run(web, write=True)
    assert 5 == len(wrong)
    path = translations.po_path(web, "portal", "zh_Hans")
    path.write_text(path.read_text().replace('msgid "My data"\nmsgstr ""', 'msgid "My data"\nmsgstr "我的数据"'))
    path.write_text(path.read_text().replace('of %(all)s"\nmsgstr ""', 'of %(all)s"\nmsgstr "%(n)s，共 %(of)s"'))
    (wrong,) = [line for line in translations.run(web, write=True) if "portal" in line]
    assert "other placeholders" in wrong
    assert "我的数据" in path.read_text()
    assert "我的数据".encode() in path.with_suffix(".mo").read_bytes()


def test_what_is_stale_is_named(web):
    """A new message, or a catalogue edited but not compiled, is told without writing anything."""
    translations.run(web, write=True)
    before = {path: path.read_bytes() for path in web.rglob("*") if path.is_file()}
    (web / "portal" / "views.py").write_text('gettext("New")\n')
    wrong = translations.run(web, write=False)
    assert any("django.po: stale" in line for line in wrong)
    assert any("'New'" in line for line in wrong)
    assert before == {path: path.read_bytes() for path in before}
    shutil.rmtree(web / "portal" / "locale")
    assert any("django.mo: stale" in line for line in translations.run(web, write=False))
