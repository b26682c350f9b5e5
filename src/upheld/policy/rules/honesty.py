# SPDX-License-Identifier: Apache-2.0
"""Rules on honest speech: no absolute safety, the risk that is left said openly, one name, words that people know."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from upheld.policy.model import Policy
from upheld.policy.model.identity import Chapter
from upheld.policy.plain_words import HOUSE
from upheld.policy.rules.registry import Fault, rule
from upheld.policy.rules.texts import EN, texts

_SENTENCES: Final = re.compile(r"[.;!?。；！？]")
_ABSOLUTE: Final = re.compile(
    r"\b(?:(?:absolute(?:ly)?|complete(?:ly)?|total(?:ly)?|whol(?:e|ly)|full(?:y)?|perfect(?:ly)?|100 ?%|entirely|always)"
    r" (?:\w+ )?(?:safe(?:ty)?|secur(?:e|ity)|protect(?:ed|ion)|private)\b"
    r"|guarantee[sd]? (?:\w+ ){0,3}(?:safety|security|protection)\b|impenetrable\b|unbreakable\b|risk[- ]free\b"
    r"|(?:safety|security) (?:is|can be) (?:fully )?(?:guaranteed|assured)\b|perfect\b"
    r")|绝对(?:的)?安全|百分(?:之|百)百|万无一失|完全(?:的)?安全|固若金汤|无法破解|零风险",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|cannot|can't|nothing|nobody|none|neither|nor|hardly)\b|[不无没未非勿]", re.IGNORECASE
)


def _sentences_on_safety(policy: Policy) -> Iterator[tuple[str, str, bool]]:
    """List the sentences on complete safety, each with its path and whether it denies it."""
    for path, _, text in texts(policy):
        for sentence in _SENTENCES.split(text) if _ABSOLUTE.search(text) else ():
            absolute = _ABSOLUTE.search(sentence)
            if absolute:
                yield path, absolute[0], bool(_DENIED.search(sentence.replace(absolute[0], "")))


@rule(
    "E119",
    ("No text claims absolute safety.", "不宣称绝对安全。"),
    remedy=("say which measures there are, and that some risk is left", "写明所采取的措施及仍存在的风险"),
)
def absolute_safety(policy: Policy) -> Iterator[Fault]:
    """Find sentences that promise what no safeguard can."""
    for path, what, denied in _sentences_on_safety(policy):
        if not denied:
            yield Fault(path, (f"'{what}' is more than anyone can promise", f"“{what}”超出任何人能作的承诺"))


@rule(
    "E120",
    ("Where safeguards are promised, the risk that is left is said.", "承诺保护措施的，同时说明仍存在的风险。"),
    remedy=("say in the chapter on protection that no measure is perfect", "在保护一章说明任何措施均非绝对安全"),
)
def risk_unsaid(policy: Policy) -> Iterator[Fault]:
    """Find chapters on protection that read as if nothing could happen."""
    promised = [name for name, one in policy.commitments.items() if one.chapter is Chapter.PROTECT]
    said = {path for path, _, denied in _sentences_on_safety(policy) if denied}
    if promised and not said:
        yield Fault("commitments", ("no sentence says that some risk is left", "没有语句说明仍存在风险"))


_KINDS: Final = {
    "en": re.compile(
        r"\b(?:policy|notice|statement|agreement|terms|instructions?|declaration|rules|guide)\b", re.IGNORECASE
    ),
    "zh-Hans": re.compile(r"政策|声明|协议|条款|说明|须知|告知书|规则|指引|承诺书"),
}
_ITSELF: Final = {
    "en": re.compile(
        r"\b(?:this|the present) (policy|notice|statement|agreement|instructions?|declaration|guide)\b|\bthese (terms|instructions)\b",
        re.IGNORECASE,
    ),
    "zh-Hans": re.compile(r"(?<![版文样基根])本(政策|声明|协议|说明|须知|告知书|指引|承诺书)"),
}


@rule(
    "E122",
    ("A document has one name throughout.", "文件通篇使用同一名称。"),
    remedy=("call it as its title does", "按标题称呼"),
)
def two_names(policy: Policy) -> Iterator[Fault]:
    """Find texts that call the document by another name than its title."""
    titles = {
        language: {_singular(word) for word in _KINDS[language].findall(title)}
        for language, title in policy.title.items()
    }
    for path, language, text in texts(policy):
        for word in _ITSELF[language].findall(text):
            name = next(filter(None, word)) if isinstance(word, tuple) else word
            if titles.get(language) and _singular(name) not in titles[language]:
                yield Fault(path, (f"it calls itself a '{name}'", f"文中自称“{name}”"))


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")


_TECHNICAL: Final = (
    "SDK", "API", "IMSI", "IMEI", "IDFA", "OAID", "ICCID", "BSSID", "SSID", "MAC", "ETag", "GUID", "UUID", "TLS", "SSL",
    "DNS", "hash", "pixel", "beacon", "de-identified", "de-identify", "de-identification", "anonymise", "anonymised",
    "pseudonym", "biometric", "gyroscope", "accelerometer", "SQLite", "token", "GNSS", "NFC",
)  # fmt: skip
"""Words of the trade that people outside it do not know."""


@rule(
    "E123",
    ("A word of the trade is explained.", "专业术语有解释。"),
    remedy=("explain it under 'glossary', or use a plain word", "在 glossary 中解释，或改用通俗词语"),
)
def unexplained(policy: Policy) -> Iterator[Fault]:
    """Find technical words that neither the glossary nor the notice's own list explains; each once."""
    known = _explained(policy)
    met: set[str] = set()
    for path, language, text in texts(policy):
        if language is EN and not path.startswith(("glossary", "evidence")):
            for word in _technical().findall(text):
                stem = _stem(word)
                if stem not in met and stem not in known:
                    met.add(stem)
                    yield Fault(path, (f"'{word}' is explained nowhere", f"“{word}”没有解释"))


@cache
def _technical() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_TECHNICAL, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{words})s?(?![\w-])", re.IGNORECASE)


def _explained(policy: Policy) -> set[str]:
    own = [text for term in policy.glossary.values() for text in (*term.label.values(), *term.means.values())]
    house = [word for term in HOUSE.values() for word, _ in term.values()]
    return {_stem(word) for text in (*own, *house) for word in _technical().findall(text)}


def _stem(word: str) -> str:
    """Cut a word down to what its forms have in common."""
    stem = word.lower()
    for ending in ("ication", "ified", "ify", "ise", "ised", "s"):
        if stem.endswith(ending) and len(stem) - len(ending) > 2:
            return stem.removesuffix(ending)
    return stem
