"""How many SQL statements an action may cost: at most 9 for a decision with all that follows, where
the database stores several changes in one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import PATH, SCORES

DECISION_LIMIT = 9 if connection.vendor == "postgresql" else 13
DECIDING = {
    "with_head": "head",
    "with_principal": "principal",
    "report_with_head": "head",
    "scoring": "council",
    "signing_off": "principal",
}


def cost(committed_world, situation, verdict):
    initiative = committed_world.at(situation)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        committed_world.do(
            DECIDING[situation], verdict, initiative, comment="Vì sao.", scores=SCORES
        )
    statements = [query["sql"] for query in queries]
    refresh = 1  # the test's own look at the result
    return len(statements) - refresh, statements


@pytest.mark.both_databases
@pytest.mark.parametrize("verdict", ["approve", "return", "reject"])
@pytest.mark.parametrize("situation", DECIDING)
def test_a_decision_costs_no_more_statements_than_that(situation, verdict, committed_world):
    count, statements = cost(committed_world, situation, verdict)
    assert count <= DECISION_LIMIT, "\n".join(statements)


def test_the_transaction_itself_is_counted(committed_world):
    """The control: BEGIN and COMMIT are among the statements, and so is the message."""
    _count, statements = cost(committed_world, "with_head", "approve")
    text = "\n".join(statements)
    for word in ("BEGIN", "COMMIT", "notifications_message", "workflow_auditentry", "FOR NO KEY"):
        assert word in text


def test_what_nobody_changed_meanwhile_is_gathered_once(committed_world):
    """Initiatives and the school's report alike: gathering again is for who had to wait."""
    initiative = committed_world.at("reported")
    report = committed_world.school_report("pending")
    for dossier, who, action in (
        (report, "principal", "approve"),
        (initiative, "secretary", "open_evaluation"),
    ):
        with CaptureQueriesContext(connection) as queries:
            committed_world.do(who, action, dossier)
        assert sum("FOR NO KEY UPDATE" in query["sql"] for query in queries) == 1


def test_every_point_with_a_decision_is_measured():
    waiting = {name for name in PATH if name.startswith("with_") or name.endswith("_with_head")}
    assert set(DECIDING) == waiting | {"scoring", "signing_off"}
