from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0005_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision", name="notes", field=models.JSONField(default=dict)
        ),
    ]
