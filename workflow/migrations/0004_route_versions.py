"""A route has versions: the table, and where its steps will belong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workflow", "0003_grade_bands"),
    ]

    operations = [
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gate",
                    models.CharField(
                        choices=[
                            ("register", "registration"),
                            ("report", "report"),
                            ("evaluate", "evaluation"),
                        ],
                        max_length=10,
                        verbose_name="gate",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("saved_at", models.DateTimeField(null=True, verbose_name="saved")),
                (
                    "movement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="routes",
                        to="workflow.movement",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "route",
                "verbose_name_plural": "routes",
                "ordering": ("movement", "gate", "-number"),
            },
        ),
        migrations.AddConstraint(
            model_name="route",
            constraint=models.UniqueConstraint(
                fields=("movement", "gate", "number"), name="route_once"
            ),
        ),
        migrations.RemoveConstraint(model_name="routestep", name="step_once"),
        migrations.AddField(
            model_name="routestep",
            name="route",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="workflow.route",
            ),
        ),
    ]
