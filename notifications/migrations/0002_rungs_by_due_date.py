"""A rung counts for the due date it was climbed for: so far every item had but one."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def know_due_dates(apps, _editor):
    items = apps.get_model("workflow", "WorkItem").objects.filter(pk=OuterRef("work_item"))
    escalations = apps.get_model("notifications", "Escalation").objects
    escalations.update(due_at=Subquery(items.values("due_at")))


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("workflow", "0010_calendar"),
    ]

    operations = [
        migrations.AddField(
            model_name="escalation",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(know_due_dates, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="escalation",
            name="escalated_once_per_rung",
        ),
        migrations.AlterField(
            model_name="escalation",
            name="due_at",
            field=models.DateTimeField(),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(
                fields=("work_item", "rung", "due_at"), name="escalated_once_per_rung"
            ),
        ),
    ]
