# SPDX-License-Identifier: Apache-2.0
"""The policy that `upheld init` writes: few answers, every section that a check asks for, a comment on each."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from upheld.cli.starter_parts import CATEGORIES, OFFERED
from upheld.cli.starter_sections import ABROAD, REGULATORS, tail
from upheld.policy.model.base import Id
from upheld.policy.model.identity import Region
from upheld.policy.packs.loading import packs
from upheld.terms import Language

SCHEMA: Final = "policy.schema.json"
"""Beside the policy, for editors; docs/reference has it."""
NOTICE: Final = timedelta(days=30)
"""Between the day of writing and the day of effect: time to read it."""


Both = tuple[Annotated[str, Field(min_length=1, max_length=200)], Annotated[str, Field(min_length=1, max_length=200)]]
"""The same in English and in Chinese."""


class Answers(BaseModel):
    """What an author says of a product."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policy: Id
    """The policy line."""
    controller: Both
    """Who answers for the data."""
    product: Both
    """What the product is, as in "the Small Shop app"."""
    region: Region
    """The country of the controller: `cn`, `de`."""
    address: Both
    """The postal address of the controller."""
    contact: Annotated[str, Field(pattern=r"^[^@\s\"\\]+@[^@\s\"\\]+\.[^@\s\"\\]+$", max_length=200)]
    """An e-mail address that outsiders can write to."""
    laws: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Ids of rule packs."""
    categories: tuple[str, ...] = ()
    """Keys of `CATEGORIES`, besides the e-mail address that the account needs."""
    children: bool
    """Whether children may use it, with a guardian's consent."""
    abroad: Region | None = None
    """The country of the one who stores data abroad; none if nothing leaves."""

    @field_validator("laws")
    @classmethod
    def _known_laws(cls, laws: tuple[str, ...]) -> tuple[str, ...]:
        return _known(laws, tuple(packs()))

    @field_validator("categories")
    @classmethod
    def _known_categories(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return _known(names, OFFERED)

    @model_validator(mode="after")
    def _abroad_is_elsewhere(self) -> "Answers":
        if self.abroad == self.region:
            raise ValueError(f"'abroad' names the controller's own country, {self.region}")
        return self


def _known(names: tuple[str, ...], offered: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in offered:
            raise ValueError(f"expected some of {', '.join(offered)}; {name!r} came")
    return tuple(dict.fromkeys(names))


def written(answers: Answers, day: date, comments: Language) -> str:
    """Write the policy file.

    Args:
        answers: what the author said.
        day: the day of writing; the policy takes effect `NOTICE` later.
        comments: the language of the comments; texts are in both.
    """
    return "\n".join(_lines(answers, day, 0 if comments is Language.EN else 1)) + "\n"


def _lines(one: Answers, day: date, tongue: int) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={SCHEMA}"
    yield from _comment(_HEAD, tongue)
    yield "upheld: 1"
    yield f"policy: {one.policy}"
    yield "version: 1"
    yield f"updated: {day}"
    yield f"effective: {day + NOTICE}"
    yield "languages: [en, zh-Hans]"
    yield f"laws: [{', '.join(_laws(one))}]"
    yield f"title: {_pair(f'Privacy policy of {one.controller[0]}', f'{one.controller[1]}隐私政策')}"
    yield from _controller(one, tongue)
    yield from _filled(REGULATORS, tongue)
    yield from _data(one, tongue)
    yield from _functions(one, tongue)
    if one.abroad:
        yield from _filled(ABROAD["recipients"], tongue, region=one.abroad, stored=_list(one))
    yield from _storage(one, tongue)
    yield from _filled(ABROAD["residency"] if one.abroad else ABROAD["at_home"], tongue, region=one.region)
    yield from _filled(tail(children=one.children), tongue, under=_under(one))


_HEAD: Final = (
    (
        "A first policy, to be made your own: read each line, change what is not so, add what is missing, then run\n"
        "`upheld check FILE`. It is no legal advice. docs/reference/policy-format.md explains every key."
    ),
    (
        "初始政策，请改为您自己的：逐行阅读，更正不符之处，补充遗漏，然后运行 `upheld check 文件`。\n"
        "本文件不构成法律意见；各键的说明见 docs/reference/policy-format.md。"
    ),
)


def _controller(one: Answers, tongue: int) -> Iterator[str]:
    yield from _comment(
        ("\nWho answers for the data, and how anyone can reach them.", "\n谁对信息负责，如何联系。"), tongue
    )
    yield "controller:"
    yield f"  name: {_pair(*one.controller)}"
    yield f"  region: {one.region}"
    yield f"  address: {_pair(*one.address)}"
    yield "  officer: officer"
    yield "  contacts:"
    yield "    officer:"
    yield f"      label: {_pair('Personal information protection officer', '个人信息保护负责人')}"
    yield f"      kind: email\n      address: {json.dumps(one.contact)}\n      outsiders: true"
    if "gdpr" in _laws(one) and one.region.partition("-")[0] not in packs()["gdpr"].regions:
        yield "    representative:"
        yield f"      label: {_pair('Representative in the European Union', '欧盟代表')}"
        yield f"      kind: email\n      address: {json.dumps(one.contact)}\n      outsiders: true"
    yield "scope:"
    yield "  products:"
    yield f"    product: {_pair(*one.product)}"


def _data(one: Answers, tongue: int) -> Iterator[str]:
    yield from _comment(
        ("\nEvery kind of data, once. What is not here cannot be collected.", "\n每类信息列一次；未列的不得收集。"),
        tongue,
    )
    yield "categories:"
    for name in _every(one):
        yield from _indented(CATEGORIES[name].category)


def _functions(one: Answers, tongue: int) -> Iterator[str]:
    yield from _comment(_FUNCTIONS, tongue)
    yield "functions:"
    child = "guardian" if one.children else "never"
    age = "as-child" if one.children else "never"
    for name in dict.fromkeys(CATEGORIES[one_].function for one_ in _every(one)):
        collected = {key: part for key in _every(one) if (part := CATEGORIES[key]).function == name}
        first = next(iter(collected.values()))
        yield from _indented(first.function_text)
        yield f"    collects: {{{', '.join(f'{key}: {part.need}' for key, part in collected.items())}}}"
        yield f"    child: {child}\n    unknown-age: {age}"
    permissions = [CATEGORIES[name].permission for name in _every(one) if CATEGORIES[name].permission]
    if permissions:
        yield "permissions:"
    for text in permissions:
        yield from _indented(text)


_FUNCTIONS: Final = (
    (
        "\nWhat the product does with it. `basic` is what the product is for; `extended` can be refused by itself.\n"
        "`child` and `unknown-age` say what happens for a child, and while the age is not known."
    ),
    "\n产品如何使用信息。basic 为基本功能；extended 可单独拒绝。\nchild 与 unknown-age 说明对儿童及年龄未知者如何处理。",
)


def _storage(one: Answers, tongue: int) -> Iterator[str]:
    yield from _comment(("\nHow long everything is kept, and from when on.", "\n各类信息的保存期限与起算点。"), tongue)
    yield "storage:"
    yield "  account:"
    yield f"    label: {_pair('Account and what you entered', '账号及您填写的信息')}"
    yield f"    of: [{', '.join(name for name in _every(one) if name != 'order')}]"
    yield "    keep: 15 days\n    from: cancellation\n    then: erase"
    if "order" in one.categories:
        yield f"  orders:\n    label: {_pair('Orders', '订单')}\n    of: [order]"
        yield "    keep: 3 years\n    from: collection\n    then: erase"
        yield '    law: {at-least: 3 years, source: "E-Commerce Law of the PRC, art. 31"}'


def _every(one: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("email", *one.categories, *(("guardian.contact",) if one.children else ()))))


def _laws(one: Answers) -> tuple[str, ...]:
    """Give the laws that were said, and before them those that a policy from there has to name."""
    country = one.region.partition("-")[0]
    needed = (pack.id for pack in packs().values() if pack.must_be_named and country in pack.regions)
    return tuple(dict.fromkeys((*needed, *one.laws)))


def _list(one: Answers) -> str:
    return f"[{', '.join(_every(one))}]"


def _under(one: Answers) -> str:
    return "14" if "pipl" in _laws(one) else "16"


def _pair(en: str, zh: str) -> str:
    return f"{{en: {json.dumps(en)}, zh-Hans: {json.dumps(zh, ensure_ascii=False)}}}"


def _comment(said: tuple[str, str], tongue: int) -> Iterator[str]:
    for line in said[tongue].split("\n"):
        yield f"# {line}" if line else ""


def _indented(text: str) -> Iterator[str]:
    yield from (f"  {line}" for line in text.strip("\n").split("\n"))


def _filled(parts: Sequence[tuple[tuple[str, str], str]], tongue: int, **values: str) -> Iterator[str]:
    """Write sections, each under its comment."""
    for comment, text in parts:
        yield from _comment((f"\n{comment[0]}", f"\n{comment[1]}"), tongue)
        filled = text.strip("\n")
        for key, value in values.items():
            filled = filled.replace(f"@{key}@", value)
        yield filled
