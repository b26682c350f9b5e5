# SPDX-License-Identifier: Apache-2.0
"""The forms that `upheld render` writes; what each needs loads with it."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from upheld import policy

if TYPE_CHECKING:
    from upheld.policy import Extras, Policy  # the renderer costs `upheld check` a tenth of its time

_Writer = Callable[["Policy", str], str]


def write(found: "Policy", lang: str, form: str, extras: "Extras", *, lists_only: bool = False) -> str:
    """Write a policy in one of the `FORMATS`.

    Args:
        found: the policy.
        lang: one of its languages.
        form: the form.
        extras: what the notice has besides the policy.
        lists_only: of the notice, the two public lists alone.

    Raises:
        ValueError: the policy has no text in that language.
        KeyError: there is no such form.
    """
    if form == "html":
        if lists_only:
            return policy.render_lists(found, lang, "html")
        return policy.render(found, lang, "html", standalone=True, extras=extras)
    if form == "md":
        return policy.render_lists(found, lang, "md") if lists_only else policy.render(found, lang, "md", extras=extras)
    return _MACHINE[form](found, lang)


def _dpv(found: "Policy", _lang: str) -> str:
    from upheld.policy.rendering import machine  # noqa: PLC0415 - loads for this form alone

    return _json(machine.dpv(found))


def _receipt_profile(found: "Policy", lang: str) -> str:
    from upheld.policy.rendering import machine  # noqa: PLC0415 - loads for this form alone

    return _json(machine.receipt_profile(found, lang))


def _record(form: str) -> _Writer:
    def written(found: "Policy", lang: str) -> str:
        from upheld.policy.rendering.machine import record_of_processing, record_writing  # noqa: PLC0415 - as above

        record = record_of_processing(found, lang)
        if form == "json":
            return _json(record_writing.as_json(record))
        return record_writing.as_html(record) if form == "html" else record_writing.as_csv(record)

    return written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


_MACHINE: Final[Mapping[str, _Writer]] = {
    "dpv": _dpv,
    "ropa": _record("json"),
    "ropa-html": _record("html"),
    "ropa-csv": _record("csv"),
    "receipt-profile": _receipt_profile,
}
FORMATS: Final = ("html", "md", *_MACHINE)
