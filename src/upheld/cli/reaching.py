# SPDX-License-Identifier: Apache-2.0
"""`upheld reach`: on how many people of this deployment an act may be done, and why not on the others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from upheld.cli import house
from upheld.cli.asking import Question, question
from upheld.clock import SystemClock
from upheld.errors import BadInput
from upheld.gate import Ask, Denial
from upheld.gate.explaining import reason_text
from upheld.terms import Language

if TYPE_CHECKING:
    from upheld.facts.census import Reach


@click.command()
@click.option("--ask", "ask_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="JSON: {ask: {act, purpose, categories, ...}, at: ...}; the facts are those on file.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True, help="Language.")
@click.option("--json", "as_json", is_flag=True,
              help="Print JSON: {people, permitted, refused: [{people, reasons: [{code, clause, said}]}]}.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="Print the ids of those on whom it may be done, one a line.")
def reach(*, ask_file: Path, lang: str, as_json: bool, listed: bool) -> None:
    """Say on how many people of this deployment an act may be done, and why not on the others.

    Everybody is judged by the version that binds them. Counting permits nothing: each act is decided when it is done.
    Exit code 0: said, also where it is nobody; 1: there is no deployment, or nothing is published.
    """
    if as_json and listed:
        raise click.UsageError("--json and --list: choose one")
    asked = question(ask_file)
    if asked.model_fields_set - {"ask", "at"}:
        raise BadInput(
            f"{ask_file.name}: expected 'ask' and 'at' alone; of each person the facts on file count",
            hint="leave the other keys out",
        )
    ask, now = Ask(**asked.ask.model_dump()), _moment(asked)
    house.open_house()
    from upheld.facts.census import Census  # noqa: PLC0415 - only after Django is set up

    census = Census()
    if listed:
        for subject in census.permitted(ask, now):
            click.echo(str(subject))
        return
    found, language = census.reach(ask, now), Language(lang)
    click.echo(json.dumps(as_document(found, language), ensure_ascii=False) if as_json else say(found, language))


def as_document(found: "Reach", language: Language) -> dict[str, object]:
    """Return what was found in the JSON shape that programs rely on."""
    return {
        "people": found.people,
        "permitted": found.permitted,
        "refused": [
            {
                "people": count,
                "reasons": [
                    {"code": one.code, "clause": one.clause, "said": reason_text(one.code, language)}
                    for one in answer.reasons
                ],
            }
            for answer, count in found.answers
            if isinstance(answer, Denial)
        ],
    }


def say(found: "Reach", language: Language) -> str:
    """Say what was found: how many, then each set of reasons with how many it keeps out."""
    return "\n".join(_lines(found, language))


def _lines(found: "Reach", language: Language) -> Iterator[str]:
    yield _SAID[language][0].format(found.permitted, found.people)
    for answer, count in found.answers:
        if isinstance(answer, Denial):
            reasons = (f"{reason_text(one.code, language)} [{one.clause or one.code}]" for one in answer.reasons)
            yield _SAID[language][1].format(count, _SAID[language][2].join(reasons))


_SAID: Final = {
    Language.EN: ("It may be done on {} of {} people.", "  not on {}: {}", "; "),
    Language.ZH_HANS: ("可对 {} 人进行，共 {} 人。", "  不可：{} 人，{}", "；"),
}


def _moment(asked: Question) -> int:
    at = asked.at
    if at is not None and at.tzinfo is None:
        raise BadInput("at: expected a moment with its offset, as 2026-05-01T00:00:00Z")
    return int((at or SystemClock().now()).timestamp())
