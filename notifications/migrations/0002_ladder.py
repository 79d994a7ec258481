import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def remember_due_times(apps, _editor):
    """What has climbed so far did so for the time the item has now."""
    work_items = apps.get_model("workflow", "WorkItem").objects.filter(pk=OuterRef("work_item"))
    escalations = apps.get_model("notifications", "Escalation").objects
    escalations.update(due_at=Subquery(work_items.values("due_at")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("workflow", "0011_allowances"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("ladderrung", "rung_once"),
        migrations.AlterModelOptions(
            "ladderrung",
            {
                "ordering": ("movement", "duty", "offset", "pk"),
                "verbose_name": "ladder rung",
                "verbose_name_plural": "escalation ladder",
            },
        ),
        migrations.RemoveField("ladderrung", "position"),
        migrations.AddField(
            "ladderrung",
            "duty",
            models.CharField(
                blank=True,
                choices=[
                    ("register", "register the initiative"),
                    ("report", "report the results"),
                    ("decide", "decide"),
                    ("open_evaluation", "open the evaluation"),
                    ("extension", "answer the request for more time"),
                ],
                default="",
                max_length=16,
                verbose_name="kind of work",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "ladderrung",
            "head",
            models.BooleanField(default=False, verbose_name="the head of the department"),
        ),
        migrations.AddField(
            "ladderrung",
            "secretary",
            models.BooleanField(default=False, verbose_name="the secretary of the council"),
        ),
        migrations.AddField(
            "ladderrung",
            "retired_at",
            models.DateTimeField(editable=False, null=True, verbose_name="retired"),
        ),
        migrations.AddField(
            "ladderrung",
            "retired_by",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "ladderrung",
            "holder",
            models.BooleanField(default=True, verbose_name="whoever owes it"),
        ),
        migrations.AlterField(
            "ladderrung",
            "superior",
            models.BooleanField(default=False, verbose_name="the next role up"),
        ),
        migrations.AlterField(
            "ladderrung",
            "principal",
            models.BooleanField(default=False, verbose_name="the principal"),
        ),
        migrations.AddConstraint(
            "ladderrung",
            models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("movement", "duty", "offset", "working_days"),
                name="rung_once",
                violation_error_message="There is a rung at this moment already: change that one.",
            ),
        ),
        migrations.AddConstraint(
            "ladderrung",
            models.CheckConstraint(
                condition=models.Q(("raises", False), ("offset__gte", 0), _connector="OR"),
                name="rung_raises_what_is_late",
                violation_error_message="Only what is late can be decided by the next role up.",
            ),
        ),
        migrations.AddField("escalation", "due_at", models.DateTimeField(null=True)),
        migrations.RunPython(remember_due_times, migrations.RunPython.noop),
        migrations.AlterField("escalation", "due_at", models.DateTimeField()),
        migrations.RemoveConstraint("escalation", "escalated_once_per_rung"),
        migrations.AddConstraint(
            "escalation",
            models.UniqueConstraint(
                fields=("work_item", "rung", "due_at"), name="escalated_once_per_rung"
            ),
        ),
    ]
