# SPDX-License-Identifier: Apache-2.0
"""Every control of the house on one page: what upholds the clauses of a policy.

A control's name is `room.rule`. *Enforced*: software makes a violation impossible. *Monitored*: it detects one from
data it holds. *Attested*: a person must record the duty as done. A rule in the code asks `in_force(name)` first, so
that a trial can take exactly that protection out and see the clauses on it break. `serve` and `work` lock the page
before they start: a running product has all its controls.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from upheld.terms import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """One control, and what it does in words."""

    name: str
    kind: Kind
    en: str
    zh_hans: str


def _page(*rows: tuple[str, Kind, str, str]) -> dict[str, Control]:
    return {name: Control(name=name, kind=kind, en=en, zh_hans=zh) for name, kind, en, zh in rows}


_E, _M, _A = Kind.ENFORCED, Kind.MONITORED, Kind.ATTESTED

CONTROLS: Final[dict[str, Control]] = _page(
    # --- children
    ("children.age_unknown_is_not_adult", _E, "An unknown age counts as not proven adult.", "年龄未知时不视为成年人。"),
    (
        "children.guardian_needed",
        _E,
        "A child's data is used only with a verified guardian's consent.",
        "处理儿童信息须经核实的监护人同意。",
    ),
    # --- consent
    (
        "consent.cut_rights_bind_by_consent",
        _E,
        "A version that cuts rights binds only who expressly agreed.",
        "削减权利的版本仅约束明示同意者。",
    ),
    ("consent.history_kept", _E, "Consents are added, never overwritten.", "同意记录只增不改。"),
    ("consent.no_deemed_consent", _E, "Use of the product is never taken for consent.", "使用产品不视为同意。"),
    (
        "consent.no_nagging",
        _E,
        "After a refusal the person is not asked again before the declared interval.",
        "拒绝后在声明的间隔内不再询问。",
    ),
    ("consent.one_by_one", _E, "Each choice stands alone; consents cannot be bundled.", "逐项选择，不得捆绑同意。"),
    (
        "consent.withdrawal_at_once",
        _E,
        "A withdrawn consent stops the next act, and leaves the past lawful.",
        "撤回同意后立即停止处理，此前处理仍有效。",
    ),
    # --- devices
    (
        "devices.counts_grouped",
        _E,
        "Of devices linked to nobody only counts over groups are kept and given out.",
        "对未关联个人的设备，仅保存并提供分组统计。",
    ),
    (
        "devices.joined_is_personal",
        _E,
        "From the instant a device is linked to a person, what it sends is sealed under that person.",
        "设备一经与个人关联，其发送的信息即按该个人的信息密封保存。",
    ),
    (
        "devices.link_can_be_undone",
        _E,
        "A link of a device stands in its person's view with its date, and joins nothing once it is undone.",
        "设备关联及其日期对本人可见，解除后不再关联任何信息。",
    ),
    (
        "devices.unlinked_identifies_nobody",
        _E,
        "What a device sends while it is linked to nobody points to nobody.",
        "设备未关联个人时发送的信息不指向任何人。",
    ),
    # --- duties
    ("duties.attested", _A, "A named owner records the duty as done before it is due.", "责任人按期记录义务已履行。"),
    # --- facts
    # --- gate
    (
        "gate.age_rules",
        _E,
        "Functions follow the policy's rules for children and unknown ages.",
        "按政策的儿童及未知年龄规则限制功能。",
    ),
    (
        "gate.background_declared",
        _E,
        "Nothing is gathered in the background unless declared and chosen.",
        "未经声明和选择不在后台收集。",
    ),
    ("gate.category_declared", _E, "Only categories that the purpose declares pass.", "仅可处理该目的声明的类别。"),
    ("gate.consent_needed", _E, "An act that rests on consent needs one in force.", "基于同意的处理须有有效同意。"),
    ("gate.erased_stays_erased", _E, "Nothing is done for a person who was erased.", "已删除者的信息不再作任何处理。"),
    (
        "gate.ground_evidence",
        _E,
        "An act without consent needs a listed ground with its evidence.",
        "无需同意的处理须引用列明情形并附证据。",
    ),
    ("gate.no_service_after_cancellation", _E, "A cancelled account is served no more.", "账号注销后停止提供服务。"),
    ("gate.no_use_after_cessation", _E, "After the service ceased nothing is collected.", "停止运营后不再收集。"),
    ("gate.objection_stops_use", _E, "What a person objected to is not done.", "对个人提出异议的目的停止处理。"),
    (
        "gate.permission_granted",
        _E,
        "Data behind a device permission needs that permission, at its declared scene.",
        "设备权限数据须在声明场景下取得授权。",
    ),
    (
        "gate.others_data_declared",
        _E,
        "Who brings data about another person declares that this person agreed.",
        "提供他人信息者须声明已获其同意。",
    ),
    ("gate.person_known", _E, "Nothing is done for a person whom nobody admitted.", "未登记的个人不作任何处理。"),
    ("gate.purpose_declared", _E, "Only purposes that the policy declares pass.", "仅限政策声明的目的。"),
    (
        "gate.recipient_declared",
        _E,
        "Only recipients that the policy declares receive, and only the data listed.",
        "仅向声明的接收方提供列明的数据。",
    ),
    ("gate.recipient_stopped", _E, "A stopped recipient receives nothing.", "已被叫停的接收方不得接收。"),
    (
        "gate.residency",
        _E,
        "Data stays in its region unless a listed case lets it go abroad.",
        "除列明情形外数据不出境。",
    ),
    ("gate.restricted_stops_use", _E, "Restricted data is stored and nothing else.", "受限数据仅存储，停止其他处理。"),
    ("gate.separate_consent", _E, "Sensitive categories need a consent of their own.", "敏感个人信息须单独同意。"),
    (
        "gate.source_declared",
        _E,
        "Data from others comes only from a declared source, and only what is listed for it.",
        "仅从声明的来源获取其列明的信息。",
    ),
    (
        "gate.source_lawful",
        _E,
        "Data from others waits for the source's papers and for its lawful origin.",
        "从他方获取信息须具备协议并证明来源合法。",
    ),
    (
        "gate.successor_bound",
        _E,
        "A successor receives only if it is bound by the policy, or the person agreed.",
        "承继方须受本政策约束或取得同意方可接收。",
    ),
    (
        "gate.told_before_collection",
        _E,
        "Nothing is collected before the notice was accepted.",
        "未同意隐私政策前不收集。",
    ),
    (
        "gate.tracker_consent",
        _E,
        "A tracker that the product can do without waits for a consent of its own.",
        "非必要的跟踪技术须经单独同意后启用。",
    ),
    ("gate.tracker_declared", _E, "Only trackers that the policy declares are set.", "仅设置政策声明的跟踪技术。"),
    (
        "gate.version_in_force",
        _E,
        "A version applies from its effective date, never before.",
        "版本自生效日起适用，不得提前。",
    ),
    # --- ledger and storage
    ("storage.evidence_with_act", _E, "An act and its evidence commit together or not at all.", "行为与证据同时提交。"),
    (
        "storage.restore_revives_nothing",
        _E,
        "After a restore nothing is served before the journal is replayed.",
        "恢复后须先重放恢复日志方可服务。",
    ),
    # --- messages
    (
        "messages.body_erased_on_delivery",
        _E,
        "A message's body and address are erased once delivered.",
        "消息送达后即删除正文与地址。",
    ),
    # --- notices
    ("notices.acknowledged_version", _E, "Acceptance names the version that was shown.", "同意须对应所展示的版本。"),
    ("notices.archive_public", _E, "Every version stays readable by anyone.", "所有历史版本公开可读。"),
    (
        "notices.change_shown",
        _E,
        "What changed is shown at the top of a new version.",
        "新版本顶部展示变更内容。",
    ),
    ("notices.clause_has_control", _E, "A clause without a control cannot be published.", "无控制措施的条款不得发布。"),
    (
        "notices.major_changes_told",
        _E,
        "A major change binds a person only after telling them in every promised way.",
        "重大变更须以所承诺的各种方式告知本人后方可适用。",
    ),
    (
        "notices.reason_given",
        _E,
        "A revision says which change in service or law it answers to, or is not taken.",
        "修订须说明对应的服务或法律变化，否则不予受理。",
    ),
    (
        "notices.rules_open",
        _E,
        "Anyone reads the version in force and how it is kept, without an account.",
        "任何人无需账号即可阅读现行政策及其履行情况。",
    ),
    (
        "notices.children_text_first",
        _E,
        "A child is shown the text for children before the rest.",
        "先向儿童展示写给儿童的文本。",
    ),
    (
        "notices.need_labelled",
        _E,
        "Every field says whether it is needed, and what is optional can be left out.",
        "每一填写项均标明必填或选填，选填项可以不填。",
    ),
    (
        "notices.refusal_effect_shown",
        _E,
        "Whoever is asked for something is told first what a no costs.",
        "索取信息前告知拒绝的影响。",
    ),
    (
        "notices.sensitive_flagged",
        _E,
        "A field for something sensitive says so before it is filled in.",
        "敏感信息填写项在填写前予以提示。",
    ),
    (
        "notices.two_people_publish",
        _E,
        "Publishing takes two people, or the board says that one may.",
        "发布须两人批准，否则在看板注明。",
    ),
    (
        "notices.weighty_clauses_stand_out",
        _E,
        "Clauses that give or limit a right stand out in the notice.",
        "赋予或限制权利的条款在政策中突出显示。",
    ),
    # --- people
    (
        "people.api_key_scope",
        _E,
        "A program's key does only what it was issued for, from where, and until when.",
        "程序密钥仅限签发的用途、来源与期限。",
    ),
    (
        "people.code_expires",
        _E,
        "A code works for five minutes, its proof for fifteen.",
        "验证码五分钟内有效，其证明十五分钟内有效。",
    ),
    (
        "people.code_proves_number",
        _E,
        "An account opens only on a code sent to its number.",
        "凭发送至号码的验证码开户。",
    ),
    (
        "people.code_single_use",
        _E,
        "A code works once, for its purpose, within five tries.",
        "验证码一次有效、限用途、限五次。",
    ),
    (
        "people.code_limits",
        _E,
        "Codes are limited per number, prefix, address and in all.",
        "验证码按号码、号段、地址及总量限制。",
    ),
    ("people.nothing_beyond_number", _E, "Registration asks for the number alone.", "注册仅需手机号。"),
    (
        "people.password_digest",
        _A,
        "Passwords are held as slow, salted digests only.",
        "密码仅以加盐慢速摘要保存。",
    ),
    (
        "people.password_reminder",
        _A,
        "People are reminded at the declared interval to change a password.",
        "按声明的间隔提醒更换密码。",
    ),
    (
        "people.people_budget",
        _E,
        "A program's key reaches only so many distinct people an hour.",
        "程序密钥每小时可及的人数有限。",
    ),
    (
        "people.session_ends",
        _E,
        "A session ends when idle, at its absolute end, and when its holder ends it.",
        "会话在闲置、到期或本人结束时终止。",
    ),
    ("people.staff_role", _E, "Staff do only what their role allows.", "员工仅可执行其角色允许的操作。"),
    ("people.staff_second_factor", _E, "Staff sign in with a second factor.", "员工登录须第二因素。"),
    (
        "people.tries_slowed",
        _E,
        "Each failed staff sign-in doubles the wait for the next.",
        "员工登录每次失败后等待时间加倍。",
    ),
    ("people.weak_password_refused", _E, "Weak passwords are refused.", "拒绝弱密码。"),
    # --- policy
    (
        "policy.basic_stands_alone",
        _E,
        "Refusing an extended function leaves basic functions whole.",
        "拒绝扩展功能不影响基本功能。",
    ),
    (
        "policy.open_to_visitors",
        _E,
        "What works without an account needs nothing that only an account brings.",
        "无需账号的功能不依赖仅由账号提供的信息。",
    ),
    (
        "policy.checked_before_publish",
        _E,
        "A policy with findings of severity error is not published.",
        "存在错误级检查结果的政策不得发布。",
    ),
    ("policy.dates_in_order", _E, "A version takes effect no earlier than it was updated.", "生效日不得早于更新日。"),
    (
        "policy.listed_kinds_personal",
        _E,
        "What a standard lists as personal is never declared to identify nobody.",
        "标准列明的个人信息不得声明为不识别任何人。",
    ),
    (
        "policy.major_by_its_own_list",
        _E,
        "A version that touches a listed trigger is a major one, whatever its author says.",
        "触及所列情形的版本即为重大变更，不由作者另行认定。",
    ),
    # --- retention
    (
        "retention.cancellation_erases",
        _E,
        "A cancelled account's data is erased, but for what law keeps.",
        "注销后删除数据，法律要求保留者除外。",
    ),
    ("retention.erasure_read_back", _E, "After an erasure nothing of it can be read.", "删除后不可检索、不可访问。"),
    ("retention.hold_keeps_only_its_own", _E, "A legal hold keeps only what it names.", "依法留存仅保留其指明的数据。"),
    ("retention.sweep", _E, "Expired items are gone within the sweep's interval.", "到期数据在清扫间隔内删除。"),
    # --- rights
    (
        "rights.answered_in_time",
        _M,
        "Every request is answered by its due date or shown overdue.",
        "请求按期答复，逾期公开显示。",
    ),
    (
        "rights.fee_only_when_repeated",
        _E,
        "A fee is asked only past the declared number of repeats.",
        "仅在超过声明的重复次数后收费。",
    ),
    (
        "rights.never_disappears",
        _E,
        "A request ends only answered or refused with remedies.",
        "请求仅以答复或附救济的拒绝结束。",
    ),
    ("rights.own_data_only", _E, "A person reaches only their own data.", "仅能访问本人数据。"),
    (
        "rights.refusal_ground_listed",
        _E,
        "A request is refused only on a listed ground with its evidence.",
        "仅可依列明理由并附依据拒绝请求。",
    ),
    (
        "rights.verified_first",
        _E,
        "A request is acted on only after the requester is verified.",
        "核实身份后方处理请求。",
    ),
    (
        "rights.warned_before_erasure",
        _E,
        "Nothing is erased on one's own choice before the page said what will stop.",
        "告知将停止的服务之前，不依本人选择删除。",
    ),
    # --- sharing
    (
        "sharing.aggregate_singles_out_nobody",
        _A,
        "What is released as anonymous or in sums singles nobody out.",
        "以匿名或汇总形式提供的信息不指向任何个人。",
    ),
    (
        "sharing.agreement_in_force",
        _E,
        "A recipient receives only under an agreement in force.",
        "接收方须有有效协议。",
    ),
    (
        "sharing.assessment_in_force",
        _E,
        "A recipient that needs an assessment or test receives only while it holds.",
        "须经评估或检测的接收方仅在其有效期内接收。",
    ),
    (
        "sharing.audience_chosen",
        _A,
        "The person chooses who sees what they create.",
        "由本人选择其内容的可见范围。",
    ),
    (
        "sharing.directory_complete",
        _E,
        "A recipient without a complete directory row receives nothing.",
        "目录信息不完整的接收方不得接收。",
    ),
    (
        "sharing.disclosure_recorded",
        _E,
        "Every disclosure is recorded and shown to the person.",
        "每次提供均有记录并向本人展示。",
    ),
    (
        "sharing.publication_masked",
        _A,
        "What is made public is masked and cut to the fewest fields.",
        "公开信息经遮蔽且字段最小化。",
    ),
    (
        "sharing.sealed_to_recipient",
        _A,
        "What is handed over is encrypted to its recipient.",
        "提供的信息以接收方密钥加密。",
    ),
    # --- vault
    ("vault.copy_is_whole", _E, "What a person sees of their own data is all of it.", "个人查看的本人信息完整无缺。"),
    ("vault.expiry_at_read", _E, "An item is unreadable the moment it expires.", "到期即不可读取。"),
    (
        "vault.gathered_is_read",
        _M,
        "What is gathered without typing is read for its end, or shown as gathered in vain.",
        "自动收集的信息用于其目的，未使用的予以显示。",
    ),
    (
        "vault.item_has_one_subject",
        _E,
        "Every sealed item names one subject, who alone or through a proven representative acts on it.",
        "每条数据有唯一主体，仅本人或经证明的代理人可操作。",
    ),
    (
        "vault.permit_needed",
        _E,
        "Nothing is opened without a permit that binds subject, purpose and categories.",
        "无准许不得开启。",
    ),
    ("vault.sealed_at_rest", _E, "Personal data is stored sealed.", "个人信息加密存储。"),
    (
        "vault.source_recorded",
        _M,
        "Every item says where it came from.",
        "每条数据均注明来源。",
    ),
    (
        "vault.staff_open_with_reason",
        _E,
        "Staff open a person's data only for a purpose and a reason, which the person sees.",
        "员工查看须说明目的与理由，并向本人展示。",
    ),
    # --- web
    (
        "web.channel_advice",
        _E,
        "Pages that take free text advise on safe channels.",
        "可输入文字的页面提示安全渠道。",
    ),
    (
        "web.exposure_warning",
        _A,
        "Before publishing, the person is warned of who will see it.",
        "公开前提示可见范围。",
    ),
    (
        "web.policy_named",
        _E,
        "Every answer of the product names the policy that it stands under.",
        "产品的每个响应均指明所适用的政策。",
    ),
    ("web.https_only", _E, "The product answers over HTTPS only.", "仅通过 HTTPS 提供服务。"),
    (
        "web.leaving_notice",
        _A,
        "A link that leads away says that this policy ends there.",
        "离站链接提示本政策不再适用。",
    ),
)

_out: set[str] = set()
_locked = False


def in_force(name: str) -> bool:
    """Say whether a control is in force.

    Raises:
        KeyError: there is no control of that name.
    """
    CONTROLS[name]
    return name not in _out


def out() -> frozenset[str]:
    """Name the controls that are out; what was made under one set must not serve under another."""
    return frozenset(_out)


def lock() -> None:
    """Make it impossible for this process to take a control out."""
    global _locked  # noqa: PLW0603 - one switch for one process, thrown once at its start
    _locked = True


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Take controls out for a trial.

    Raises:
        KeyError: there is no control of that name.
        RuntimeError: this process runs the product, where controls cannot be taken out.
    """
    if _locked:
        msg = "controls are locked: only a simulation or a test may take one out"
        raise RuntimeError(msg)
    for name in names:
        CONTROLS[name]
    added = set(names) - _out
    _out.update(added)
    try:
        yield
    finally:
        _out.difference_update(added)
