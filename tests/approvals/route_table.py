"""What each address answers to whom: the table of tests/approvals/test_route_matrix.py."""

from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import OFFICES

EVERYBODY = (*OFFICES, "foreign_teacher", "foreign_principal", "anonymous")
OUTSIDE = ("admin", "account_")
"""The administration and allauth answer for themselves; tests/config and tests/people ask them."""

LEADERS = "author head principal"
DECIDERS = "deputy head council council_peer vice_principal principal superior"
SEES = {
    "mine": {"author", "co_author", "colleague", "employee", "deputy", "head"},
    "other_department": {"other_teacher", "other_head"},
    "other_school": {"foreign_teacher", "foreign_principal", "superior"},
}
OVER_THE_SCHOOL = {
    "clerk", "secretary", "council", "council_peer", "vice_principal", "principal", "superior",
}  # fmt: skip
for inside in ("mine", "other_department"):
    SEES[inside] |= OVER_THE_SCHOOL

PLAYS = {
    "other_department": {"other_teacher": "author", "other_head": "head"},
    "other_school": {"foreign_teacher": "author", "foreign_principal": "principal"},
}
"""Whose part these persons play for an initiative of their own place."""

# Of a registered initiative that the person sees: status → persons; everybody else 403.
WITH_OBJECT: dict[str, dict[int, str]] = {
    "edit": {409: "author co_author"},
    "edit_report": {409: "author co_author"},
    "attach": {409: "author co_author"},
    "act/submit": {409: "author"},
    "act/recall": {409: "author"},
    "act/approve": {409: DECIDERS},
    "act/return": {409: DECIDERS},
    "act/reject": {409: DECIDERS},
    "act/for": {409: DECIDERS},
    "act/against": {409: DECIDERS},
    "act/close_vote": {409: "head secretary principal"},
    "act/reassign": {409: DECIDERS},
    "act/undo": {},
    "act/start": {200: "author"},
    "act/submit_report": {409: "author"},
    "act/open_evaluation": {409: "head secretary principal"},
    "act/withdraw": {200: LEADERS},
    "act/reopen": {409: "principal"},
    "act/ask_extension": {200: "author"},
    "act/grant_extension": {409: DECIDERS},
    "act/refuse_extension": {409: DECIDERS},
    "act/chase": {200: "head principal"},
    "act/gather": {},
    "act/submit_yearly": {},
    "act/reopen_yearly": {},
    "write_yearly": {},
}
READ = {
    "dossier": "approvals:dossier",
    "mentions": "approvals:mentions",
    "record": "reports:record",
    "record_json": "reports:record_json",
}
"""Pages of an initiative that change nothing: 200 for everybody who sees it."""
WITHOUT_OBJECT = {
    "approvals:worklist": {"GET"},
    "approvals:initiatives": {"GET", "fragment"},
    "approvals:new": {"GET", "POST"},
    "approvals:together": {"GET", "POST"},
    "approvals:chase_several": {"GET", "POST"},
    "approvals:delegations": {"GET"},
    "approvals:lend": {"GET", "POST"},
    "approvals:go_away": {"GET", "POST"},
    "reports:dashboard": {"GET"},
    "notifications:inbox": {"GET"},
    "notifications:read": {"POST"},
    "notifications:renew_feed": {"POST"},
    "notifications:end_feed": {"POST"},
    "notifications:preferences": {"GET", "POST"},
    "people:language": {"POST"},
}
REDIRECTS = {"people:language", "notifications:read", "notifications:end_feed"}
"""Of these, what does its work and leads back to a page."""
MAIL = {"notifications:deliveries": "GET", "notifications:delivery": "GET",
        "notifications:send_again": "POST"}  # fmt: skip
OF_ITS_OWNER = {"approvals:end_delegation", "approvals:end_absence"}
"""Only for whoever lent the role or is away: test_delegations.py and test_absence_pages.py."""
OF_COMMENTS = {"approvals:comment"}
"""For everybody who sees the initiative: test_comments.py."""
OF_EVIDENCE = {"approvals:evidence", "approvals:detach"}
"""For everybody who sees the initiative, and for its authors: test_evidence_pages.py."""
OF_A_MAIL = {"approvals:from_mail"}
"""Only for whoever got the mail: test_deciding_from_a_mail.py."""
OF_ITS_READER = {"notifications:follow"}
"""Only for whoever the message was written to: tests/notifications/test_inbox.py."""
OF_ITS_SECRET = {"notifications:feed", "notifications:stop"}
"""For whoever has the address, signed in or not: test_calendar_feed.py, test_stopping_mails.py."""
OF_ADMINISTRATORS = {
    "approvals:routes", "approvals:route", "approvals:sheets", "approvals:sheet",
    "approvals:rounds", "approvals:new_round", "approvals:round",
    "approvals:calendars", "approvals:calendar", "approvals:strike_days", "approvals:date_change",
    "notifications:ladders", "notifications:new_rung", "notifications:own_ladder",
    "notifications:rung", "notifications:retire_rung",
}  # fmt: skip
"""Only for the administrator of the unit, score sheets for the secretary too: test_route_editor.py,
test_score_sheets.py, test_round_pages.py,
test_calendar_pages.py, test_date_changes.py and test_ladder_editor.py."""
OF_WATCHERS = {"health", "health_live", "health_ready", "metrics"}
"""For programs, and without a sign-in: tests/config/test_health.py."""
OF_DOCUMENTS = {
    "reports:documents", "reports:draft", "reports:document", "reports:pdf", "reports:docx",
    "reports:take_back", "reports:signed_file", "reports:templates", "reports:template",
    "reports:put_back", "reports:yearly", "reports:yearly_of",
}  # fmt: skip
"""For who handles a school's documents or templates: tests/reports/test_document_access.py."""
OF_FIGURES = {
    "reports:targets", "reports:target_entry", "reports:target_file", "reports:strike_file",
    "reports:targets_csv", "reports:targets_xlsx",
    "reports:chart_csv", "reports:chart_xlsx", "reports:chart_svg",
}  # fmt: skip
"""Within what the person oversees: tests/reports/test_target_access.py and test_chart_files.py."""
OF_EXPORTS = {
    "reports:exports", "reports:export", "reports:cancel_export", "reports:export_file",
}  # fmt: skip
"""For who oversees a unit, and of their own exports: tests/reports/test_export_access.py."""
METHODS = ("GET", "fragment", "POST", "PUT", "DELETE")


def declared(pattern=None, space="") -> set[str]:
    """Every named route of the project, but for those that answer for themselves."""
    found = set()
    for entry in (pattern or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in OUTSIDE:
                found |= declared(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            if not entry.name.startswith(OUTSIDE):
                found.add(f"{space}{entry.name}")
    return found
