# SPDX-License-Identifier: Apache-2.0
"""`upheld init`: ask a few questions and write a first policy that `upheld check` finds clean."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from pydantic import ValidationError

from upheld import policy
from upheld.cli import starter
from upheld.cli.starter_parts import CATEGORIES, OFFERED
from upheld.clock import SystemClock
from upheld.errors import BadInput
from upheld.policy import Parsed, PolicyUnreadable
from upheld.terms import Language

MAX_BYTES: Final = 100_000

_QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "policy": ("A short id for the policy (small letters, digits, hyphens)", "政策的短标识（小写字母、数字、连字符）"),
    "controller": ("Who answers for the data, in English", "处理者名称（英文）"),
    "controller_zh": ("The same in Chinese", "处理者名称（中文）"),
    "product": ("What the product is, in English, as in: the Small Shop app", "产品名称（英文）"),
    "product_zh": ("The same in Chinese", "产品名称（中文）"),
    "region": ("Your country, as in: cn, de", "所在国家代码，如 cn、de"),
    "address": ("Your postal address, in English", "邮寄地址（英文）"),
    "address_zh": ("The same in Chinese", "邮寄地址（中文）"),
    "contact": ("An e-mail address for questions on privacy", "隐私事务电子邮箱"),
    "laws": ("Laws that bind you, with commas between", "适用的法律（以逗号分隔）"),
    "categories": ("What is collected besides an e-mail address, with commas between", "除电子邮箱外收集的信息（以逗号分隔）"),
    "children": ("May children use it, with a guardian's consent? (yes, no)", "经监护人同意，儿童可否使用？（yes、no）"),
    "abroad": ("The country where data is stored abroad, or none", "境外存储国家代码；不出境填 none"),
}  # fmt: skip
_DEFAULTS: Final = {"laws": "pipl", "categories": "", "children": "no", "abroad": "none", "region": "cn"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), default="policy.yaml")
@click.option("--answers", "answers_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="JSON: {policy, controller: [en, zh], product: [en, zh], region, address: [en, zh], contact, laws: [...], "
              "categories: [...], children: true or false, abroad: region or null}. Nothing is asked.")  # fmt: skip
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of writing; by default today.")
@click.option("--lang", type=click.Choice(["zh-Hans", "en"]), default="en", show_default=True,
              help="Language of questions and comments; the texts are in both.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite FILE.")
def init(*, file: Path, answers_file: Path | None, day: datetime | None, lang: str, force: bool) -> None:
    """Ask a few questions and write a first policy to FILE: commented, in both languages, and clean under `check`.

    Exit code 0: written and clean; 1: written, with findings (an answer has words that a rule objects to), or FILE is
    there already; 2: the answers are no answers.
    """
    language = Language(lang)
    if file.exists() and not force:
        raise BadInput(f"{file} is there already", hint="give another name, or --force")
    try:
        answers = _from_file(answers_file) if answers_file else _validated(_asked(language), "the answers")
        text = starter.written(answers, (day or SystemClock().now()).date(), language)
        parsed = _parsed(text, file)
    except BadInput as error:
        click.echo(f"upheld: {error.diagnostics()}", err=True)
        sys.exit(2)
    _write(file, text, force=force)
    findings = policy.check(parsed)
    for finding in findings:
        click.echo(finding.line_in(language))
    click.echo(_DONE[language].format(file, len(findings)))
    sys.exit(1 if findings else 0)


_DONE: Final = {
    Language.EN: "{} is written; findings: {}. Read it line by line, then: upheld check, upheld render",
    Language.ZH_HANS: "已写入 {}；发现：{} 项。请逐行阅读，然后运行 upheld check、upheld render",
}


def _write(file: Path, text: str, *, force: bool) -> None:
    """Write; a file that came in between is not overwritten either."""
    try:
        with file.open("w" if force else "x", encoding="utf-8", newline="\n") as out:
            out.write(text)
    except FileExistsError:
        raise BadInput(f"{file} is there already", hint="give another name, or --force") from None
    except OSError as error:
        raise BadInput(f"{file} cannot be written: {error.strerror}", hint="give a name in a folder of yours") from None


def _asked(language: Language) -> dict[str, object]:
    tongue = 0 if language is Language.EN else 1
    click.echo(", ".join(f"{name} ({CATEGORIES[name].label[tongue]})" for name in OFFERED))
    said = {
        name: click.prompt(question[tongue], default=_DEFAULTS.get(name), type=str).strip()
        for name, question in _QUESTIONS.items()
    }
    both: dict[str, object] = {name: [said[name], said[f"{name}_zh"]] for name in ("controller", "product", "address")}
    lists = {name: [one.strip() for one in said[name].split(",") if one.strip()] for name in ("laws", "categories")}
    plain = {name: said[name] for name in ("policy", "region", "contact", "children")}
    return {**plain, **both, **lists, "abroad": None if said["abroad"] in {"", "none"} else said["abroad"]}


def _from_file(answers_file: Path) -> starter.Answers:
    with answers_file.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadInput(f"{answers_file.name}: expected at most {MAX_BYTES} bytes")
    try:
        said = json.loads(content)
    except json.JSONDecodeError as error:
        raise BadInput(f"{answers_file.name}, line {error.lineno}, column {error.colno}: expected JSON") from None
    except (ValueError, RecursionError):
        raise BadInput(f"{answers_file.name}: expected JSON in UTF-8, not nested too deeply") from None
    return _validated(said, answers_file.name)


def _validated(said: object, name: str) -> starter.Answers:
    try:
        return starter.Answers.model_validate(said)
    except ValidationError as error:
        wrong = (
            f"{'.'.join(map(str, one['loc'])) or 'the whole'}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_url=False, include_input=False)[:5]
        )
        raise BadInput(f"{name}: {'; '.join(wrong)}") from None


def _parsed(text: str, file: Path) -> Parsed:
    """Read what would be written: an answer can hold what no policy may."""
    try:
        return policy.parse(text.encode(), file.name)
    except PolicyUnreadable as unreadable:
        raise BadInput(f"with these answers it would be no policy: {unreadable.findings[0]}") from None
