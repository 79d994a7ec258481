"""The audit cannot be rewritten, and where somebody manages to, it shows which link."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from workflow import triggers
from workflow.models import AuditEntry

pytestmark = pytest.mark.both_databases
TABLE = triggers.AUDIT_TABLE
ONE_BYTE = {
    "hash": "CASE substr(hash, 1, 1) WHEN 'f' THEN 'e' ELSE 'f' END || substr(hash, 2)",
    "previous": "CASE substr(previous, 1, 1) WHEN 'f' THEN 'e' ELSE 'f' END || substr(previous, 2)",
    "initiative_id": None,  # a foreign key: covered by the moved entry below
    "seq": "seq + 100",
    "at": None,  # its type differs by database: covered below
    "actor_id": "NULL",
    "on_behalf_of_id": "actor_id",
    "action": "'X' || substr(action, 2)",
    "state_from": "'x' || state_from",
    "state_to": "'x' || state_to",
    "details": "'X' || substr(details, 2)",
    "key": "'another'",
}


@pytest.fixture
def chain(world):
    """The chain of an evaluated initiative, with the triggers taken away."""
    initiative = world.at("evaluated")
    with connection.cursor() as cursor:
        for _create, drop in triggers.VENDORS[connection.vendor].values():
            cursor.execute(drop)
    return initiative


def tamper(assignment: str, initiative, seq: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET {assignment} WHERE initiative_id = %s AND seq = %s",
            [initiative.pk, seq],
        )


def verdict(capsys) -> str:
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 broken"):
        call_command("verify_audit")
    return str(capsys.readouterr().err)


def test_an_untouched_chain_holds(chain):
    call_command("verify_audit")


@pytest.mark.parametrize("column", [name for name, change in ONE_BYTE.items() if change])
def test_a_changed_byte_is_found_and_named(column, chain, capsys):
    tamper(f"{column} = {ONE_BYTE[column]}", chain, 4)
    assert f"{chain.code} entry" in verdict(capsys)


def test_every_column_of_an_entry_is_tried():
    assert set(ONE_BYTE) == {field.attname for field in AuditEntry._meta.concrete_fields}


def test_a_moved_time_is_found(chain, capsys, world):
    entry = AuditEntry.objects.get(initiative=chain, seq=4)
    AuditEntry.objects.filter(pk=entry.pk).update(at=world.later(seconds=1))
    assert f"{chain.code} entry 4" in verdict(capsys)


def test_an_entry_moved_to_another_initiative_is_found(chain, world, capsys):
    other = world.draft()
    AuditEntry.objects.filter(initiative=chain, seq=4).update(initiative=other, seq=2)
    capsys.readouterr()
    with pytest.raises(CommandError, match="2 broken"):
        call_command("verify_audit")


@pytest.mark.parametrize("position", ["first", "middle", "last"])
def test_a_deleted_entry_is_found(position, chain, capsys):
    last = chain.audit_seq
    seq = {"first": 1, "middle": last // 2, "last": last}[position]
    AuditEntry.objects.filter(initiative=chain, seq=seq)._raw_delete("default")
    assert f"{chain.code} entry {seq}" in verdict(capsys)


def test_a_chain_rebuilt_with_right_hashes_does_not_fit_its_dossier(chain, capsys):
    head = ""
    for entry in list(AuditEntry.objects.filter(initiative=chain).order_by("seq")):
        old = entry.pk
        entry.previous, entry.details = head, entry.details.replace("Vì", "vì") + " "
        head = entry.computed_hash()
        AuditEntry.objects.filter(pk=old).update(
            hash=head, previous=entry.previous, details=entry.details
        )
    assert f"{chain.code} entry {chain.audit_seq + 1}" in verdict(capsys)


@pytest.mark.parametrize("statement", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_audit(statement, world):
    world.draft()
    refused = pytest.raises(DatabaseError, match="append-only")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement.format(TABLE))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_truncate_the_audit(world):
    world.draft()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {TABLE}")
