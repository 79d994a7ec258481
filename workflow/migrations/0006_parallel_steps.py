"""Steps side by side, quorums and named people; work items for one of several."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workflow", "0005_first_versions"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="routestep",
            options={
                "ordering": ("route", "position", "pk"),
                "verbose_name": "route step",
                "verbose_name_plural": "route steps",
            },
        ),
        migrations.AlterField(
            model_name="routestep",
            name="route",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="workflow.route",
            ),
        ),
        migrations.RemoveField(model_name="routestep", name="movement"),
        migrations.RemoveField(model_name="routestep", name="gate"),
        migrations.AddField(
            model_name="routestep",
            name="people",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="named people",
            ),
        ),
        migrations.AddField(
            model_name="routestep",
            name="quorum",
            field=models.CharField(
                choices=[
                    ("any", "any one of them"),
                    ("all", "all of them"),
                    ("some", "this many of them"),
                ],
                default="any",
                max_length=4,
                verbose_name="must agree",
            ),
        ),
        migrations.AddField(
            model_name="routestep",
            name="needed",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many"),
        ),
        migrations.AddField(
            model_name="routestep",
            name="keeps_approval",
            field=models.BooleanField(
                default=False,
                verbose_name="keeps its approval when the dossier comes back unchanged",
            ),
        ),
        migrations.AlterField(
            model_name="routestep",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("teacher", "teacher"),
                    ("employee", "employee"),
                    ("deputy_head", "deputy head"),
                    ("head", "department head"),
                    ("clerk", "records clerk"),
                    ("secretary", "secretary of the council"),
                    ("council", "member of the council"),
                    ("vice_principal", "vice principal"),
                    ("principal", "principal"),
                    ("superior", "leader of the Department of Education"),
                    ("administrator", "administrator"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.AlterField(
            model_name="routestep",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("own", "the initiative's own unit"),
                    ("school", "its school"),
                    ("authority", "the Department of Education"),
                ],
                max_length=10,
                verbose_name="at",
            ),
        ),
        migrations.AddConstraint(
            model_name="routestep",
            constraint=models.UniqueConstraint(
                condition=~Q(role=""),
                fields=("route", "position", "role", "level"),
                name="step_once",
            ),
        ),
        migrations.RenameField(model_name="workitem", old_name="position", new_name="step"),
        migrations.RemoveConstraint(model_name="workitem", name="item_has_one_address"),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""), name="item_has_an_address"
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="raised_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("late", "the step is overdue"),
                    ("absence", "everybody who was asked is absent"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="workitem",
            name="opened_seq",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="workitem",
            name="closed_seq",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
