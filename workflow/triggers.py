"""What the database itself refuses, on both databases: rewriting the audit, illegal moves, and
contribution shares that do not add up to 100.

PostgreSQL adds the shares up when a transaction commits. SQLite cannot wait for that, and adds them
up when the dossier is put forward. The legal moves are read from the transitions of `Initiative`,
so the table in a trigger is a copy that a test compares with the code.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from people.renewing import EVERY, Renewing
from workflow.append_only import refusing

AUDIT_TABLE = "workflow_auditentry"
INITIATIVE_TABLE = "workflow_initiative"
AUTHORSHIP_TABLE = "workflow_authorship"
SUBMISSION_TABLE = "workflow_submission"
LEGAL_MOVES = (
    "draft>registered",
    "draft>withdrawn",
    "registered>in_progress",
    "registered>withdrawn",
    "in_progress>reported",
    "in_progress>withdrawn",
    "reported>in_progress",
    "reported>evaluated",
    "evaluated>reported",
    "draft>approved",
    "approved>draft",
)
_ILLEGAL = "OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({})".format(
    ", ".join(f"'{move}'" for move in LEGAL_MOVES)
)

_SHARES = f"(SELECT COALESCE(SUM(share), 0) FROM {AUTHORSHIP_TABLE} WHERE initiative_id = %s)"  # noqa: S608

SQLITE = {
    "audit_no_update": (
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {AUDIT_TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "DROP TRIGGER IF EXISTS audit_no_update",
    ),
    "audit_no_delete": (
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {AUDIT_TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "DROP TRIGGER IF EXISTS audit_no_delete",
    ),
    "initiative_legal_move": (
        f"CREATE TRIGGER initiative_legal_move BEFORE UPDATE OF state ON {INITIATIVE_TABLE} "
        f"WHEN {_ILLEGAL} BEGIN SELECT RAISE(ABORT, 'illegal move'); END",
        "DROP TRIGGER IF EXISTS initiative_legal_move",
    ),
}


POSTGRESQL = {
    "audit_append_only": (
        refusing("refuse_audit_change", "the audit is append-only")
        + f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {AUDIT_TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
        f"DROP TRIGGER IF EXISTS audit_append_only ON {AUDIT_TABLE}",
    ),
    "audit_no_truncate": (
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {AUDIT_TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
        f"DROP TRIGGER IF EXISTS audit_no_truncate ON {AUDIT_TABLE}",
    ),
    "initiative_legal_move": (
        refusing("refuse_illegal_move", "illegal move")
        + f"CREATE TRIGGER initiative_legal_move BEFORE UPDATE OF state ON {INITIATIVE_TABLE} "
        f"FOR EACH ROW WHEN ({_ILLEGAL}) EXECUTE FUNCTION refuse_illegal_move()",
        f"DROP TRIGGER IF EXISTS initiative_legal_move ON {INITIATIVE_TABLE}",
    ),
}
PLAN = Renewing(
    "workflow_planstamp",
    "renew_plan",
    {
        "workflow_route": EVERY,
        "workflow_routestep": EVERY,
        "workflow_criterion": EVERY,
        "workflow_gradeband": EVERY,
        "workflow_reportsection": EVERY,
        "workflow_round": EVERY,
    },
)
"""What a plan lays down for every dossier. Named people of a step are asked for each time."""
VENDORS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
SHARES = {
    "sqlite": (
        f"CREATE TRIGGER shares_make_100 BEFORE INSERT ON {SUBMISSION_TABLE} "
        f"WHEN {_SHARES % 'NEW.initiative_id'} <> 100 "
        "BEGIN SELECT RAISE(ABORT, 'the shares do not add up to 100'); END",
        "DROP TRIGGER IF EXISTS shares_make_100",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_wrong_shares() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ DECLARE dossier bigint := COALESCE(NEW.initiative_id, OLD.initiative_id); BEGIN "
        f"IF {_SHARES % 'dossier'} <> 100 "
        f"AND EXISTS (SELECT FROM {INITIATIVE_TABLE} WHERE id = dossier) THEN RAISE EXCEPTION "
        "'the shares do not add up to 100' USING ERRCODE = 'check_violation'; "
        "END IF; RETURN NULL; END $$; "
        "CREATE CONSTRAINT TRIGGER shares_make_100 AFTER INSERT OR UPDATE OR DELETE "
        f"ON {AUTHORSHIP_TABLE} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        "EXECUTE FUNCTION refuse_wrong_shares()",
        f"DROP TRIGGER IF EXISTS shares_make_100 ON {AUTHORSHIP_TABLE}",
    ),
}
"""Apart from the others, because it reads another table than its own: SQLite cannot make that one
anew while the trigger is there, so a migration that alters authorships removes it first.
"""


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for create, drop in VENDORS[editor.connection.vendor].values():
        editor.execute(drop, params=None)
        editor.execute(create, params=None)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for _create, drop in VENDORS[editor.connection.vendor].values():
        editor.execute(drop, params=None)


def install_shares(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    create, drop = SHARES[editor.connection.vendor]
    editor.execute(drop, params=None)
    editor.execute(create, params=None)


def remove_shares(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    _create, drop = SHARES[editor.connection.vendor]
    editor.execute(drop, params=None)
