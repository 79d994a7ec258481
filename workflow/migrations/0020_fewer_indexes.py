"""Nobody looks for hashes that begin with something; Django makes such an index for every text key."""

from django.db import migrations

INDEX = "workflow_auditentry_hash_aad6cd84_like"


def drop(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP INDEX IF EXISTS "{INDEX}"')


class Migration(migrations.Migration):
    dependencies = (("workflow", "0019_yearly_route"),)
    operations = (migrations.RunPython(drop, migrations.RunPython.noop),)
