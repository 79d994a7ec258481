"""Other people's work in the tables, written by SQL: what a Sở has open on a busy day."""

from django.db import connection

from tests.world import World

INITIATIVES = """
INSERT INTO workflow_initiative (movement_id, round_id, unit_id, lead_id, code, state, kind, scope,
  title, field, current_state, solution, expected_results, report, grade, recognised, replicated,
  audit_seq, audit_head, created_at, updated_at)
SELECT %(movement)s, %(round)s, %(unit)s, %(lead)s, 'BACKLOG-' || n, 'in_progress', 'solution',
  'individual', 'Sáng kiến ' || n, '', '', '', '', '{}', '', false, false, 0, '', now(), now()
FROM generate_series(1, %(count)s) AS n
"""
ITEMS = """
INSERT INTO workflow_workitem (initiative_id, duty, unit_id, role, person_id, raised_role,
  raised_because, opened_at, due_at)
SELECT id, 'report', unit_id, '', lead_id, '', '', now(), now() + interval '30 days'
FROM workflow_initiative WHERE code LIKE 'BACKLOG-%%'
"""
PLAIN = """
INSERT INTO benchmarks_item (title, state, updated_at)
SELECT 'Sáng kiến ' || n, 's0', now() FROM generate_series(1, %(count)s) AS n
"""


def fill(world: World, count: int) -> None:
    facts = {
        "movement": world.movement.pk,
        "round": world.round.pk,
        "unit": world.units["letters"].pk,
        "lead": world.other_teacher.pk,
        "count": count,
    }
    with connection.cursor() as cursor:
        for statement in (INITIATIVES, ITEMS, PLAIN):
            cursor.execute(statement, facts)
        cursor.execute("ANALYZE")
