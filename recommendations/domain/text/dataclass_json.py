"""Converting frozen dataclasses to JSON values and back; days and moments in ISO 8601."""

import dataclasses
import types
import typing
from datetime import date
from typing import Any, Self


def to_json(value: Any) -> Any:
    """A value for JSON: dataclasses as objects, tuples as lists, dates as text."""
    if dataclasses.is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: Any, value: Any) -> Any:
    """`value` converted to `kind`: a dataclass, a tuple of one kind, a day, a moment, or a kind that may be None."""
    if isinstance(kind, types.UnionType):
        kind = next(each for each in typing.get_args(kind) if each is not types.NoneType)
    if value is None:
        return None
    if typing.get_origin(kind) is tuple:
        return tuple(from_json(typing.get_args(kind)[0], each) for each in value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        kinds = typing.get_type_hints(kind)
        return kind(**{name: from_json(kinds[name], each) for name, each in value.items()})
    return kind.fromisoformat(value) if issubclass(kind, date) else value


class KeptAsJson:
    """The base of a frozen dataclass that is kept as JSON, whole."""

    def to_json(self) -> dict[str, Any]:
        """The values, for a JSON column."""
        found: dict[str, Any] = to_json(self)
        return found

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The dataclass of values as `to_json` made them."""
        found: Self = from_json(cls, values)
        return found
