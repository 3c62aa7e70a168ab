"""The rows of another office as records here: new ids, this office's words, and what is here already."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from recommendations.domain.handing_over.choices import TakeOverChoices
from recommendations.domain.handing_over.rows import Row, WrongRow, columns_of, value_of
from recommendations.domain.handing_over.scope import ScopePart
from recommendations.domain.handing_over.shadow import OriginRow
from recommendations.domain.writing.refusals import Refusal
from recommendations.models import (
    CommitteeRequest,
    Force,
    IssuedFile,
    Label,
    OfficeNote,
    Oversight,
    Panel,
    ScrutinyReport,
    TrackedRecommendation,
)

A_DAY = datetime.timedelta(days=1)
TRACKED, REQUEST = TrackedRecommendation._meta.label_lower, CommitteeRequest._meta.label_lower
# Texts that no two records here may share, beside what is matched.
ONCE: dict[type[models.Model], tuple[str, ...]] = {
    Force: ("name", "reference_prefix"),
    Panel: ("name",),
    TrackedRecommendation: ("reference",),
}


class RowsHere:
    """Which record each row of the other office is here. `pks` has None for one that is only kept."""

    def __init__(self, choices: TakeOverChoices, handed_over_on: datetime.date) -> None:
        self.choices, self.handed_over_on = choices, handed_over_on
        self.pks: dict[tuple[str, int], int | None] = {}
        self.force: int | None = None
        self.content: Any = None

    def waits_for(self, part: ScopePart, each: OriginRow, rows: Collection[int]) -> bool:
        """Whether a row refers to another of these rows of its own table."""
        own = [column for column in columns_of(part.model).values() if _leads_to(column) is part.model]
        return any(each.row[column.attname] in rows for column in own if each.row[column.attname] != each.key)

    def instance(self, part: ScopePart, each: OriginRow) -> Any:
        """A new record of a row. Raises Refusal if it refers to what is not in the bag."""
        values: Row = {}
        for name, column in columns_of(part.model).items():
            if column.primary_key:
                continue
            value = value_of(column, each.row[name])
            if value is not None and (to := _leads_to(column)) is not None:
                value = self._key(part, each, column, to, each.row[name])
            values[name] = self._chosen_value(part, column, value)
        if part.model is IssuedFile:
            values["content"] = self.content(each.key)
        found = part.model(**values)
        try:
            self._adapt(found)
        except (TypeError, ValueError):  # a list or an id in a paper's figures that is none
            raise Refusal(f"data/rows/{part.label}.jsonl, row {each.key}: its figures cannot be read.") from None
        return found

    def _chosen_value(self, part: ScopePart, column: Any, value: Any) -> Any:
        """A value as this office writes it. Raises Refusal if the map has one that does not fit."""
        table = part.model.__name__.lower()
        here = self.choices.value_here(table, column.attname, value)
        if here != value:
            try:
                value_of(column, here)
            except WrongRow as wrong:
                raise Refusal(f"The map does not fit {table}: {wrong}.") from None
        return here

    def _key(self, part: ScopePart, each: OriginRow, column: Any, to: type[models.Model], key: int) -> int | None:
        label = to._meta.label_lower
        found = self.pks.get((label, key))
        if found is None and not column.null:
            raise Refusal(f"data/rows/{part.label}.jsonl, row {each.key}: {column.attname} {key} is not in the bag.")
        return found

    def _adapt(self, record: Any) -> None:
        """What is written otherwise here than there."""
        if isinstance(record, Label):
            record.key = self.choices.label_key({"vocabulary": record.vocabulary, "key": record.key})
        if isinstance(record, Oversight) and (record.until is None or record.until >= self.handed_over_on):
            record.until = max(record.since, self.handed_over_on - A_DAY)
        if isinstance(record, OfficeNote):
            record.about_id = self.pks[TRACKED, record.about_id] or 0
        if isinstance(record, ScrutinyReport) and isinstance(record.figures, dict):
            record.figures = self._figures(record.figures)

    def _figures(self, figures: dict[str, Any]) -> dict[str, Any]:
        """A filed paper's figures with the ids that its records have here, with which the next paper opens."""
        here = dict(figures)
        if isinstance(here.get("open_ids"), list):
            found = [self.pks.get((TRACKED, key)) for key in here["open_ids"]]
            here["open_ids"] = sorted(pk for pk in found if pk is not None)
        if isinstance(here.get("requests"), list):
            requests = [dict(each) for each in here["requests"]]
            for each in requests:
                each["record"] = self.pks.get((REQUEST, each.get("record", 0))) or 0
            here["requests"] = requests
        return here

    def same(self, part: ScopePart, instance: Any) -> Any:
        """The record here that a row is, by the columns that the table is matched by; None if there is none."""
        wanted = {name: getattr(instance, name) for name in part.same_by}
        found = part.model._base_manager.filter(**wanted)
        if "withdrawn_at" in columns_of(part.model):
            found = found.filter(withdrawn_at=None)
        return found.first()

    def clashes(self, part: ScopePart, instance: Any) -> Iterator[str]:
        """A line for each text that a record here has already."""
        for name in ONCE.get(part.model, ()):
            value = getattr(instance, name)
            taken = part.model._default_manager.filter(**{name: value})
            if value and taken.exists():
                yield f"{part.model.__name__.lower()}.{name}: “{value}” is here already"
        if isinstance(instance, TrackedRecommendation):
            same = TrackedRecommendation.objects.filter(recommendation=instance.recommendation_id, came_on=None)
            if instance.withdrawn_at is None and same.filter(force=instance.force_id).exists():
                yield f"{instance.reference}: its recommendation is followed for this force already"


def _leads_to(column: Any) -> type[models.Model] | None:
    """The model that a foreign key refers to; None for another column."""
    return column.related_model if column.is_relation else None
