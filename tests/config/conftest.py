"""Two schools, and who looks at both on the administrator's site."""

import pytest

from approvals.demo.people import let_administer
from people.models import User
from tests.config.administrators import OPERATOR, School, two_schools


@pytest.fixture
def schools(world) -> tuple[School, School]:
    return two_schools(world)


@pytest.fixture
def own(schools):
    return schools[0]


@pytest.fixture
def foreign(schools):
    return schools[1]


@pytest.fixture
def administrator(world, client, schools):
    let_administer(world.administrator)
    client.force_login(world.administrator)
    return client


@pytest.fixture
def visitor(request, world, client, schools):
    """Whom the table names: the school's administrator, or the operator of the installation."""
    if request.param == OPERATOR:
        client.force_login(User.objects.create_superuser("root@example.test", full_name="Root"))
    else:
        let_administer(world.administrator)
        client.force_login(world.administrator)
    return client
