"""A Sở with 5 schools, 200 departments, 5,000 people and any number of initiatives, by plain SQL.

100,000 initiatives are the current year: a tenth waits for a head, a fiftieth for a principal and
two fifths owe their report. Whatever is added stands for earlier years: evaluated, with its
closed steps, and it makes nobody's worklist longer.
"""

from datetime import date

from django.db import connection

from benchmarks.filling import bare
from people.models import Membership, Unit, User
from people.roles import PERMISSIONS, Role
from workflow.models import Movement, Round

SCHOOLS, DEPARTMENTS, MEMBERS = 5, 40, 25
CURRENT = 100_000
SINCE = date(2020, 1, 1)
OFFICES = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.SECRETARY, Role.COUNCIL, Role.CLERK)

FILLED = (
    "workflow_initiative",
    "workflow_authorship",
    "workflow_submission",
    "workflow_workitem",
)

GRANTS = """
INSERT INTO people_grant (user_id, permission_id, content_object_id, membership_id)
SELECT m.user_id, p.id, m.unit_id, m.id
FROM people_membership m JOIN auth_permission p ON p.codename = ANY(%(permissions)s)
JOIN django_content_type c ON c.id = p.content_type_id AND c.model = 'unit'
WHERE m.role = %(role)s
"""
INITIATIVES = """
INSERT INTO workflow_initiative (movement_id, round_id, unit_id, lead_id, code, state, kind, scope,
  title, field, current_state, solution, expected_results, report, grade, recognised, replicated,
  audit_seq, audit_head, created_at, updated_at)
SELECT %(movement)s, %(round)s, d.unit_id,
  d.leads[1 + n / %(departments)s %% %(members)s], 'SK-' || n,
  CASE WHEN n >= %(current)s THEN 'evaluated' WHEN n / %(departments)s %% 100 < 12 THEN 'draft'
    WHEN n / %(departments)s %% 100 < 52 THEN 'in_progress' ELSE 'evaluated' END,
  'solution', 'individual', 'Sáng kiến số ' || n, 'Chuyển đổi số', repeat('Hiện trạng. ', 30),
  repeat('Giải pháp. ', 60), repeat('Kết quả. ', 20), '{}', '', false, false, 0, '',
  now() - n * interval '1 second', now() - n * interval '1 second'
FROM generate_series(%(first)s, %(last)s - 1) AS n
JOIN (
  SELECT unit_id, row_number() OVER (ORDER BY unit_id) - 1 AS place,
    array_agg(user_id ORDER BY user_id) AS leads
  FROM people_membership WHERE role IN ('teacher', 'head', 'deputy_head') GROUP BY unit_id
) d ON d.place = n %% %(departments)s
"""
AUTHORS = """
INSERT INTO workflow_authorship (initiative_id, user_id, share)
SELECT id, lead_id, 100 FROM workflow_initiative WHERE id > %(after)s
"""
SUBMISSIONS = """
INSERT INTO workflow_submission (initiative_id, gate, content, content_hash, route, status,
  submitted_by_id, submitted_at)
SELECT i.id, 'register', i.solution, md5(i.code), jsonb_build_array(
    jsonb_build_object('number', 1, 'position', 1, 'unit', i.unit_id, 'role', 'head'),
    jsonb_build_object('number', 2, 'position', 2, 'unit', u.parent_id, 'role', 'principal')),
  CASE WHEN i.state = 'draft' THEN 'pending' ELSE 'passed' END, i.lead_id, i.created_at
FROM workflow_initiative i JOIN people_unit u ON u.id = i.unit_id WHERE i.id > %(after)s
"""
ROUTE = """
UPDATE workflow_submission SET route = (
  SELECT jsonb_agg(step || '{"asks": "agreement", "people": [], "needed": 1, "kept": []}')
  FROM jsonb_array_elements(route) AS step)
WHERE status = 'pending'
"""
ITEMS = """
INSERT INTO workflow_workitem (initiative_id, submission_id, duty, step, unit_id, role, person_id,
  raised_role, raised_because, opened_at, due_at, closed_at, closed_by_id)
SELECT i.id, s.id, 'decide', k, CASE k WHEN 1 THEN i.unit_id ELSE u.parent_id END,
  CASE k WHEN 1 THEN 'head' ELSE 'principal' END, NULL, '', '', i.created_at,
  i.created_at + k * interval '3 days',
  CASE WHEN i.state = 'draft' AND k = waits THEN NULL ELSE i.created_at + interval '1 day' END,
  CASE WHEN i.state = 'draft' AND k = waits THEN NULL ELSE i.lead_id END
FROM workflow_initiative i JOIN workflow_submission s ON s.initiative_id = i.id
JOIN people_unit u ON u.id = i.unit_id
CROSS JOIN LATERAL (
  SELECT CASE WHEN substr(i.code, 4)::int / %(departments)s %% 100 < 10 THEN 1 ELSE 2 END
) w(waits)
CROSS JOIN generate_series(1, 2) AS k
WHERE i.id > %(after)s AND (i.state <> 'draft' OR k <= waits)
"""
REPORTS = """
INSERT INTO workflow_workitem (initiative_id, duty, unit_id, role, person_id, raised_role,
  raised_because, opened_at, due_at)
SELECT id, 'report', unit_id, '', lead_id, '', '', created_at, now() + interval '30 days'
FROM workflow_initiative WHERE id > %(after)s AND state = 'in_progress'
"""
LATE = """
UPDATE workflow_workitem SET opened_at = now() - interval '60 days',
  due_at = now() - CASE id % 2 WHEN 0 THEN id % 1440 * interval '1 minute'
    ELSE (7 + id % 20) * interval '1 day' END
WHERE closed_at IS NULL
"""
MORE = """
INSERT INTO workflow_workitem (initiative_id, duty, unit_id, role, person_id, raised_role,
  raised_because, opened_at, due_at)
SELECT i.id, 'report', i.unit_id, '', i.lead_id, '', '', i.created_at, now()
FROM workflow_initiative i WHERE NOT EXISTS (
  SELECT 1 FROM workflow_workitem w WHERE w.initiative_id = i.id AND w.closed_at IS NULL)
ORDER BY i.id LIMIT greatest(0, %(count)s - (
  SELECT count(*) FROM workflow_workitem WHERE closed_at IS NULL))
"""


