"""Movements there are get the way to agreement that new ones start with, and the triggers learn the
legal moves of the school's report. SQLite had made the table anew, which loses them.
"""

from django.db import migrations

from workflow.triggers import install


def give_route(apps, _editor):
    Movement, Route, RouteStep = (
        apps.get_model("workflow", name) for name in ("Movement", "Route", "RouteStep")
    )
    for movement in Movement.objects.filter(routes__isnull=False).distinct():
        route = Route.objects.create(movement=movement, gate="yearly", number=1)
        RouteStep.objects.create(route=route, position=1, role="principal", level="school")


class Migration(migrations.Migration):
    dependencies = (("workflow", "0018_school_report"),)
    operations = (
        migrations.RunPython(give_route, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
    )
