"""Rows as plain values for canonical JSON, and back. Every value is checked against its column when it is read."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

type Row = dict[str, Any]

SAID_OF_A_SAVE = ("history_user_id", "history_actor", "history_change_reason", "history_date", "history_type")
KINDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "URLField", "EmailField"), str),
    **dict.fromkeys(("BigAutoField", "AutoField", "IntegerField", "BigIntegerField", "ForeignKey"), int),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"), int),
    **dict.fromkeys(("OneToOneField", "SmallIntegerField"), int),
    **dict.fromkeys(("DateField", "DateTimeField", "TimeField", "DecimalField"), str),
    "BooleanField": bool,
    "JSONField": (dict, list, str, int, float, bool),
    "FileField": str,
}
LARGEST = 2**63
LARGEST_OF = {
    **dict.fromkeys(("SmallIntegerField", "PositiveSmallIntegerField"), 2**15),
    **dict.fromkeys(("AutoField", "IntegerField", "PositiveIntegerField"), 2**31),
}


class WrongRow(ValueError):
    """Why a row that was read cannot be one of its table."""


def columns_of(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    """The columns that go over, by name: all but the bytes of files, which go as files."""
    return {each.attname: each for each in model._meta.concrete_fields if not isinstance(each, models.BinaryField)}


def plain_row(model: type[models.Model], row: Any) -> Row:
    """A row's values (an instance or a dict) as JSON can hold them."""
    of = row.__getitem__ if isinstance(row, dict) else lambda name: getattr(row, name)
    return {name: plain(of(name)) for name in columns_of(model)}


def plain(value: object) -> object:
    """One value: moments in UTC with microseconds, days and times in ISO 8601, decimal numbers as text."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def values_of(model: type[models.Model], row: Mapping[str, Any]) -> Row:
    """The values of a row that was read. Raises WrongRow for an unknown or missing column or a wrong value."""
    columns = columns_of(model)
    if unknown := sorted(row.keys() - columns.keys()):
        raise WrongRow(f"{model._meta.object_name} has no column {unknown[0]}")
    if missing := sorted(columns.keys() - row.keys()):
        raise WrongRow(f"the column {missing[0]} is missing")
    values = {name: value_of(column, row[name]) for name, column in columns.items()}
    for name, column in columns.items():
        if column.choices and values[name] not in ("", None, *dict(column.flatchoices)):
            raise WrongRow(f"{name} is {str(values[name])[:40]!r}, and none of its choices")
    return values


def value_of(column: "models.Field[Any, Any]", value: object) -> object:
    """A value as its column has it. Raises WrongRow."""
    if value is None:
        if column.null:
            return None
        raise WrongRow(f"{column.attname} is empty")
    kind = column.get_internal_type()
    if not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and KINDS[kind] is int):
        raise WrongRow(f"{column.attname} is {type(value).__name__}, and not what {kind} holds")
    if type(value) is int and not -(largest := LARGEST_OF.get(kind, LARGEST)) <= value < largest:
        raise WrongRow(f"{column.attname} is too large a number")
    if type(value) is int and value < 0 and kind.startswith("Positive"):
        raise WrongRow(f"{column.attname} is below nought")
    if isinstance(value, str) and column.max_length and len(value) > column.max_length:
        raise WrongRow(f"{column.attname} is longer than {column.max_length} characters")
    if isinstance(value, str) and "\0" in value:
        raise WrongRow(f"{column.attname} holds a character that no text has")
    if value and isinstance(column, models.SlugField | models.URLField):
        _check_address(column, value)
    if kind == "DecimalField":
        return _number(column, value)
    return _moment(column, kind, value) if kind in ("DateField", "DateTimeField", "TimeField") else value


def _check_address(column: "models.Field[Any, Any]", value: object) -> None:
    """Raise WrongRow for what no page could have as its address, or lead to."""
    try:
        column.run_validators(value)
    except ValidationError:
        raise WrongRow(f"{column.attname} is no address: {str(value)[:40]!r}") from None


def _number(column: "models.Field[Any, Any]", value: Any) -> Decimal:
    """A decimal number. Raises WrongRow for what is none, or does not fit its column."""
    try:
        found: Decimal = column.clean(Decimal(value), None)
    except (InvalidOperation, ValidationError):
        raise WrongRow(f"{column.attname} is not a number that fits: {value[:40]!r}") from None
    return found


def _moment(column: "models.Field[Any, Any]", kind: str, value: Any) -> object:
    try:
        if kind == "DateTimeField":
            found = datetime.datetime.fromisoformat(value)
            if found.utcoffset() is None:
                raise ValueError
            return _within_reach(column, found)
        if kind == "TimeField":
            return datetime.time.fromisoformat(value)
        return _within_reach(column, datetime.date.fromisoformat(value))
    except ValueError as wrong:
        if isinstance(wrong, WrongRow):
            raise
        raise WrongRow(f"{column.attname} is not a date or time: {value[:40]!r}") from None


def _within_reach(column: "models.Field[Any, Any]", day: datetime.date) -> datetime.date:
    """A day or moment that every time zone has. Raises WrongRow for one at an end of the calendar.

    No narrower: what an earlier release took from a spreadsheet (1900-01-01, 9999-12-31) goes over as it stands.
    """
    last = datetime.MAXYEAR - 1 if isinstance(day, datetime.datetime) else datetime.MAXYEAR
    if not datetime.MINYEAR < day.year <= last:
        raise WrongRow(f"{column.attname} is {day.isoformat()}, at an end of the calendar")
    return day


def check_save(model: type[models.Model], save: object, key: int, says: tuple[str, ...]) -> None:
    """Raise WrongRow unless this is a row of a model's history, about the record with this key.

    `says` are the columns of a history beside those of its model.
    """
    history: Any = model.history.model  # type: ignore[attr-defined]  # a record's
    columns = columns_of(history)
    wanted = {name for name in columns_of(model) if name in columns} | {*says}
    if not isinstance(save, dict) or save.keys() != wanted:
        raise WrongRow("its history has other columns than the table")
    for name, value in save.items():
        value_of(columns[name], value)
    if save["id"] != key:
        raise WrongRow("its history is of another row")
