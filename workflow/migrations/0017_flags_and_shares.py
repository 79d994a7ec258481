"""A flag has its day. SQLite makes the table anew, which loses its triggers: they are laid again.
Shares are added up from here on."""

from django.db import migrations, models

from workflow.triggers import install, install_shares, remove_shares


class Migration(migrations.Migration):
    dependencies = (("workflow", "0016_evaluated_before"),)
    operations = (
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recognised", True), ("recognised_on__isnull", False)),
                    models.Q(("recognised", False), ("recognised_on__isnull", True)),
                    _connector="OR",
                ),
                name="recognised_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replicated", True), ("replicated_on__isnull", False)),
                    models.Q(("replicated", False), ("replicated_on__isnull", True)),
                    _connector="OR",
                ),
                name="replicated_from_a_day",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(install_shares, remove_shares),
    )
