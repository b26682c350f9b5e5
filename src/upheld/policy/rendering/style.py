# SPDX-License-Identifier: Apache-2.0
"""The stylesheet of a notice that stands alone: screen and phone, light and dark, and paper."""

from typing import Final

STYLE: Final = """\
:root{color-scheme:light dark;--paper:#fff;--ink:#1b2629;--line:#c9c9c4;--wash:#f1efe9;--link:#0b566a}
@media (prefers-color-scheme:dark){:root{--paper:#10171a;--ink:#e7ebe9;--line:#3a474b;--wash:#1d282c;--link:#83c9d9}}
html{background:var(--paper);color:var(--ink)}a{color:var(--link)}
body{margin:0 auto;max-width:60rem;padding:1rem;line-height:1.6;overflow-wrap:break-word;\
font-family:system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid var(--line);padding:.4rem;text-align:start;vertical-align:top}
.table-scroll{overflow-x:auto}td ul{margin:0;padding-inline-start:1.2em}small{display:block}
li+li{margin-top:.4rem}li:target,dt:target{outline:2px solid}
.notice-weighs{list-style:none;border-inline-start:4px solid;padding-inline-start:.6rem;margin-inline-start:-1rem;background:var(--wash)}
.notice-mark,.sensitive{font-weight:700}.notice-mark::after{content:" · "}
.notice-anchor{display:inline-block;min-width:1.5rem;text-align:center;text-decoration:none}
.notice-summary,.notice-children,.notice-changed{border:1px solid var(--line);padding:0 1rem 1rem;border-radius:.5rem}
.notice-summary,.notice-children{font-size:1.1rem}del{background:none}ins{text-decoration:none;background:var(--wash)}
.notice-summary h2,.notice-children h2,.notice-changed h2{margin-top:1rem;font-size:1.25rem}section+section{margin-top:1rem}
.notice-changed .notice-mark::after{content:""}.notice-changed li p{margin:.2rem 0}.notice-which{font-weight:600}dt{font-weight:700}
@media (max-width:40rem){
table,tbody,tr,td,tbody th{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{border:1px solid var(--line);border-radius:.5rem;margin-top:.75rem;padding:.5rem}th,td{border:0}
td::before{content:attr(data-label) ": ";font-weight:600}td{overflow-wrap:anywhere}}
@media print{
:root{color-scheme:light;--paper:#fff;--ink:#000;--line:#bbb;--wash:#fff;--link:#000}body{max-width:none;padding:0;font-size:10pt}
.notice-contents,.notice-anchor,.notice-mine{display:none}
h2,h3{break-after:avoid}tr,li,dt{break-inside:avoid}thead{display:table-header-group}
.table-scroll{overflow:visible}table{font-size:8pt}.notice-list{break-before:page}}
"""
