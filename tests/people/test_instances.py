"""Instances made the short way are those that the models would have made."""

import uuid

import pytest
from django.db.models import NOT_PROVIDED
from django.utils import timezone

from approvals.models import Decision
from notifications.models import Message
from people.instances import new, stored
from people.models import User
from workflow.models import AuditEntry, Submission, WorkItem

MADE_ANEW = {"message_id", "date_joined"}
MODELS = (AuditEntry, Decision, Message, Submission, User, WorkItem)


def columns(row):
    return {
        field.attname: row.__dict__.get(field.attname)
        for field in row._meta.concrete_fields
        if field.name not in MADE_ANEW and field.db_default is NOT_PROVIDED
    }


@pytest.mark.parametrize("model", MODELS)
def test_a_new_row_has_the_defaults_of_its_model(model):
    made, usual = new(model), model()
    assert columns(made) == columns(usual)
    assert made._state.adding
    assert made._state.fields_cache == {}


def test_what_is_made_for_each_row_is_made_anew():
    first, second = new(Message), new(Message)
    assert isinstance(first.message_id, uuid.UUID)
    assert first.message_id != second.message_id
    assert first.facts is not second.facts
    given = uuid.uuid4()
    assert new(Message, message_id=given).message_id == given


def test_a_related_row_can_be_named_itself(world):
    item = new(WorkItem, person=world.head, unit_id=world.units["maths"].pk)
    assert (item.person_id, item.person) == (world.head.pk, world.head)
    assert item.unit == world.units["maths"]


@pytest.mark.both_databases
def test_a_stored_row_fetches_what_was_not_named(world, django_assert_num_queries):
    found = stored(User, ("id", "email"), (world.head.pk, world.head.email))
    assert found == world.head
    assert not found._state.adding
    with django_assert_num_queries(1):
        assert found.full_name == world.head.full_name


def test_a_stored_row_can_be_changed_and_saved(world):
    found = stored(User, ("id", "email"), (world.head.pk, world.head.email))
    found.last_login = now = timezone.now()
    found.save(update_fields=["last_login"])
    world.head.refresh_from_db()
    assert world.head.last_login == now
