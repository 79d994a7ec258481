from django.contrib import admin

from people.administering import Administered
from reports.models import Letterhead


@admin.register(Letterhead)
class LetterheadAdmin(Administered, admin.ModelAdmin):
    list_display = ("unit", "abbreviation", "place")
