from django.db import migrations, models

from workflow.triggers import PLAN

INDEX = "workflow_initiative_code_dec2a18d_like"
"""Nobody looks for codes that begin with something, and most changes of a dossier wrote it anew."""


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP INDEX IF EXISTS "{INDEX}"')


class Migration(migrations.Migration):
    dependencies = (("workflow", "0023_target_file_strike"),)
    operations = (
        migrations.CreateModel(
            name="PlanStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=32)),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(PLAN.install, PLAN.remove),
        migrations.RunPython(drop, migrations.RunPython.noop),
    )
