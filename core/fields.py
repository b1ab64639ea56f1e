"""Columns that keep themselves: normalised keys of Russian text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class KeyField(models.CharField):  # type: ignore[type-arg]
    """A normalised key of other columns of the same row, recomputed on every save.

    `of` names the columns, `by` makes the key from their texts joined with a space. PostgreSQL keeps the
    column in the "C" collation, so that both databases compare it by code point and sort alike.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), by: Callable[[str], str] | None = None, **kwargs: Any):
        self.of, self.by = of, by
        kwargs.setdefault("max_length", 700)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "by": self.by}

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if self.by is None:
            raise TypeError(f"{self} has no function to make its key")
        text = " ".join(filter(None, (getattr(model_instance, name) for name in self.of)))
        key = self.by(text)[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
