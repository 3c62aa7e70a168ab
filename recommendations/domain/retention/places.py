"""Finding words: every text of every table that has them, with its context."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from recommendations.domain.audit.event_queries import GROUPS
from recommendations.domain.audit.wording import capital
from recommendations.domain.retention.columns import (
    HIDDEN,
    columns_of,
    derived_columns,
    is_history,
    record_of,
    searched_models,
)
from recommendations.domain.retention.words import SoughtWords
from recommendations.models import ResponseVersion, ScrutinyReport, TrailEntry

OF_ADMINISTRATORS = frozenset(verb for _, verbs in GROUPS.values() for verb in verbs)  # entries shown as events


class Found(NamedTuple):
    """A row with the words: its key, the id of its record, and the values of the columns that have them."""

    pk: Any
    record: Any
    values: dict[str, Any]


@dataclass
class TextPlace:
    """A text of a record that has the words. `saves` is the number of history rows with them."""

    model: type[models.Model]
    pk: Any
    column: str
    value: Any
    saves: int = 0

    def is_hidden(self, row: Any) -> bool:
        """Whether people who redact may not read it: a draft, or only for administrators."""
        if isinstance(row, TrailEntry):
            return row.verb in OF_ADMINISTRATORS
        return self.model.__name__ in HIDDEN


@dataclass(frozen=True)
class PlaceLine:
    """A place for display: the record, the field, and the words with their context."""

    title: str
    name: str
    url: str
    field: str
    before: str
    words: str
    after: str
    saves: int
    is_hidden: bool


@dataclass(frozen=True)
class TextPlaces:
    """All places of some words, and what was filed or published with them."""

    places: tuple[TextPlace, ...]
    papers: tuple[ScrutinyReport, ...] = ()
    versions: tuple[ResponseVersion, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.places or self.papers or self.versions)


def find(words: SoughtWords) -> TextPlaces:
    """Every place of the words. Reads each table once."""
    found: dict[tuple[Any, Any, str], TextPlace] = {}
    for model in sorted(searched_models(), key=is_history):
        for row in rows_with(model, words):
            for column, value in row.values.items():
                key = (record_of(model), row.record, column)
                place = found.setdefault(key, TextPlace(*key, value))
                place.saves += is_history(model)
    shown = [place for place in found.values() if place.column not in derived_columns(place.model)]
    return TextPlaces(tuple(shown), tuple(papers_with(words)), tuple(versions_with(words)))


def rows_with(model: type[models.Model], words: SoughtWords) -> Iterator[Found]:
    """The rows of a table that have the words in a searched or derived column."""
    columns = [*(each.attname for each in columns_of(model)), *derived_columns(model)]
    key = "id" if is_history(model) else "pk"
    rows = models.QuerySet(model).order_by("pk").annotate(**_text_casts(model))
    rows = rows.filter(_has_token(model, columns, words.token)).values_list("pk", key, *columns)
    for pk, record, *values in list(rows):
        having = {name: value for name, value in zip(columns, values, strict=True) if words.are_in(value)}
        if having:
            yield Found(pk, record, having)


def _text_casts(model: type[models.Model]) -> dict[str, Cast]:
    """JSON columns as text, in which letters and digits are unchanged."""
    return {
        f"{each.attname}_as_text": Cast(each.attname, TextField())
        for each in columns_of(model)
        if isinstance(each, models.JSONField)
    }


def _has_token(model: type[models.Model], columns: list[str], token: str) -> Q:
    if not token:
        return Q()
    json = {f"{each.attname}" for each in columns_of(model) if isinstance(each, models.JSONField)}
    has = Q()
    for name in columns:
        has |= Q(**{f"{name}_as_text__icontains" if name in json else f"{name}__icontains": token})
    return has


def papers_with(words: SoughtWords) -> Iterator[ScrutinyReport]:
    """Finalised papers that print the words, and joint papers with such a part: they are not changed."""
    kept = ScrutinyReport.objects.filter(figures__isnull=False).annotate(as_text=Cast("figures", TextField()))
    found = [each for each in kept.filter(as_text__icontains=words.token) if words.are_in(each.figures)]
    pks = {each.pk for each in found} | {each.part_of_id for each in found if each.part_of_id}
    yield from ScrutinyReport.objects.filter(pk__in=pks).defer("figures").select_related("force").order_by("pk")


def versions_with(words: SoughtWords) -> Iterator[ResponseVersion]:
    """Published versions that contain the words: their files are unchanged, and withheld."""
    kept = ResponseVersion.objects.select_related("response", "reads").filter(reads__isnull=False).order_by("pk")
    for version in kept.annotate(as_text=Cast("reads__text", TextField())).filter(
        Q(as_text__icontains=words.token) | Q(reads__heading__icontains=words.token)
    ):
        if words.are_in(version.reads.text) or words.are_in(version.reads.heading):
            yield version


def place_lines(places: list[TextPlace], words: SoughtWords) -> list[PlaceLine]:
    """These places for display. A query for each kind of record."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for place in places:
        wanted.setdefault(place.model, set()).add(place.pk)
    rows = {(model, pk): row for model, pks in wanted.items() for pk, row in _rows_by_key(model, pks)}
    return [_line(place, rows.get((place.model, place.pk)), words) for place in places]


def _rows_by_key(model: type[models.Model], pks: set[Any]) -> list[tuple[Any, models.Model]]:
    return list(models.QuerySet(model).in_bulk(list(pks)).items())


def _line(place: TextPlace, row: Any, words: SoughtWords) -> PlaceLine:
    title = capital(place.model._meta.verbose_name)
    if place.is_hidden(row):
        return PlaceLine(title, "", "", "", "", "", "", place.saves, True)
    url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    before, said, after = words.around(_plain(place.value, words))
    field, name = capital(_column_label(place.model, place.column)), _name(place, row, words)
    return PlaceLine(title, name, url, field, before, said, after, place.saves, False)


def _name(place: TextPlace, row: Any, words: SoughtWords) -> str:
    if isinstance(row, TrailEntry):
        return f"entry {row.sequence}"
    return str(row) if row is not None else f"number {place.pk}"


def _column_label(model: type[models.Model], column: str) -> str:
    if column == "history_change_reason":
        return "reason of a change"
    return next(str(each.verbose_name) for each in model._meta.concrete_fields if each.attname == column)


def _plain(value: Any, words: SoughtWords) -> str:
    """The text itself or, in a JSON value, the first text with the words."""
    if isinstance(value, str):
        return value
    inner = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    return _plain(next((each for each in inner if words.are_in(each)), ""), words)
