"""Who keeps which rows on the administrator's site: said here once, for every page of it."""

from typing import Any

from django.contrib.admin import RelatedFieldListFilter
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from people.holdings import paths
from people.models.unit import below


def administered(request: Any) -> list[str]:
    """The subtrees that the person administers today."""
    return paths(request.user, timezone.localdate(request.now), "administer")


class Administered(BaseModelAdmin):
    """Shows, offers and changes only what lies below the units that the person administers.

    Every page, action and deletion of Django's site begins with `get_queryset`, and every choice
    of a form, whatever a crafted one sends, with `get_field_queryset`. A permission of Django's
    own says what kind of thing somebody keeps; this says where. A superuser operates the whole
    installation and meets no bound. Pages and rows inside pages inherit it alike, before Django's.
    """

    unit: str | None = "unit"
    """How a query reaches the unit, empty when it is one of units. None: all schools share the
    rows, so everybody reads them and the operator alone changes them."""

    def within(self, request: HttpRequest) -> Q:
        return Q() if self.unit is None else below(administered(request), self.unit)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(self.within(request))

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """What can be chosen is what the person finds on its own pages; without one, none."""
        if request.user.is_superuser:
            return super().get_field_queryset(db, db_field, request)
        target = db_field.remote_field.model
        nothing: QuerySet[Any] = target._default_manager.none()
        if self.admin_site.is_registered(target):
            return self.admin_site.get_model_admin(target).get_queryset(request)
        return nothing

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return self._keeps(request) and super().has_add_permission(request, *parent)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps(request) and super().has_delete_permission(request, obj)

    def _keeps(self, request: HttpRequest) -> bool:
        return self.unit is not None or request.user.is_superuser


class OwnUnits(RelatedFieldListFilter):
    """A filter beside a list that names only what the person could also choose."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        if request.user.is_superuser:
            return super().field_choices(field, request, model_admin)
        rows: QuerySet[Model] = model_admin.get_field_queryset(None, field, request)
        return [(str(row.pk), str(row)) for row in rows]
