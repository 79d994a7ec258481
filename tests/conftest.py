"""Fixtures of every room. The databases are real: PostgreSQL, and SQLite in a second run."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import setup_databases

from tests import templates
from tests import world as worlds
from workflow import triggers

KEPT = {"django_migrations", "django_content_type", "auth_permission", "workflow_gradeband"}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker
) -> None:
    """pytest-django's own makes no database for a run in which no test asks for `db` by name.

    Nothing drops it: the whole server is thrown away after the tests.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = templates.postgresql()
        setup_databases(verbosity=0, interactive=False)


@pytest.fixture(scope="session", autouse=True)
def vault_of_the_run(tmp_path_factory) -> None:
    """For fixtures that outlive a test: nothing reaches the folder of an installation."""
    django_settings.EVIDENCE_ROOT = tmp_path_factory.mktemp("evidence")


@pytest.fixture(autouse=True)
def vault(settings, tmp_path_factory) -> Path:
    """Each test has a store of its own, made when the first file comes."""
    settings.EVIDENCE_ROOT = tmp_path_factory.getbasetemp() / f"evidence-{uuid4().hex}"
    settings.EXPORTS_ROOT = tmp_path_factory.getbasetemp() / f"exports-{uuid4().hex}"
    return Path(settings.EVIDENCE_ROOT)


@pytest.fixture
def world(db: None) -> worlds.World:
    return worlds.build()


@pytest.fixture
def committed_world(django_db_setup: None, django_db_blocker) -> Iterator[worlds.World]:
    """A school whose changes really commit, for tests of commits, threads and processes.

    pytest-django would empty the tables by TRUNCATE, which the audit's trigger refuses, and take
    along what the migrations wrote.
    """
    with django_db_blocker.unblock():
        try:
            yield worlds.build()
        finally:
            _empty()


def _empty() -> None:
    tables = set(connection.introspection.django_table_names(only_existing=True)) - KEPT
    with connection.schema_editor() as editor:
        triggers.remove(None, editor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(tables)}")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute("PRAGMA foreign_keys = ON")
    with connection.schema_editor() as editor:
        triggers.install(None, editor)
