from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _

from people.models import Delegation, Membership, Unit, User


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
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

    def has_delete_permission(self, request, obj=None):  # type: ignore[no-untyped-def]
        return False


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")
    inlines = (MembershipInline,)


@admin.register(Delegation)
class DelegationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("delegator", "delegate", "role", "unit", "starts_on", "ends_on")
    list_filter = ("role", "unit")
    search_fields = ("delegator__full_name", "delegate__full_name")
