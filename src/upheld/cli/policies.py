# SPDX-License-Identifier: Apache-2.0
"""`upheld check`, `render` and `explain`: what one does with a policy file alone, without a deployment."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from upheld import places, policy
from upheld.cli import rendering
from upheld.errors import BadInput
from upheld.policy import Finding, Parsed, PolicyUnreadable, Severity
from upheld.terms import Language

CLEAN: Final = 0
FOUND: Final = 1
UNREADABLE: Final = 2


def read(name: str) -> Parsed:
    """Read a policy given by path or by one of the five names; an unreadable file ends the command with exit code 2."""
    try:
        return policy.parse(places.policy_file(name))
    except PolicyUnreadable as unreadable:
        for finding in unreadable.findings:
            click.echo(str(finding), err=True)
        sys.exit(UNREADABLE)


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: {file, findings: [...]}.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day by whose law it is judged; by default the one "
              "on which the policy takes effect.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True, help="Language.")
@click.option("--prove", is_flag=True, help="Prove besides what must hold of every policy's decisions; about a minute.")
@click.option("--seed", type=int, default=3, show_default=True, help="Draws the same decisions again, with --prove.")
def check(*, file: str, as_json: bool, on: datetime | None, lang: str, prove: bool, seed: int) -> None:
    """Find what is wrong with a policy FILE, or one of the five by name.

    With --prove, JSON has {proof: {asks, seed, holds, properties: [{id, holds, proved, tested, counterexample}]}} too.

    Exit code 0: clean, or notes alone; 1: there are errors or warnings, or a property does not hold; 2: the file is no
    policy.
    """
    place = places.policy_file(file)
    parsed = None
    try:
        parsed = policy.parse(place)
        findings: tuple[Finding, ...] = tuple(policy.check(parsed, on=on.date() if on else None))
        code = FOUND if any(f.severity is not Severity.INFO for f in findings) else CLEAN
    except PolicyUnreadable as unreadable:
        findings, code = unreadable.findings, UNREADABLE
    document: dict[str, object] = {"file": str(place), "findings": [_plain(f, Language(lang)) for f in findings]}
    if not as_json:
        _tell(findings, place.name, Language(lang))
    if prove and parsed is not None:
        from upheld.cli import proving  # noqa: PLC0415 - the gate loads for this option alone

        proof = proving.prove(parsed.policy, seed)
        document["proof"] = proving.as_document(proof)
        code = code if proof.holds else FOUND
        if not as_json:
            click.echo("\n".join(proving.say(proof, Language(lang))))
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    sys.exit(code)


def _plain(finding: Finding, language: Language) -> dict[str, object]:
    """Give a finding's fields for JSON, with message and remedy in one language."""
    message, remedy = finding.said(language)
    fields = {**asdict(finding), "message": message, "remedy": remedy}
    del fields["chinese"]
    return fields


def _tell(findings: tuple[Finding, ...], name: str, language: Language) -> None:
    for finding in findings:
        click.echo(finding.line_in(language))
        remedy = finding.said(language)[1]
        for more in (remedy, finding.source):
            if more:
                click.echo(f"    {more}")
    click.echo(f"{name}: {_COUNTED[language](len(findings))}")


_COUNTED: Final = {
    Language.EN: lambda number: f"{number} finding{'s' if number > 1 else ''}" if number else "clean",
    Language.ZH_HANS: lambda number: f"{number} 项发现" if number else "未发现问题",
}


@click.command()
@click.argument("file")
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True, help="Language.")
@click.option(
    "--format", "format_", type=click.Choice(rendering.FORMATS), default="html", show_default=True, help="Format."
)
@click.option(
    "--lists", is_flag=True, help="With html or md: only the two public lists, what is collected and who receives it."
)
@click.option("--children", is_flag=True, help="With html or md: the text for children first.")
@click.option("--before", metavar="FILE", help="With html or md: say what changed since this version.")
@click.option(
    "--output", "--out", "out", type=click.Path(path_type=Path, dir_okay=False),
    help="Write to a file instead of standard output.",
)  # fmt: skip
def render(
    *, file: str, lang: str, format_: str, lists: bool, children: bool, before: str | None, out: Path | None
) -> None:
    """Write the notice that people read, or a form that other programs read.

    html and md are the notice; dpv is JSON-LD in terms of the W3C Data Privacy Vocabulary; ropa, ropa-html and ropa-csv are the
    record of processing of GDPR art. 30(1); receipt-profile is what each consent receipt says, in terms of ISO/IEC TS 27560.
    Exit code 0: written; 2: a file is no policy, or it lacks the language.
    """
    found = read(file).policy
    if lang not in found.languages:
        click.echo(f"upheld: {file} has no text in {lang}; it has {', '.join(found.languages)}", err=True)
        sys.exit(UNREADABLE)
    extras = policy.Extras(before=read(before).policy if before else None, child_first=children)
    text = rendering.write(found, lang, format_, extras, lists_only=lists)
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        out.write_text(text, encoding="utf-8", newline="")


@click.command()
@click.argument("file")
@click.option("--ask", "ask_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="JSON: {ask: {act, purpose, categories, ...}, person: {topics: [...], age: ...}, at: ...}.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True, help="Language.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(*, file: str, ask_file: Path, lang: str, as_json: bool) -> None:
    """Say why an act is permitted or denied: the clauses in their words, what is missing, what would lift it, what was seen.

    Exit code 0: permitted; 1: denied; 2: a file cannot be read.
    """
    from upheld.cli import explaining  # noqa: PLC0415 - the gate loads for this command alone

    found = read(file).policy
    try:
        answer = explaining.answer(found, ask_file)
    except BadInput as unreadable:
        click.echo(f"upheld: {unreadable.diagnostics()}", err=True)
        sys.exit(UNREADABLE)
    click.echo(
        json.dumps(explaining.as_document(answer, found, Language(lang)), ensure_ascii=False)
        if as_json
        else explaining.say(answer, found, Language(lang))
    )
    sys.exit(CLEAN if explaining.is_permit(answer) else FOUND)
