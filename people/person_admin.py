"""A person's page on the administrator's site: their account, their offices, no password."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import kept_people
from people.administering import Administered, OwnUnits, administered
from people.models import Membership, User
from people.new_password import leave_address, send_link
from people.offices_column import OfficesColumn


class MembershipInline(Administered, admin.TabularInline):
    model = Membership
    extra = 0

    class Media:
        css = {"all": ("css/admin.css",)}


class PersonForm(forms.ModelForm):
    class Meta:
        error_messages = {
            "email": {
                "unique": _(
                    "Somebody has this e-mail already. If you do not find them in your list, they "
                    "work at another school: ask the administrator of the Department of Education "
                    "to give them an office at yours."
                )
            }
        }

    def clean_email(self) -> str:
        """As everywhere: the case of an address does not tell two people apart."""
        return str(self.cleaned_data["email"]).lower()


class PersonAdmin(OfficesColumn, Administered, admin.ModelAdmin):
    """People end by deactivation, not deletion: their decisions keep pointing at them.

    Who can be found and whose account can be changed here: `people.kept_people`.
    """

    form = PersonForm
    ordering = ("full_name",)
    list_display = ("full_name", "email", "offices", "is_active")
    list_filter = ("is_active", "memberships__role", ("memberships__unit", OwnUnits))
    search_fields = ("full_name", "email")
    filter_horizontal = ("user_permissions",)
    inlines = (MembershipInline,)
    account = (None, {"fields": ("email", "full_name", "language")})
    access = (_("Access"), {"fields": ("is_active", "is_staff")})
    powers = (_("Powers of an operator"), {"fields": ("is_superuser", "user_permissions")})
    elsewhere = _(
        "You can read this account and not change it: it is an operator's, or the person holds an "
        "office elsewhere too. The administrator above both units can change it; offices at your "
        "units are changed on the page of the unit."
    )

    def within(self, request: HttpRequest) -> Q:
        return kept_people.found(request.user, administered(request))  # type: ignore[arg-type]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return (self.account,)
        if request.user.is_superuser:
            return (self.account, self.access, self.powers)
        if self.has_change_permission(request, obj):
            return (self.account, self.access)
        return ((None, {**self.account[1], "description": self.elsewhere}), self.access)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Nobody gives themselves more of the site than they were given."""
        return () if request.user.is_superuser else ("is_staff", "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or request.user.is_superuser or not allowed:
            return allowed
        today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        mine = kept_people.kept(request.user, administered(request), today)  # type: ignore[arg-type]
        return User.objects.filter(mine, pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """A list filtered by the hash of a password would give it away letter by letter."""
        allowed = super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]
        return not lookup.startswith("password") and allowed

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            transaction.on_commit(partial(self._leave, request, obj, form.initial["email"]))

    def _leave(self, request: HttpRequest, person: User, old: str) -> None:
        if leave_address(request, person, old):
            text = _("%(old)s was told that the account now belongs to another address.")
            self.message_user(request, text % {"old": old})
        else:
            text = _("%(old)s could not be told of the change: tell the person yourself.")
            self.message_user(request, text % {"old": old}, messages.WARNING)

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._link(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.link_view)
        return [path("<int:pk>/link/", page, name="people_user_link"), *super().get_urls()]

    def link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks before it sends; a link that was sent before stays good until one was used."""
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        if not (person.is_active and self.has_change_permission(request, person)):
            raise PermissionDenied
        if request.method == "POST":
            self._link(request, person)
            return redirect("admin:people_user_change", pk)
        words = {"title": _("Send a link for a new password"), "opts": self.opts}
        context = {**self.admin_site.each_context(request), **words, "original": person}
        return TemplateResponse(request, "admin/people/user/link.html", context)

    def _link(self, request: HttpRequest, person: User) -> None:
        """Written down with the name of who asked, whether or not the mail goes out."""
        self.log_change(request, person, gettext("Asked for a link to choose a new password."))
        transaction.on_commit(partial(self._send, request, person))

    def _send(self, request: HttpRequest, person: User) -> None:
        if send_link(request, person):
            text = _("A link to choose a password is on its way to %(email)s.")
            self.message_user(request, text % {"email": person.email})
        else:
            text = _(
                "The mail to %(email)s could not be sent. Send the link again from the person's "
                "page; if it fails once more, tell the operator."
            )
            self.message_user(request, text % {"email": person.email}, messages.ERROR)
