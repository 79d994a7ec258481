"""A movement on the administrator's site: dates, plan and ladder on one page.

Initiatives, submissions, decisions and the audit have no page here on purpose: they change
through `approvals.actions.perform` alone, and an administrator has no way around it.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from notifications.default_ladder import give_default_ladder
from people.administering import Administered, OwnUnits
from workflow.default_routes import give_default_routes
from workflow.default_targets import give_default_indices
from workflow.models import (
    Criterion,
    GradeBand,
    LegalBasis,
    Movement,
    ReportSection,
    Round,
    Target,
)


class Rows(Administered, admin.TabularInline):
    unit = "movement__unit"
    extra = 0


class Folded(Rows):
    classes = ("collapse",)


class ToBeRead(Rows):
    """Changed on a page of its own, which knows what follows from it."""

    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Movement | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Movement | None = None) -> bool:
        return False


class RoundRows(ToBeRead):
    """Due dates follow a round, so it is changed where that is shown first."""

    model = Round


class LegalBasisRows(Folded):
    model = LegalBasis


class TargetRows(Folded):
    model = Target


class ReportSectionRows(Folded):
    model = ReportSection


class CriterionRows(ToBeRead):
    """The sheet adds up to 100 as a whole: it is edited on a page of its own."""

    model = Criterion
    classes = ("collapse",)


PLAN = (RoundRows, TargetRows, CriterionRows, ReportSectionRows)


@admin.register(Movement)
class MovementAdmin(Administered, admin.ModelAdmin):
    """A new movement starts with the default routes, ladder and indices, shown once it is saved."""

    list_display = ("name", "code", "unit", "starts_on", "ends_on")
    list_filter = (("unit", OwnUnits),)
    search_fields = ("name", "code")
    inlines = (*PLAN, LegalBasisRows)

    def get_inlines(self, request: HttpRequest, obj: Movement | None) -> Any:
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Movement, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            give_default_routes(obj)
            give_default_ladder(obj)
            give_default_indices(obj)
            self.message_user(request, _("The default routes and ladder are in place: adapt them."))

    def response_add(
        self, request: HttpRequest, obj: Movement, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the page with the rounds, which need a saved movement."""
        return redirect("admin:workflow_movement_change", obj.pk)


@admin.register(GradeBand)
class GradeBandAdmin(Administered, admin.ModelAdmin):
    """The law's, so the same for every school."""

    unit = None
    list_display = ("grade", "minimum", "in_force_from", "legal_basis")
    list_filter = ("in_force_from",)
