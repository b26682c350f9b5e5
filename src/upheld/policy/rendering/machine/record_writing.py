# SPDX-License-Identifier: Apache-2.0
"""The record of processing as JSON, as a page, and as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import fields
from html import escape
from typing import Final

from upheld.policy.rendering import html
from upheld.policy.rendering.machine.record import Activity, Controller, RecordOfProcessing
from upheld.policy.rendering.machine.values import Json
from upheld.policy.rendering.phrases import RECORD
from upheld.policy.rendering.tables import table

_COLUMNS: Final = tuple(one.name for one in fields(Activity))
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def as_json(record: RecordOfProcessing) -> Json:
    """Write the record as a JSON value; the keys are the items of the article."""
    return {
        "law": "GDPR art. 30(1)",
        "policy": record.policy,
        "version": record.version,
        "language": record.language.value,
        "a_controller": _controller_json(record.controller),
        "activities": [
            {
                "clause": one.clause,
                "name": one.label,
                "b_purpose": one.purpose,
                "lawful_basis": one.basis,
                "c_data_subjects": list(one.data_subjects),
                "c_personal_data": list(one.categories),
                "d_recipients": list(one.recipients),
                "e_transfers": list(one.transfers),
                "f_erasure": list(one.erasure),
            }
            for one in record.activities
        ],
        "e_safeguards": list(record.safeguards),
        "g_measures": list(record.measures),
    }


def _controller_json(controller: Controller | None) -> Json:
    if controller is None:
        return None
    return {
        "name": controller.name,
        "address": controller.address,
        "region": controller.region,
        "officer": controller.officer,
        "contacts": list(controller.contacts),
        "joint_controllers": list(controller.joint),
    }


def as_csv(record: RecordOfProcessing) -> str:
    """Write the activities as CSV: one line each, one column for each item, several entries joined by `; `.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(RECORD[name][record.language] for name in _COLUMNS)
    for one in record.activities:
        writer.writerow(_safe(_joined(getattr(one, name))) for name in _COLUMNS)
    return out.getvalue()


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell


def as_html(record: RecordOfProcessing) -> str:
    """Write the record as a page that stands alone."""
    title = RECORD["title"][record.language].format(version=record.version)
    body = "\n".join(_body(record, title)) + "\n"
    return html.page(title, record.language, body)


def _body(record: RecordOfProcessing, title: str) -> Iterator[str]:
    yield '<article class="notice">'
    yield f"<h1>{escape(title)}</h1>"
    yield f"<p>{escape(record.policy)} · {_label('article', record)}</p>"
    yield f"<h2>{_label('controller', record)}</h2>"
    yield from _controller(record)
    yield f'<h2 id="activities">{_label("activities", record)}</h2>'
    yield '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="activities">'
    yield from table(
        [_label(name, record) for name in _COLUMNS[1:]],
        (tuple(_cell(one, name) for name in _COLUMNS[1:]) for one in record.activities),
    )
    yield "</div>"
    for name, said in (("safeguards", record.safeguards), ("measures", record.measures)):
        yield f"<h2>{_label(name, record)}</h2>"
        yield _list(said) or f"<p>{_label('unsaid', record)}</p>"
    yield "</article>"


def _controller(record: RecordOfProcessing) -> Iterator[str]:
    controller = record.controller
    if controller is None:
        yield f"<p>{_label('unsaid', record)}</p>"
        return
    yield "<dl>"
    for name in (one.name for one in fields(Controller)):
        value = getattr(controller, name)
        said = escape(value) if isinstance(value, str) else _list(value)
        yield f"<dt>{_label(name, record)}</dt><dd>{said or '–'}</dd>"
    yield "</dl>"


def _cell(one: Activity, name: str) -> str:
    value = getattr(one, name)
    if name == "label":
        return f"{escape(one.label)} <small><code>{escape(one.clause)}</code></small>"
    return (escape(value) if isinstance(value, str) else _list(value)) or "–"


def _list(items: Iterable[str]) -> str:
    inside = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{inside}</ul>" if inside else ""


def _label(name: str, record: RecordOfProcessing) -> str:
    return escape(RECORD[name][record.language])
