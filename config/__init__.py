"""Settings, addresses and processes: the only room that joins the others."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
