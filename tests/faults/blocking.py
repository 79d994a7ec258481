"""The web server that publishes on the request's own path, as `task.delay()` is often used."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.settings")
application = get_wsgi_application()

from notifications import outbox  # noqa: E402 (Django must be set up first)
from notifications.tasks import deliver  # noqa: E402

outbox.nudge = deliver.delay  # type: ignore[attr-defined, assignment]
