from django.db import migrations

from reports.triggers import install, remove


class Migration(migrations.Migration):
    dependencies = (("reports", "0001_documents"),)
    operations = (migrations.RunPython(install, remove),)
