"""Percentages say so, every movement has the five indices, and entries are only ever added."""

from decimal import Decimal

from django.db import migrations

from workflow.append_only import keep, release
from workflow.default_targets import INDICES

MESSAGE = "entries of targets are only added"


def complete(apps, _editor):
    target = apps.get_model("workflow", "Target")
    target.objects.filter(required__isnull=False, measure="").update(measure="%", maximum=100)
    for movement in apps.get_model("workflow", "Movement").objects.all():
        there = set(movement.targets.values_list("code", flat=True))
        target.objects.bulk_create(
            target(
                movement=movement, audience="index", code=code, short=short, text=text,
                measure=measure, maximum=Decimal(maximum),
            )
            for code, short, text, measure, maximum in INDICES
            if code not in there
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = (("workflow", "0013_targets"),)
    operations = (
        migrations.RunPython(complete, migrations.RunPython.noop),
        migrations.RunPython(
            keep("workflow_targetentry", MESSAGE), release("workflow_targetentry")
        ),
    )
