"""What every factory is: a row that is valid as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from factory.django import DjangoModelFactory

Row = TypeVar("Row")


class RowFactory(DjangoModelFactory[Row]):
    """Calling a factory gives a row; the type checker has to be told."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **columns: Any) -> Row: ...  # type: ignore[misc]


def factory_of(model: type[models.Model]) -> type[RowFactory[Any]]:
    """The factory that makes rows of `model`."""
    found = [made for made in RowFactory.__subclasses__() if made._meta.model is model]
    assert found, f"{model.__name__} has no factory: add one to tests/factories, with a trait for each later state"
    return found[0]
