"""Two beats wake everything twice, then none wakes anything: once per item all the same."""

from datetime import timedelta

from notifications.models import Escalation
from tests.faults.lab import Lab
from tests.faults.outcome import Outcome, everything_told
from tests.faults.school import drop_unique_keys, owe, told

WAVES = 10
MISSED = timedelta(days=9)
"""So late that every rung of the default ladder has been missed."""
HIGHEST = "to_principal"


def beats(lab: Lab, minutes: float, *, control: bool) -> Outcome:
    """So many minutes with two, as many with none, then one."""
    if control:
        drop_unique_keys()
    a_wave = 20 if lab.quick else 50
    if control:
        a_wave = 400  # long enough for two sweeps to meet
    lab.worker()
    two = [lab.beat("first"), lab.beat("second")]
    pause = minutes * 60 / WAVES
    items: list[int] = []
    for _wave in range(WAVES):
        items += owe(a_wave)
        lab.wait(pause)
    for beat in two:
        lab.stop(beat)
    lab.wait(lab.patience(6))  # what was woken ends
    asleep: list[int] = []
    for _wave in range(WAVES):
        asleep += owe(a_wave, late=MISSED, opened=timedelta(days=30))
        lab.wait(pause)
    silent = told(asleep) == 0
    lab.beat("third")
    outcome = everything_told(lab, items + asleep, facts=f"twice {minutes:g} min")
    caught_up = Escalation.objects.filter(work_item__in=asleep, rung__name=HIGHEST).count()
    words = f"{caught_up} of {len(asleep)} caught up by one rung, the highest"
    return outcome.but(silent and caught_up == len(asleep), words)
