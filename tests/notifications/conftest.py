import pytest

from tests.mailbox import Mailbox


@pytest.fixture
def mailbox(settings):
    with Mailbox.open() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        yield opened