def found() -> tuple[Movement, Round]:
    """The units, the staff with their grants, and one movement of the Sở."""
    authority = Unit.objects.create(kind="authority", name="Sở", short_name="Sở")
    for school in range(SCHOOLS):
        _school(authority, school)
    with connection.cursor() as cursor:
        for role, permissions in PERMISSIONS.items():
            cursor.execute(GRANTS, {"permissions": sorted(permissions), "role": str(role)})
    movement = Movement.objects.create(
        unit=authority, code="SK", name="Cải cách hành chính", starts_on=SINCE, ends_on=SINCE
    )
    round_ = Round.objects.create(
        movement=movement, year=2025, number=1, name="Đợt 1", opens_on=SINCE
    )
    return movement, round_


def _school(authority: Unit, number: int) -> None:
    school = Unit.objects.create(
        parent=authority, kind="school", name=f"Trường {number}", short_name=f"T{number}"
    )
    staff = [(role, school) for role in OFFICES]
    for place in range(DEPARTMENTS):
        name = f"Tổ {place}"
        unit = Unit.objects.create(parent=school, kind="department", name=name, short_name=name)
        roles = [Role.HEAD, Role.DEPUTY_HEAD] + [Role.TEACHER] * (MEMBERS - 2)
        staff += [(role, unit) for role in roles]
    people = User.objects.bulk_create(
        User(email=f"t{number}.{index}@example.test", full_name=f"Thầy cô {number}.{index}")
        for index in range(len(staff))
    )
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=role, starts_on=SINCE)
        for user, (role, unit) in zip(people, staff, strict=True)
    )


def grow(movement: Movement, round_: Round, first: int, last: int) -> None:
    """Add the initiatives numbered from `first` to before `last`, with all that hangs on them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM workflow_initiative")
        facts = {
            "movement": movement.pk, "round": round_.pk, "first": first, "last": last,
            "departments": SCHOOLS * DEPARTMENTS, "members": MEMBERS, "current": CURRENT,
            "after": cursor.fetchone()[0],
        }  # fmt: skip
        with bare(*FILLED):
            for statement in (INITIATIVES, AUTHORS, SUBMISSIONS, ROUTE, ITEMS, REPORTS):
                cursor.execute(statement, facts)
        cursor.execute("VACUUM ANALYZE")


def be_late(count: int) -> int:
    """Make everything that is open overdue, half since today and half for weeks; answers how many
    that is. There are at least `count`, when there are as many initiatives.
    """
    with connection.cursor() as cursor:
        cursor.execute(MORE, {"count": count})
        cursor.execute(LATE)
        late = int(cursor.rowcount)
        cursor.execute("VACUUM ANALYZE workflow_workitem")
    return late
