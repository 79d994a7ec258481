"""The four grades. Nghị định 90/2020 names no points, so the school's scale stands beside it;
Nghị định 233/2026 lays the points down from 1 July 2026."""

from datetime import date

from django.db import migrations

MINIMA = {"excellent": 90, "good": 70, "completed": 50}
BASES = {
    date(2020, 8, 20): "Nghị định 90/2020/NĐ-CP; thang điểm của đơn vị",
    date(2026, 7, 1): "Nghị định 233/2026/NĐ-CP",
}


def add(apps, _editor):
    band = apps.get_model("workflow", "GradeBand")
    band.objects.bulk_create(
        band(grade=grade, minimum=minimum, in_force_from=day, legal_basis=basis)
        for day, basis in BASES.items()
        for grade, minimum in MINIMA.items()
    )


class Migration(migrations.Migration):
    dependencies = (("workflow", "0002_triggers"),)
    operations = (migrations.RunPython(add, migrations.RunPython.noop),)
