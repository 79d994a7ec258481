"""Other people's work in the tables, written by SQL: what a Sở has open on a busy day, and what
it has decided before, so that the database plans for tables of that size."""

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
AUTHORS = """
INSERT INTO workflow_authorship (initiative_id, user_id, share)
SELECT id, lead_id, 100 FROM workflow_initiative WHERE code LIKE 'BACKLOG-%%'
"""
SUBMISSIONS = """
INSERT INTO workflow_submission (initiative_id, gate, content, content_hash, route, status,
  submitted_by_id, submitted_at, closed_at)
SELECT id, 'register', '{}', md5(code), '[]', 'passed', lead_id, now(), now()
FROM workflow_initiative WHERE code LIKE 'BACKLOG-%%'
"""
CLOSED = """
INSERT INTO workflow_workitem (initiative_id, submission_id, duty, step, unit_id, role,
  raised_role, raised_because, opened_at, due_at, closed_at, closed_by_id)
SELECT i.id, s.id, 'decide', 1, i.unit_id, 'head', '', '', now(), now(), now(), i.lead_id
FROM workflow_initiative i JOIN workflow_submission s ON s.initiative_id = i.id
WHERE i.code LIKE 'BACKLOG-%%'
"""
DECISIONS = """
INSERT INTO approvals_decision (submission_id, work_item_id, actor_id, role, verdict, comment,
  notes, seen_hash, scores, at)
SELECT submission_id, id, %(head)s, 'head', 'approve', '', '{}', '', '{}', now()
FROM workflow_workitem WHERE closed_at IS NOT NULL
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
        "head": world.other_head.pk,
        "count": count,
    }
    with connection.cursor() as cursor:
        for statement in (INITIATIVES, ITEMS, AUTHORS, SUBMISSIONS, CLOSED, DECISIONS, PLAIN):
            cursor.execute(statement, facts)
        cursor.execute("ANALYZE")
