# SPDX-License-Identifier: Apache-2.0
"""Addresses of the console on one page, each with the permission it takes; without one nothing is served.

`page` reads, `form` shows a form and takes it, `deed` changes something. Opaque ids at most stand in an address.
"""

from django.urls import URLPattern

from upheld.people.permissions import Permission as May
from upheld.web.console.desk import anyone, deed, form, page
from upheld.web.console.views import (
    account,
    board,
    entry,
    holds,
    home,
    joining,
    keys,
    operation,
    people,
    recipients,
    request,
    requests,
    sources,
    staff,
    successor,
    versions,
)

app_name = "console"
urlpatterns: list[URLPattern] = [
    anyone("sign-in/", entry.sign_in, "sign_in", "GET", "HEAD", "POST"),
    anyone("sign-out/", entry.sign_out, "sign_out", "POST"),
    anyone("invite/<str:token>", joining.invite, "invite", "GET", "HEAD"),
    anyone("join/", joining.join, "join", "GET", "HEAD", "POST"),
    # --- oneself
    page("", home.home, May.CONSOLE_BOARD_READ, "home"),
    page("account/", account.account, May.CONSOLE_BOARD_READ, "account"),
    deed("account/codes/", account.renew_codes, May.CONSOLE_BOARD_READ, "renew_codes"),
    deed("account/sessions/<uuid:session_id>/end/", account.end_session, May.CONSOLE_BOARD_READ, "end_session"),
    page("kit", home.components, May.CONSOLE_BOARD_READ, "kit"),
    # --- requests
    page("requests/", requests.queue, May.CONSOLE_REQUESTS_READ, "requests"),
    page("requests/<uuid:request_id>/", request.one, May.CONSOLE_REQUESTS_READ, "request"),
    deed("requests/<uuid:request_id>/assign/", request.assign, May.CONSOLE_REQUESTS_ASSIGN, "assign"),
    deed("requests/<uuid:request_id>/verify/", request.verify, May.CONSOLE_REQUESTS_ANSWER, "verify"),
    deed("requests/<uuid:request_id>/carry-out/", request.carry_out, May.CONSOLE_REQUESTS_ANSWER, "carry_out"),
    deed("requests/<uuid:request_id>/answer/", request.answer, May.CONSOLE_REQUESTS_ANSWER, "answer"),
    deed("requests/<uuid:request_id>/fee/", request.ask_fee, May.CONSOLE_REQUESTS_REFUSE, "ask_fee"),
    form("requests/<uuid:request_id>/refuse/", request.refuse, May.CONSOLE_REQUESTS_REFUSE, "refuse"),
    deed("requests/<uuid:request_id>/notes/", request.notes, May.CONSOLE_PEOPLE_OPEN, "notes"),
    form("requests/<uuid:request_id>/look/", people.look_for, May.CONSOLE_PEOPLE_FIND, "look_for"),
    # --- people
    form("people/", people.find, May.CONSOLE_PEOPLE_FIND, "find"),
    page("people/look/", people.look, May.CONSOLE_PEOPLE_FIND, "look"),
    deed("people/look/open/", people.open_values, May.CONSOLE_PEOPLE_OPEN, "open_values"),
    deed("people/look/end/", people.end_look, May.CONSOLE_PEOPLE_FIND, "end_look"),
    deed("people/look/hold/", holds.place, May.CONSOLE_HOLDS_PLACE, "place_hold"),
    page("holds/", holds.holds, May.CONSOLE_HOLDS_PLACE, "holds"),
    deed("holds/<uuid:hold_id>/lift/", holds.lift, May.CONSOLE_HOLDS_PLACE, "lift_hold"),
    # --- promises
    page("board/", board.board, May.CONSOLE_BOARD_READ, "board"),
    page("board/progress/", board.progress, May.CONSOLE_BOARD_READ, "progress"),
    page("board.json", board.download, May.CONSOLE_BOARD_READ, "board_json"),
    deed("board/recompute/", board.recompute, May.CONSOLE_BOARD_READ, "recompute"),
    page("board/clauses/<str:clause_id>/", board.clause, May.CONSOLE_BOARD_READ, "clause"),
    # --- versions
    page("versions/", versions.versions, May.CONSOLE_BOARD_READ, "versions"),
    page("versions/<int:version>/file", versions.published_file, May.CONSOLE_BOARD_READ, "published_file"),
    form("versions/propose/", versions.propose, May.CONSOLE_POLICY_PROPOSE, "propose"),
    page("versions/proposals/<uuid:proposal_id>/", versions.proposal, May.CONSOLE_BOARD_READ, "proposal"),
    page("versions/proposals/<uuid:proposal_id>/file", versions.proposed_file, May.CONSOLE_BOARD_READ, "proposed_file"),
    deed("versions/proposals/<uuid:proposal_id>/approve/", versions.approve, May.CONSOLE_POLICY_APPROVE, "approve"),
    deed("versions/proposals/<uuid:proposal_id>/drop/", versions.drop, May.CONSOLE_POLICY_PROPOSE, "drop"),
    form("versions/<int:version>/withdraw/", versions.withdraw, May.CONSOLE_POLICY_APPROVE, "withdraw"),
    # --- recipients
    page("recipients/", recipients.recipients, May.CONSOLE_BOARD_READ, "recipients"),
    page("recipients/<slug:recipient_id>/", recipients.recipient, May.CONSOLE_BOARD_READ, "recipient"),
    deed("recipients/<slug:recipient_id>/papers/", recipients.add_paper, May.CONSOLE_RECIPIENTS_WRITE, "add_paper"),
    deed(
        "recipients/<slug:recipient_id>/papers/<uuid:paper_id>/end/",
        recipients.end_paper,
        May.CONSOLE_RECIPIENTS_WRITE,
        "end_paper",
    ),
    deed(
        "recipients/<slug:recipient_id>/papers/<uuid:paper_id>/review/",
        recipients.review_paper,
        May.CONSOLE_RECIPIENTS_WRITE,
        "review_paper",
    ),
    deed("recipients/<slug:recipient_id>/stop/", recipients.stop, May.CONSOLE_RECIPIENTS_WRITE, "stop"),
    deed("recipients/<slug:recipient_id>/resume/", recipients.resume, May.CONSOLE_RECIPIENTS_WRITE, "resume"),
    # --- sources, and the successor
    page("sources/", sources.sources, May.CONSOLE_BOARD_READ, "sources"),
    page("sources/<slug:source_id>/", sources.source, May.CONSOLE_BOARD_READ, "source"),
    deed("sources/<slug:source_id>/papers/", sources.add_paper, May.CONSOLE_RECIPIENTS_WRITE, "add_source_paper"),
    deed(
        "sources/<slug:source_id>/papers/<uuid:paper_id>/end/",
        sources.end_paper,
        May.CONSOLE_RECIPIENTS_WRITE,
        "end_source_paper",
    ),
    form("successor/", successor.successor, May.CONSOLE_RECIPIENTS_WRITE, "successor"),
    deed("successor/<uuid:paper_id>/release/", successor.release, May.CONSOLE_RECIPIENTS_WRITE, "release_successor"),
    # --- operation
    page("messages/", operation.outgoing, May.CONSOLE_MESSAGES_READ, "messages"),
    page("log/", operation.log, May.CONSOLE_LOG_READ, "log"),
    deed("log/reconcile/", operation.reconcile, May.CONSOLE_LOG_READ, "reconcile"),
    page("log/checkpoint", operation.checkpoint, May.CONSOLE_EVIDENCE_EXPORT, "checkpoint"),
    page("jobs/", operation.jobs, May.CONSOLE_LOG_READ, "jobs"),
    deed("jobs/<uuid:run_id>/revive/", operation.revive_job, May.CONSOLE_JOBS_REVIVE, "revive"),
    page("keys/", keys.keys, May.CONSOLE_API_KEYS_ISSUE, "keys"),
    form("keys/issue/", keys.issue, May.CONSOLE_API_KEYS_ISSUE, "issue_key"),
    deed("keys/<uuid:key_id>/rotate/", keys.rotate, May.CONSOLE_API_KEYS_ISSUE, "rotate_key"),
    deed("keys/<uuid:key_id>/end/", keys.end, May.CONSOLE_API_KEYS_ISSUE, "end_key"),
    # --- staff
    page("staff/", staff.staff, May.CONSOLE_STAFF_READ, "staff"),
    deed("staff/invite/", staff.invite, May.CONSOLE_STAFF_INVITE, "invite_staff"),
    deed("staff/<uuid:staff_id>/role/", staff.change_role, May.CONSOLE_STAFF_INVITE, "change_role"),
    deed("staff/<uuid:staff_id>/end/", staff.end, May.CONSOLE_STAFF_INVITE, "end_staff"),
    deed("staff/<uuid:staff_id>/forget/", staff.forget, May.CONSOLE_STAFF_INVITE, "forget_staff"),
]
