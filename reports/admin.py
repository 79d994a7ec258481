from django.contrib import admin

from reports.models import Letterhead


@admin.register(Letterhead)
class LetterheadAdmin(admin.ModelAdmin):
    list_display = ("unit", "abbreviation", "place")
