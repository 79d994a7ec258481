"""What was evaluated before: its flags have the day of the signature, its scoring the sheet that the
movement has now, the only one there is."""

from zoneinfo import ZoneInfo

from django.db import migrations

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LINE = ("code", "name", "maximum", "help")


def days(apps, _editor):
    """The last entry that led to the state evaluated is the signature."""
    audit = apps.get_model("workflow", "AuditEntry").objects.filter(state_to="evaluated")
    initiatives = apps.get_model("workflow", "Initiative").objects
    flagged = initiatives.filter(recognised=True) | initiatives.filter(replicated=True)
    for one in flagged.iterator():
        signed = audit.filter(initiative=one).exclude(state_from="evaluated").latest("seq")
        day = signed.at.astimezone(ZONE).date()
        one.recognised_on = day if one.recognised else None
        one.replicated_on = day if one.replicated else None
        one.save(update_fields=["recognised_on", "replicated_on"])


def sheets(apps, _editor):
    criteria = apps.get_model("workflow", "Criterion").objects.order_by("movement", "position")
    lines: dict[int, list[dict[str, object]]] = {}
    for movement, *line in criteria.values_list("movement", *LINE):
        lines.setdefault(movement, []).append(dict(zip(LINE, line, strict=True)))
    submissions = apps.get_model("workflow", "Submission").objects.filter(gate="evaluate")
    for movement, sheet in lines.items():
        submissions.filter(initiative__movement=movement).update(sheet=sheet)


class Migration(migrations.Migration):
    dependencies = (("workflow", "0015_evaluation"),)
    operations = (
        migrations.RunPython(days, migrations.RunPython.noop),
        migrations.RunPython(sheets, migrations.RunPython.noop),
    )
