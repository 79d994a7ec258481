"""Role → permissions on the unit where it is held: who may do what kind of thing.

A permission held at a unit reaches the units below it. Which dossier, when and in what order is
the business of `approvals.policy`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    TEACHER = "teacher", _("teacher")
    EMPLOYEE = "employee", _("employee")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    HEAD = "head", _("department head")
    CLERK = "clerk", _("records clerk")
    SECRETARY = "secretary", _("secretary of the council")
    COUNCIL = "council", _("member of the council")
    VICE_PRINCIPAL = "vice_principal", _("vice principal")
    PRINCIPAL = "principal", _("principal")
    SUPERIOR = "superior", _("leader of the Department of Education")
    ADMINISTRATOR = "administrator", _("administrator")


UNIT_PERMISSIONS = {
    "put_forward": "Can put initiatives forward",
    "see_registered": "Can see what the unit has registered",
    "see_dossiers": "Can see every dossier, drafts included",
    "decide": "Can decide the steps addressed to the role",
    "open_evaluation": "Can open the evaluation of a reported initiative",
    "withdraw_dossiers": "Can withdraw an initiative for a reason",
    "reopen_dossiers": "Can reopen an evaluated initiative",
    "see_deliveries": "Can see how mail was delivered",
    "edit_routes": "Can edit the routes of a movement",
    "edit_sheets": "Can edit the score sheet of a movement",
    "edit_calendar": "Can change working days and the dates of rounds",
    "write_school_report": "Can write the school's report of a year",
    "draft_documents": "Can draft official documents and take signed ones back",
    "issue_documents": "Can issue official documents with a number",
    "replace_templates": "Can replace the templates of official documents",
    "enter_targets": "Can enter what the unit reached of its targets",
    "administer": "Can keep people, units and movements on the administrator's site",
}

_MEMBER = frozenset({"put_forward", "see_registered"})
_LEADER = frozenset({"see_dossiers", "decide", "withdraw_dossiers"})

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.TEACHER: _MEMBER,
    Role.EMPLOYEE: _MEMBER,
    Role.DEPUTY_HEAD: _MEMBER | {"see_dossiers", "decide"},
    Role.HEAD: _MEMBER | _LEADER | {"open_evaluation", "enter_targets"},
    Role.CLERK: frozenset(
        {
            "see_dossiers",
            "draft_documents",
            "issue_documents",
            "write_school_report",
            "enter_targets",
        }
    ),
    Role.SECRETARY: frozenset(
        {
            "see_dossiers",
            "open_evaluation",
            "edit_sheets",
            "draft_documents",
            "write_school_report",
        }
    ),
    Role.COUNCIL: frozenset({"see_dossiers", "decide"}),
    Role.VICE_PRINCIPAL: frozenset({"put_forward", "see_dossiers", "decide", "draft_documents"}),
    Role.PRINCIPAL: _LEADER
    | {
        "put_forward",
        "open_evaluation",
        "reopen_dossiers",
        "draft_documents",
        "issue_documents",
        "enter_targets",
    },
    Role.SUPERIOR: frozenset({"see_dossiers", "decide"}),
    Role.ADMINISTRATOR: frozenset(
        {
            "administer",
            "see_deliveries",
            "edit_routes",
            "edit_sheets",
            "edit_calendar",
            "replace_templates",
        }
    ),
}

DEPUTY: dict[str, Role] = {
    Role.HEAD: Role.DEPUTY_HEAD,
    Role.PRINCIPAL: Role.VICE_PRINCIPAL,
}
"""Who stands in at the same unit while the role's holders are absent (KT., "ký thay")."""

NEXT_UP: dict[str, Role] = {
    Role.TEACHER: Role.HEAD,
    Role.EMPLOYEE: Role.HEAD,
    Role.DEPUTY_HEAD: Role.HEAD,
    Role.HEAD: Role.PRINCIPAL,
    Role.CLERK: Role.PRINCIPAL,
    Role.SECRETARY: Role.PRINCIPAL,
    Role.COUNCIL: Role.PRINCIPAL,
    Role.VICE_PRINCIPAL: Role.PRINCIPAL,
    Role.PRINCIPAL: Role.SUPERIOR,
}
