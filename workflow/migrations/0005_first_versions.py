"""The routes there are become first versions; what is pinned says what it meant until now."""

from django.db import migrations

ADDED = {"needed": 1, "people": [], "keeps_approval": False, "kept": []}


def first_versions(apps, _editor):
    RouteStep, Route = apps.get_model("workflow", "RouteStep"), apps.get_model("workflow", "Route")
    for step in RouteStep.objects.order_by("movement", "gate", "position"):
        step.route, _new = Route.objects.get_or_create(
            movement=step.movement, gate=step.gate, number=1
        )
        step.save(update_fields=["route"])


def pinned(apps, _editor):
    for submission in apps.get_model("workflow", "Submission").objects.iterator():
        submission.route = [
            {"number": step["position"], **ADDED, **step} for step in submission.route
        ]
        submission.save(update_fields=["route"])


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0004_route_versions"),
    ]

    operations = [
        migrations.RunPython(first_versions, migrations.RunPython.noop),
        migrations.RunPython(pinned, migrations.RunPython.noop),
    ]
