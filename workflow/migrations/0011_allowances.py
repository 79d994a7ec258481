"""Open items learn the allowance that their date came from, as far as it is certain.

A step that was decided and undone or passed on has the time of the one before it, so steps keep
their dates until they are closed.
"""

from django.db import migrations
from django.db.models import F

TO_REGISTER, TO_REVISE, TO_OPEN_EVALUATION = 10, 3, 10


def know_allowances(apps, _editor):
    items = apps.get_model("workflow", "WorkItem").objects.filter(closed_at=None)
    for duty, days in (
        ("register", TO_REVISE),
        ("report", TO_REVISE),
        ("open_evaluation", TO_OPEN_EVALUATION),
    ):
        items.filter(duty=duty).update(counted_from=F("opened_at"), working_days=days)
    items.filter(duty="register", opened_seq=1).update(working_days=TO_REGISTER)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0010_calendar")]

    operations = [migrations.RunPython(know_allowances, migrations.RunPython.noop)]
