from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Absence, Delegation, Membership, Unit, User


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People end by deactivation, not deletion: their decisions keep pointing at them."""

    ordering = ("full_name",)
    list_display = ("full_name", "email", "language", "is_active")
    list_filter = ("is_active", "memberships__role", "memberships__unit")
    search_fields = ("full_name", "email")
    fieldsets = (
        (None, {"fields": ("email", "password", "full_name", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "full_name", "password1", "password2")}),)
    filter_horizontal = ("user_permissions",)
    inlines = (MembershipInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody gives themselves more of the site than they were given."""
        return () if request.user.is_superuser else ("is_staff", "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever sets a superuser's password or address can sign in as one."""
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")
    inlines = (MembershipInline,)


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):
    list_display = ("delegator", "delegate", "role", "unit", "starts_on", "ends_on")
    list_filter = ("role", "unit")
    search_fields = ("delegator__full_name", "delegate__full_name")


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin):
    """For somebody who fell ill before they could enter it themselves."""

    list_display = ("user", "starts_on", "ends_on", "reason")
    search_fields = ("user__full_name",)
