# SPDX-License-Identifier: Apache-2.0
"""The words of the error pages, in both languages on one page, since the reader's own may not be known yet.

They stand here and not in the catalogues because such a page shows both at once, and must work when all else fails.
"""

from typing import Final, NamedTuple


class Said(NamedTuple):
    """What happened, and what the reader can do."""

    title: str
    text: str


class Words(NamedTuple):
    """One error page in both languages."""

    zh_hans: Said
    en: Said

    def in_language(self, tag: str) -> Said:
        """Return the words for an HTML language tag."""
        return self.zh_hans if tag == "zh-Hans" else self.en

    def plain(self) -> str:
        """Return both as plain text."""
        return "\n\n".join(f"{said.title}\n{said.text}" for said in self) + "\n"


WORDS: Final[dict[int, Words]] = {
    400: Words(
        Said("请求无法理解", "您发送的内容不完整或格式不正确，未作任何更改。请返回后重试。"),
        Said(
            "That could not be understood",
            "What was sent is incomplete or malformed, and nothing was changed. Go back and try again.",
        ),
    ),
    401: Words(
        Said("请先登录", "此页面仅供已登录的人查看。登录后再试一次。"),
        Said("Please sign in first", "This page is for people who are signed in. Sign in and try again."),
    ),
    403: Words(
        Said("此操作未获允许", "您无权进行此操作，或页面打开过久已失效。未作任何更改。请重新打开页面后再试。"),
        Said(
            "This is not allowed",
            "You may not do this, or the page was open for too long. Nothing was changed. Open the page anew and try again.",
        ),
    ),
    404: Words(
        Said("没有找到此页面", "该地址不存在，或不属于您。请检查地址，或从首页重新开始。"),
        Said(
            "There is no such page",
            "The address does not exist, or is not yours to see. Check it, or start again from the first page.",
        ),
    ),
    405: Words(
        Said("此页面不支持这种操作", "请使用页面上的按钮，不要直接打开此地址。未作任何更改。"),
        Said(
            "This page does not take that",
            "Use the buttons of the page rather than its address alone. Nothing was changed.",
        ),
    ),
    409: Words(
        Said("情况已发生变化", "在此期间，您要更改的内容已不同。请重新打开页面查看当前状态，再作决定。"),
        Said(
            "Things have changed meanwhile",
            "What you wanted to change is no longer as it was. Open the page anew, see how it stands, and decide again.",
        ),
    ),
    413: Words(
        Said("发送的内容过大", "一次最多可发送 1 MB。未作任何更改。请减少内容后重试。"),
        Said("That is too large", "At most 1 MB can be sent at once. Nothing was changed. Send less and try again."),
    ),
    429: Words(
        Said("尝试次数过多", "为保护您的账号，请稍等几分钟后再试。"),
        Said("Too many tries", "To protect your account, please wait a few minutes and try again."),
    ),
    500: Words(
        Said("我们这边出了问题", "操作未能完成，问题已被记录，其中不含您的个人信息。请稍后再试。"),
        Said(
            "Something went wrong on our side",
            "This could not be completed. The fault was noted, without any personal data. Please try again later.",
        ),
    ),
    503: Words(
        Said("服务暂时不可用", "我们依赖的一项服务没有响应。您的请求不会因此丢失权利，请几分钟后再试。"),
        Said(
            "Not available just now",
            "Something we rely on did not answer. You lose no right by it; please try again in a few minutes.",
        ),
    ),
}
"""Pages by HTTP status."""
