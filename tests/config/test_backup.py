"""The backup of compose.yaml, restored by the commands of docs/operations.md."""

import os
import subprocess
import sys
import time

import pytest
from django.db import connection

from lib.machine import ROOT
from lib.services import MANAGE

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="dumps a PostgreSQL"),
]
DAY = 24 * 3600


def environment(**changed: str) -> dict[str, str]:
    server = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    named = {name: str(server[key]) for name, key in names.items()}
    return os.environ | named | {"BACKUP_HOURS": "0"} | changed


def back_up(folder, **changed: str) -> None:
    command = [ROOT / "deploy" / "backup.sh", folder]
    subprocess.run(command, env=environment(**changed), check=True, capture_output=True)


def test_a_backup_is_restored_and_its_audit_holds(committed_world, tmp_path):
    committed_world.at("registered")
    back_up(tmp_path)
    (dump,) = tmp_path.iterdir()
    assert dump.stat().st_mode & 0o077 == 0
    place = environment()
    restored = f"{place['PGDATABASE']}_restored"
    subprocess.run(["createdb", restored], env=place, check=True)
    words = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={restored}"]
    subprocess.run(["pg_restore", *words, dump], env=place, check=True)
    url = f"postgres://{place['PGUSER']}@{place['PGHOST']}:{place['PGPORT']}/{restored}"
    verified = subprocess.run(
        [sys.executable, MANAGE, "verify_audit"],
        env=place | {"DATABASE_URL": url}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "of 1 dossiers hold" in verified.stdout


def test_old_backups_go_only_when_a_new_one_is_whole(committed_world, tmp_path):
    for name, days in (("thidua-old.dump", 20), ("thidua-young.dump", 2)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=(time.time() - days * DAY,) * 2)
    back_up(tmp_path, PGPORT="1")
    assert {path.name for path in tmp_path.iterdir()} == {"thidua-old.dump", "thidua-young.dump"}
    back_up(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) == 2
    assert "thidua-young.dump" in left
