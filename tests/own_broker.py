import os

from tests.templates import with_path


def own_broker() -> str:
    """Redis for the workers of this process of the run: tests that run side by side in others have
    the same queues, and would take each other's messages.
    """
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return with_path(os.environ["TEST_REDIS_URL"], str(1 + int(number)))
