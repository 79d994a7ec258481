"""Instances of rows, made without asking every field of the model whether it is there."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator, get_related_populators

Row = TypeVar("Row", bound=Model)


def stored(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """The instance that `model.from_db` would make of a row, for models without an `__init__` or
    signals of their own. Fields that are not named are deferred: fetched when they are asked for.
    """
    made = model.__new__(model)
    made.__dict__.update(zip(names, values, strict=True))
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made


def new(model: type[Row], **values: Any) -> Row:
    """The instance that `model(**values)` would make, for the same models: not stored yet."""
    made = model.__new__(model)
    constant, made_anew = _defaults(model)
    made.__dict__.update(constant)
    for name, default in made_anew:
        if name not in values:
            made.__dict__[name] = default()
    made._state = ModelState()
    columns = _columns(model)
    for name, value in values.items():
        if name in columns:
            made.__dict__[name] = value
        else:
            setattr(made, name, value)
    return made


@cache
def _columns(model: type[Model]) -> frozenset[str]:
    """What an instance keeps as it is given: a relation keeps its key besides, `pk` is a name."""
    return frozenset(field.attname for field in model._meta.concrete_fields)


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """The defaults by attribute: constants, and those that are made anew for each row."""
    fields = model._meta.concrete_fields
    made_anew = [
        (one.attname, one.default) for one in fields if one.has_default() and callable(one.default)
    ]
    names = {name for name, _default in made_anew}
    return {one.attname: one.get_default() for one in fields if one.attname not in names}, made_anew


def maker(compiler: Any) -> Callable[[Any], Model]:
    """Makes of a row of this query its instance with its `select_related` and annotations."""
    select, info = compiler.select, compiler.klass_info
    model, fields = info["model"], info["select_fields"]
    first, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in select[first:end]]
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    annotated = list(compiler.annotation_col_map.items())

    def make(row: Any) -> Model:
        made: Model = stored(model, names, row[first:end])
        for one in related:
            _join(one, row, made)
        for name, column in annotated:
            made.__dict__[name] = row[column]
        return made

    return make


def _join(related: RelatedPopulator, row: Any, made: Model) -> None:
    """What `populate` does, for a model without a parent class that has a table."""
    values = row[related.cols_start : related.cols_end]
    if values[related.pk_idx] is None:
        related.local_setter(made, None)
        return
    other = stored(related.model_cls, related.init_list, values)
    for further in related.related_populators:
        _join(further, row, other)
    related.local_setter(made, other)
    related.remote_setter(other, made)
