"""What somebody does at the school, beside their name in the list of people."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.administering import administered
from people.models import Membership, User
from people.models.unit import below


class OfficesColumn(admin.ModelAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what each holds today at the units that are kept here, and nowhere else."""
        today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        held = Membership.objects.in_force(today).select_related("unit")
        if not request.user.is_superuser:
            held = held.filter(below(administered(request), "unit"))
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("memberships", held, to_attr="offices_here"))
        )

    @admin.display(description=_("offices"))
    def offices(self, person: User) -> str:
        held: list[Membership] = person.offices_here  # type: ignore[attr-defined]
        return "; ".join(f"{one.get_role_display()} · {one.unit.short_name}" for one in held)
