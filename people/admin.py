from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from people import kept_people
from people.administering import Administered, OwnUnits, administered
from people.models import Absence, Delegation, Unit, User
from people.person_admin import MembershipInline, PersonAdmin

admin.site.register(User, PersonAdmin)


@admin.register(Unit)
class UnitAdmin(Administered, admin.ModelAdmin):
    """The unit at which somebody administers stays where it stands: what is above is not theirs."""

    unit = ""
    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")
    inlines = (MembershipInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Unit | None = None) -> Any:
        return ("parent",) if obj and self._topmost(request, obj) else ()

    def get_form(
        self, request: HttpRequest, obj: Unit | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A unit without a parent would be a second root, one below itself would be nowhere."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if parent := form.base_fields.get("parent"):
            parent.required = not request.user.is_superuser
            if obj:
                parent.queryset = parent.queryset.exclude(path__startswith=obj.path)
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Unit | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and self._topmost(request, obj))

    def _topmost(self, request: HttpRequest, unit: Unit) -> bool:
        above = Unit.objects.filter(self.within(request), children=unit)
        return not request.user.is_superuser and not above.exists()


@admin.register(Delegation)
class DelegationAdmin(Administered, admin.ModelAdmin):
    list_display = ("delegator", "delegate", "role", "unit", "starts_on", "ends_on")
    list_filter = ("role", ("unit", OwnUnits))
    search_fields = ("delegator__full_name", "delegate__full_name")

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """Nobody lends somebody else's office to themselves."""
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None or request.user.is_superuser:
            return rows
        return rows.exclude(pk=request.user.pk) if db_field.name == "delegate" else rows


@admin.register(Absence)
class AbsenceAdmin(Administered, admin.ModelAdmin):
    """For somebody who fell ill before they could enter it themselves.

    An absence counts wherever the person holds an office, so only whoever keeps their whole
    account enters it.
    """

    list_display = ("user", "starts_on", "ends_on", "reason")
    search_fields = ("user__full_name",)

    def within(self, request: HttpRequest) -> Q:
        return Q(user__in=self._kept(request))

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        if request.user.is_superuser:
            return super().get_field_queryset(db, db_field, request)
        return self._kept(request)

    def _kept(self, request: HttpRequest) -> QuerySet[User]:
        today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        mine = kept_people.kept(request.user, administered(request), today)  # type: ignore[arg-type]
        return User.objects.filter(mine)
